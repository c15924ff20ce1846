"""The server for test suites, used as a test suite would use it."""

from __future__ import annotations

import asyncio
import imaplib
import poplib
import smtplib
import ssl
import time
from concurrent.futures import ThreadPoolExecutor
from email.message import EmailMessage

import pytest

from smtpsim.testing import NoMail, SmtpServer


def send(server: SmtpServer, to: str = "bob@x.example", subject: str = "Reset", body: str = "hello") -> None:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "noreply@x.example", to, subject
    message.set_content(body)
    with smtplib.SMTP(server.host, server.port, timeout=10) as client:
        client.send_message(message)


def test_a_mail_arrives_with_its_envelope(smtp_server: SmtpServer) -> None:
    send(smtp_server, body="Go to https://x.example/reset?a=1&b=2.")
    mail = smtp_server.wait(to="bob@x.example", timeout=5)
    assert mail.envelope == ("noreply@x.example", ("bob@x.example",))
    assert mail.message["Subject"] == "Reset"
    assert smtp_server.links(mail) == ["https://x.example/reset?a=1&b=2"]
    assert mail.spf.result == "none"


def test_spf_is_found_by_the_records_that_a_test_publishes(smtp_server: SmtpServer) -> None:
    smtp_server.dns("x.example", "TXT", "v=spf1 ip4:192.0.2.10 -all")
    send(smtp_server)
    assert smtp_server.wait().spf.result == "pass"
    smtp_server.dns("x.example", "TXT", "v=spf1 -all")
    send(smtp_server)
    assert smtp_server.wait().spf.result == "fail"


@pytest.mark.smtp_server(policies={"spf": {"fail": "reject"}})
def test_a_policy_that_acts_refuses(smtp_server: SmtpServer) -> None:
    smtp_server.dns("x.example", "TXT", "v=spf1 -all")
    with pytest.raises(smtplib.SMTPSenderRefused) as refused:
        send(smtp_server)
    assert refused.value.smtp_code == 550
    smtp_server.reset()
    send(smtp_server)


def test_a_fault_happens_as_often_as_it_was_ordered(smtp_server: SmtpServer) -> None:
    smtp_server.fail("RCPT", to="bob@x.example", reply=452, times=2)
    for _ in range(2):
        with pytest.raises(smtplib.SMTPRecipientsRefused) as refused:
            send(smtp_server)
        assert refused.value.recipients["bob@x.example"][0] == 452
    send(smtp_server, to="ann@x.example")
    send(smtp_server)
    assert smtp_server.wait(to="bob@x.example").envelope.recipients == ("bob@x.example",)


def test_a_delay_really_delays(smtp_server: SmtpServer) -> None:
    smtp_server.fail("DATA", delay=1, times=1)
    begun = time.monotonic()
    send(smtp_server)
    assert time.monotonic() - begun >= 1
    with pytest.raises(ValueError, match="No fault has the number 1"):
        smtp_server.order(":fault off 1")


def test_a_connection_breaks(smtp_server: SmtpServer) -> None:
    smtp_server.fail(".", drop=True, times=1)
    with pytest.raises(smtplib.SMTPServerDisconnected):
        send(smtp_server)
    assert smtp_server.mails == []


@pytest.mark.parametrize(
    ("order", "told"),
    [
        ({"command": "NOOP"}, "cannot fail"),
        ({"command": "RCPT", "reply": 250}, "250"),
        ({"command": "RCPT", "times": 1000}, "x1000"),
    ],
)
def test_what_cannot_be_ordered(smtp_server: SmtpServer, order: dict[str, object], told: str) -> None:
    with pytest.raises(ValueError, match=told):
        smtp_server.fail(**order)  # type: ignore[arg-type]


def test_waiting_in_vain_shows_the_dialogues(smtp_server: SmtpServer) -> None:
    with pytest.raises(NoMail, match="Nobody has connected"):
        smtp_server.wait(timeout=0.05)
    with smtplib.SMTP(smtp_server.host, smtp_server.port, timeout=10) as client:
        client.login("joe", "not-to-be-seen")
        client.mail("a@x.example")
    with pytest.raises(NoMail, match=r"(?i)> mail from:<a@x.example>") as missing:
        smtp_server.wait(to="bob@x.example", timeout=0.05)
    assert "235" in str(missing.value)
    assert "not-to-be-seen" not in str(missing.value)


def test_each_wait_gives_the_next_mail(smtp_server: SmtpServer) -> None:
    for subject in ("one", "two", "three"):
        send(smtp_server, subject=subject)
    assert smtp_server.wait(subject="two").message["Subject"] == "two"
    assert [smtp_server.wait().message["Subject"] for _ in range(2)] == ["one", "three"]
    assert len(smtp_server.mails) == 3
    with pytest.raises(NoMail):
        smtp_server.wait(timeout=0.05)


