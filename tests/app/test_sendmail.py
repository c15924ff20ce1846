"""`smtpsim sendmail` against a running server, with the options that PHP, cron and mail programs give."""

from __future__ import annotations

import socket

import pytest

from smtpsim.testing import SmtpServer
from tests.app.conftest import Run
from tests.testing.conftest import smtp_server

__all__ = ["smtp_server"]

LETTER = b"""From: Ann <ann@x.example>
To: bob@y.example
Cc: Carol <carol@y.example>
Bcc: eve@y.example
Subject: hi

hello
"""


def handed(run: Run, server: SmtpServer, *arguments: str, letter: bytes = LETTER) -> int:
    variables = {"SMTPSIM_SERVER": f"127.0.0.1:{server.port}", "LOGNAME": "joe"}
    return run("sendmail", *arguments, source=letter, variables=variables).status


def test_as_php_calls_it(run: Run, smtp_server: SmtpServer) -> None:
    assert handed(run, smtp_server, "-t", "-i", "-f", "bounces@x.example") == 0
    assert [mail.mailbox for mail in smtp_server.mails] == ["bob@y.example", "carol@y.example", "eve@y.example"]
    mail = smtp_server.wait()
    assert mail.envelope.sender == "bounces@x.example"
    assert mail.message["Bcc"] is None
    assert mail.message["From"] == "Ann <ann@x.example>"
    assert mail.message["Date"]
    assert mail.message["Message-ID"].endswith("@x.example>")


def test_as_cron_calls_it(run: Run, smtp_server: SmtpServer) -> None:
    assert (
        handed(run, smtp_server, "-FCronDaemon", "-i", "-odi", "-oem", "-oi", "root@y.example", letter=b"\nran\n") == 0
    )
    mail = smtp_server.wait(to="root@y.example")
    assert mail.message["From"].startswith("CronDaemon <joe@")
    assert mail.message.get_content() == "ran\n"


@pytest.mark.parametrize(
    ("options", "left"), [((), "one\n"), (("-i",), "one\n.\n.two\n"), (("-oi",), "one\n.\n.two\n")]
)
def test_a_lone_dot(run: Run, smtp_server: SmtpServer, options: tuple[str, ...], left: str) -> None:
    letter = b"Subject: dots\n\none\n.\n.two\n"
    assert handed(run, smtp_server, *options, "bob@y.example", letter=letter) == 0
    assert smtp_server.wait().message.get_content() == left


def test_the_null_sender_and_eight_bits(run: Run, smtp_server: SmtpServer) -> None:
    letter = "Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\nこんにちは\n".encode()
    assert handed(run, smtp_server, "-f", "<>", "bob@y.example", letter=letter) == 0
    mail = smtp_server.wait()
    assert (mail.envelope.sender, mail.message.get_content()) == ("", "こんにちは\n")


@pytest.mark.parametrize(("reply", "status"), [(451, 75), (550, 69)])
def test_a_refusal_is_told(run: Run, smtp_server: SmtpServer, reply: int, status: int) -> None:
    smtp_server.fail("RCPT", to="bob@y.example", reply=reply)
    ran = run("sendmail", "bob@y.example", "--server", f"127.0.0.1:{smtp_server.port}", source=LETTER)
    assert ran.status == status
    assert ran.err.startswith(f"smtpsim: bob@y.example: refused: {reply} ")


def test_no_server(run: Run) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        ran = run("sendmail", "bob@y.example", "--server", f"127.0.0.1:{free.getsockname()[1]}", source=LETTER)
    assert ran.status == 69
    assert "smtpsim serve --accept-any" in ran.err


@pytest.mark.parametrize(
    "server", ["192.0.2.1:25", "mail.example.com:25", "127.example.com:25", "127.0.0.1", "10.0.0.1:2525"]
)
def test_nothing_leaves_the_machine(run: Run, server: str) -> None:
    ran = run("sendmail", "-t", "--server", server, source=LETTER)
    assert ran.status == 2
    assert "not HOST:PORT on this machine" in ran.err


def test_no_recipients(run: Run) -> None:
    ran = run("sendmail", source=LETTER)
    assert (ran.status, ran.err) == (2, "smtpsim: no recipients: name them, or give -t for those in To, Cc and Bcc\n")
