"""Real clients talk to `smtpsim repl` as they would to a server: one process a connection, the socket on both ends.

smtplib comes with Python and always talks; swaks and curl talk where they are installed (the CI installs them), and
socat listens there too.
"""

from __future__ import annotations

import contextlib
import imaplib
import poplib
import shutil
import smtplib
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

REPL = [sys.executable, "-m", "smtpsim", "repl", "--host"]
SERVER = [*REPL, "mx.hogefuga.com"]
PATIENCE = 30


@contextlib.contextmanager
def listening_in_python(server: list[str] = SERVER) -> Iterator[int]:
    """What `socat TCP-LISTEN:...,fork EXEC:...` does: each connection gets a process of its own."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        threading.Thread(target=_serve, args=(listener, server), daemon=True).start()
        yield listener.getsockname()[1]
        listener.shutdown(socket.SHUT_RDWR)


def _serve(listener: socket.socket, server: list[str]) -> None:
    with contextlib.suppress(OSError):
        while True:
            connection, _ = listener.accept()
            with connection:
                wire = connection.fileno()
                subprocess.run(server, stdin=wire, stdout=wire, timeout=PATIENCE, check=False)


@contextlib.contextmanager
def listening_by_socat() -> Iterator[int]:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    options = f"TCP-LISTEN:{port},bind=127.0.0.1,fork,reuseaddr"
    with subprocess.Popen(["socat", "-d", "-d", options, "EXEC:" + " ".join(SERVER)], stderr=subprocess.PIPE) as socat:
        assert socat.stderr is not None
        for line in socat.stderr:
            if b"listening on" in line:
                break
        yield port
        socat.terminate()


LISTENERS = [listening_in_python, *([listening_by_socat] if shutil.which("socat") else [])]


@pytest.fixture(params=LISTENERS, ids=lambda listener: listener.__name__)
def port(request: pytest.FixtureRequest) -> Iterator[int]:
    listener: Callable[[], contextlib.AbstractContextManager[int]] = request.param
    with listener() as number:
        yield number


LETTER = "From: alice@example.com\r\nTo: test@hogefuga.com\r\nSubject: hello\r\n\r\n.a line with a dot\r\n"


def test_smtplib(port: int) -> None:
    with smtplib.SMTP("127.0.0.1", port, "client.example.com", timeout=PATIENCE) as client:
        assert client.ehlo()[0] == 250
        assert client.has_extn("size")
        assert not client.has_extn("starttls")
        refused = client.sendmail("alice@example.com", ["test@hogefuga.com", "nobody@hogefuga.com"], LETTER)
    assert list(refused) == ["nobody@hogefuga.com"]
    assert refused["nobody@hogefuga.com"][0] == 550


def test_smtplib_is_told_of_unknown_users_and_relaying(port: int) -> None:
    with smtplib.SMTP("127.0.0.1", port, timeout=PATIENCE) as client:
        with pytest.raises(smtplib.SMTPRecipientsRefused) as told:
            client.sendmail("alice@example.com", ["nobody@hogefuga.com", "carol@example.net"], LETTER)
        assert [code for code, _ in told.value.recipients.values()] == [550, 550]
        assert client.noop()[0] == 250


def _swaks(port: int, *more: str) -> subprocess.CompletedProcess[str]:
    words = ["swaks", "--server", "127.0.0.1", "--port", str(port), "--from", "alice@example.com", *more]
    return subprocess.run(words, capture_output=True, text=True, timeout=PATIENCE, check=False)


def _curl(port: int, folder: Path, *recipients: str) -> subprocess.CompletedProcess[str]:
    letter = folder / "letter"
    letter.write_text(LETTER)
    words = ["curl", "-sv", f"smtp://127.0.0.1:{port}/client.example.com", "--mail-from", "alice@example.com"]
    words += [word for recipient in recipients for word in ("--mail-rcpt", recipient)]
    words += ["--upload-file", str(letter)]
    return subprocess.run(words, capture_output=True, text=True, timeout=PATIENCE, check=False)


def _with_swaks(port: int, folder: Path) -> tuple[bool, bool]:
    accepted = _swaks(port, "--to", "test@hogefuga.com", "--pipeline")
    refused = _swaks(port, "--to", "nobody@hogefuga.com")
    return accepted.returncode == 0, refused.returncode == 24 and "<** 550 5.1.1" in refused.stdout


def _with_curl(port: int, folder: Path) -> tuple[bool, bool]:
    accepted = _curl(port, folder, "test@hogefuga.com", "alice@hogefuga.com")
    refused = _curl(port, folder, "carol@example.net")
    return accepted.returncode == 0, refused.returncode == 55 and "550 5.7.1" in refused.stderr


OTHERS = {"swaks": _with_swaks, "curl": _with_curl}


def test_the_clients_that_are_installed(port: int, tmp_path: Path) -> None:
    """Each is accepted for a known user, and told why for an unknown one or for relaying."""
    for name in filter(shutil.which, OTHERS):
        assert OTHERS[name](port, tmp_path) == (True, True), name


def test_poplib() -> None:
    with listening_in_python([*REPL, "pop.hogefuga.com"]) as port:
        client = poplib.POP3("127.0.0.1", port, timeout=PATIENCE)
        client.user("test")
        assert client.pass_("example").startswith(b"+OK")
        assert client.stat() == (0, 0)
        assert client.quit().startswith(b"+OK")


def test_imaplib() -> None:
    with (
        listening_in_python([*REPL, "imap.hogefuga.com"]) as port,
        imaplib.IMAP4("127.0.0.1", port, PATIENCE) as client,
    ):
        assert client.login("test", "example")[0] == "OK"
        assert client.select("INBOX") == ("OK", [b"0"])
        assert client.search(None, "ALL") == ("OK", [b""])
