"""Programs that people read their mail with: mbsync (isync) by IMAP, fetchmail by POP3, as they come from Debian."""

from __future__ import annotations

import imaplib
import poplib
import smtplib
import ssl
import subprocess
from pathlib import Path

import pytest

from tests.app.serve.conftest import LOOPBACK, Running, Start

READER = "yuki@bigmail.example"
LETTER = b"From: webmaster@example.com\r\nSubject: hello\r\n\r\n.a dot\r\n"


def mailed(start: Start, protocol: str, recipient: str) -> Running:
    """A server that has taken a mail for the recipient."""
    running = start("smtp", protocol, accept_any=False)
    with smtplib.SMTP(LOOPBACK, running.ports["smtp"], timeout=30) as client:
        client.sendmail("webmaster@example.com", [recipient], LETTER)
    return running


MBSYNC = """\
IMAPAccount there
Host {host}
Port {port}
User {user}
Pass example
SSLType None
AuthMechs {mechanism}

IMAPStore far
Account there

MaildirStore near
Path {path}/
Inbox {path}/INBOX
SubFolders Verbatim

Channel all
Far :far:
Near :near:
Patterns *
Create Both
Expunge Both
SyncState *
"""


def synced(running: Running, folder: Path, mechanism: str) -> None:
    settings = folder / "mbsyncrc"
    port = running.ports["imap"]
    settings.write_text(MBSYNC.format(host=LOOPBACK, port=port, user=READER, path=folder / "mail", mechanism=mechanism))
    (folder / "mail").mkdir(exist_ok=True)
    done = subprocess.run(
        ["mbsync", "-c", str(settings), "-a"], capture_output=True, text=True, timeout=60, env={"HOME": str(folder)}
    )
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("mechanism", ["PLAIN", "LOGIN"])
def test_mbsync_takes_mail_and_brings_its_own(start: Start, tmp_path: Path, mechanism: str) -> None:
    """It logs in by SASL or by LOGIN, lists, fetches, makes a folder, appends, sets flags and expunges."""
    running = mailed(start, "imap", READER)
    synced(running, tmp_path, mechanism)
    (mail,) = (tmp_path / "mail" / "INBOX" / "new").iterdir()
    assert b"\n.a dot\n" in mail.read_bytes()
    notes = tmp_path / "mail" / "Notes"
    for name in ("cur", "new", "tmp"):
        (notes / name).mkdir(parents=True)
    (notes / "cur" / "1.x:2,S").write_bytes(b"Subject: note\n\nkept\n")
    mail.rename(mail.parent.parent / "cur" / f"{mail.name.partition(':')[0]}:2,ST")
    synced(running, tmp_path, mechanism)
    mailboxes = running.server.owner.world.mailboxes
    (note,) = mailboxes[f"{READER}/Notes"].mails
    assert note.octets.startswith(b"Subject: note\r\n")
    assert "\\Seen" in note.flags
    assert mailboxes[READER].length == 0


def test_fetchmail_takes_mail_by_apop(start: Start, tmp_path: Path) -> None:
    running = mailed(start, "pop3", "test@hogefuga.com")
    settings = tmp_path / "fetchmailrc"
    poll = f'poll {LOOPBACK} service {running.ports["pop3"]} protocol apop user "test" password "example"'
    settings.write_text(f'{poll} sslproto "" mda "/bin/cat"\n')
    settings.chmod(0o600)
    done = subprocess.run(
        ["fetchmail", "--nosyslog", "-f", str(settings), "--pidfile", str(tmp_path / "pid")],
        capture_output=True,
        text=True,
        timeout=60,
        env={"HOME": str(tmp_path), "USER": "reader", "FETCHMAILHOME": str(tmp_path)},
    )
    assert done.returncode == 0, done.stderr
    assert "\n.a dot\n" in done.stdout
    assert running.server.owner.world.mailboxes["test@hogefuga.com"].length == 0


def unchecked() -> ssl.SSLContext:
    """TLS with whoever the server is."""
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    return context


def test_readers_start_tls(start: Start) -> None:
    running = start("pop3", "imap", accept_any=False)
    with imaplib.IMAP4(LOOPBACK, running.ports["imap"], timeout=10) as imap:
        assert imap.starttls(unchecked())[0] == "OK"
        assert imap.login("yuki", "example")[0] == "OK"
    pop = poplib.POP3(LOOPBACK, running.ports["pop3"], timeout=10)
    assert pop.stls(unchecked()).startswith(b"+OK")
    pop.user("test")
    assert pop.pass_("example").startswith(b"+OK")
    pop.quit()


@pytest.mark.parametrize(
    ("protocol", "asked", "told", "begun", "refusal"),
    [
        ("imap", b"a CAPABILITY\r\n", b"completed\r\n", b"b STARTTLS\r\n", b"b NO "),
        ("pop3", b"CAPA\r\n", b"\r\n.\r\n", b"STLS\r\n", b"-ERR "),
    ],
)
def test_tls_is_not_offered_without_a_certificate(
    start: Start, protocol: str, asked: bytes, told: bytes, begun: bytes, refusal: bytes
) -> None:
    running = start(protocol, certified=False)
    client = running.connect(protocol)
    assert b"STARTTLS" not in client.reads()
    heard = client.says(asked, until=told)
    assert b"STARTTLS" not in heard
    assert b"STLS" not in heard
    assert client.says(begun).startswith(refusal)
    assert client.says(asked, until=told) == heard