def test_waiting_and_arriving_do_not_hold_each_other_up(smtp_server: SmtpServer) -> None:
    """The waiting test asks the server's thread for its mails just when that thread wants to tell of the next one."""
    count = 300

    def deliver() -> None:
        with smtplib.SMTP(smtp_server.host, smtp_server.port, timeout=10) as client:
            for number in range(count):
                client.sendmail("a@x.example", ["bob@x.example"], f"Subject: {number}\r\n\r\n".encode())

    with ThreadPoolExecutor(1) as sender:
        sent = sender.submit(deliver)
        assert [smtp_server.wait().message["Subject"] for _ in range(count)] == [str(n) for n in range(count)]
        sent.result(10)


def test_each_recipient_has_a_mailbox(smtp_server: SmtpServer) -> None:
    with smtplib.SMTP(smtp_server.host, smtp_server.port, timeout=10) as client:
        client.sendmail("", ["a@one.example", "postmaster@two.example", "A+tag@three.example"], b"Subject: x\r\n\r\n")
    assert [mail.mailbox for mail in smtp_server.mails] == [
        "a@one.example",
        "postmaster@two.example",
        "a+tag@three.example",
    ]
    assert {mail.envelope.sender for mail in smtp_server.mails} == {""}


def test_reset_forgets_everything(smtp_server: SmtpServer) -> None:
    smtp_server.fail("MAIL", reply=421)
    smtp_server.dns("x.example", "TXT", "v=spf1 -all")
    smtp_server.reset()
    send(smtp_server)
    assert smtp_server.wait().spf.result == "none"
    smtp_server.reset()
    assert smtp_server.mails == []
    assert smtp_server.dialogues() == []


@pytest.mark.smtp_server(pop3=True, imap=True)
def test_what_was_sent_is_fetched(smtp_server: SmtpServer) -> None:
    send(smtp_server, body=".a line that begins with a dot")
    pop = poplib.POP3(smtp_server.host, smtp_server.port_of("pop3"), timeout=10)
    pop.user("bob@x.example")
    pop.pass_("any")
    assert pop.stat()[0] == 1
    assert b".a line that begins with a dot" in pop.retr(1)[1]
    pop.quit()
    imap = imaplib.IMAP4(smtp_server.host, smtp_server.port_of("imap"), timeout=10)
    imap.login("bob@x.example", "any")
    assert imap.select() == ("OK", [b"1"])
    imap.logout()


@pytest.mark.smtp_server(tls=True)
def test_tls_is_real(smtp_server: SmtpServer) -> None:
    trusting = ssl.create_default_context(cafile=smtp_server.cert)
    with smtplib.SMTP(smtp_server.host, smtp_server.port, timeout=10) as client:
        client.starttls(context=trusting)
        assert isinstance(client.sock, ssl.SSLSocket)
        client.login("joe", "secret")
        client.sendmail("a@x.example", ["b@x.example"], b"Subject: x\r\n\r\nhello")
    assert b"with ESMTPSA" in smtp_server.wait().octets


def test_without_tls_none_is_offered(smtp_server: SmtpServer) -> None:
    with smtplib.SMTP(smtp_server.host, smtp_server.port, timeout=10) as client:
        client.ehlo()
        assert not client.has_extn("STARTTLS")


def test_two_servers_know_nothing_of_each_other(smtp_server: SmtpServer) -> None:
    with SmtpServer() as other:
        send(other)
        assert other.port != smtp_server.port
        assert len(other.mails) == 1
    assert smtp_server.mails == []


def test_the_world_judges_where_not_everything_is_taken() -> None:
    with SmtpServer(host="mx.hogefuga.com", accept_any=False) as server:
        with pytest.raises(smtplib.SMTPRecipientsRefused):
            send(server, to="nobody@hogefuga.com")
        send(server, to="test@hogefuga.com")
        assert server.wait(to="test@hogefuga.com").spf.identity == "mailfrom"


def test_time_passes_when_it_is_told_to() -> None:
    with SmtpServer(host="mx.patient.example", accept_any=False) as server:
        address = "mio@patient.example"
        with pytest.raises(smtplib.SMTPRecipientsRefused):
            send(server, to=address)
        server.pass_time("10m")
        send(server, to=address)
        assert server.wait(to=address, timeout=5).mailbox == address


def test_in_coroutines() -> None:
    async def sent() -> str:
        async with SmtpServer() as server:
            await asyncio.to_thread(send, server)
            return (await server.arrival(to="bob@x.example", timeout=5)).envelope.sender

    assert asyncio.run(sent()) == "noreply@x.example"


def test_the_settings_for_programs(smtp_server: SmtpServer) -> None:
    assert smtp_server.url == f"smtp://127.0.0.1:{smtp_server.port}"
    assert smtp_server.env["EMAIL_PORT"] == str(smtp_server.port)
