"""What can complete a line, and the usual line: no terminal is needed for either."""

from __future__ import annotations

import pytest

from smtpsim.shell.completion import complete, complete_command
from smtpsim.shell.hints import hint
from tests.shell.conftest import Begin

EHLO = ("EHLO cgi.example.com",)
MAIL = (*EHLO, "MAIL FROM:<webmaster@example.com>")
RCPT = (*MAIL, "RCPT TO:<test@hogefuga.com>")
DATA = (*RCPT, "DATA")


def completed(text: str, begin: Begin, *lines: str) -> list[str]:
    """The whole lines that completion can make of `text`."""
    return [text[: len(text) - c.length] + c.text for c in complete(text, begin(*lines).simulation)]


@pytest.mark.parametrize(
    ("lines", "text", "first"),
    [
        ((), "", "HELO "),
        ((), "e", "EHLO "),
        ((), "HELO ", "HELO cgi.example.com"),
        ((), "helo mx.h", "helo mx.hogefuga.com"),
        (EHLO, "m", "MAIL FROM:<"),
        (EHLO, "MAIL ", "MAIL FROM:<"),
        (EHLO, "MAIL FROM:", "MAIL FROM:<webmaster@example.com>"),
        (EHLO, "MAIL FROM:<web", "MAIL FROM:<webmaster@example.com>"),
        (EHLO, "mail from: <WEB", "mail from: <webmaster@example.com>"),
        (EHLO, "MAIL FROM:web", "MAIL FROM:webmaster@example.com"),
        (EHLO, "MAIL FROM:<a@b> SI", "MAIL FROM:<a@b> SIZE="),
        (EHLO, "MAIL FROM:<a@b> SIZE=1 BO", "MAIL FROM:<a@b> SIZE=1 BODY=8BITMIME"),
        (EHLO, "AUTH ", "AUTH PLAIN"),
        (EHLO, "VRFY te", "VRFY test@hogefuga.com"),
        (MAIL, "", "HELO "),
        (MAIL, "RCPT TO:<te", "RCPT TO:<test@hogefuga.com>"),
        (MAIL, "RCPT TO:<a@b> NOT", "RCPT TO:<a@b> NOTIFY=SUCCESS,FAILURE"),
        (DATA, "", "From: "),
        (DATA, "su", "Subject: "),
        (DATA, "To: al", "To: alice@hogefuga.com"),
        (DATA, "To: a@b, al", "To: a@b, alice@hogefuga.com"),
    ],
)
def test_the_first_completion(begin: Begin, lines: tuple[str, ...], text: str, first: str) -> None:
    assert completed(text, begin, *lines)[0] == first


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        ((), "zzz"),
        (("HELO a",), "MAIL FROM:<a@b> SI"),
        ((*DATA, ""), "MA"),
        (DATA, "Subject: he"),
        ((*EHLO, "AUTH LOGIN"), "d"),
        (("QUIT",), "NOOP"),
    ],
)
def test_nothing_completes(begin: Begin, lines: tuple[str, ...], text: str) -> None:
    assert completed(text, begin, *lines) == []


def test_verbs_that_are_in_order_come_first(begin: Begin) -> None:
    verbs = completed("", begin, *MAIL)
    assert verbs.index("RCPT TO:<") < verbs.index("DATA")
    assert verbs.index("RCPT TO:<") < verbs.index("MAIL FROM:<")


def test_the_null_sender_is_offered_to_mail_only(begin: Begin) -> None:
    assert "MAIL FROM:<>" in completed("MAIL FROM:<", begin, *EHLO)
    assert "RCPT TO:<>" not in completed("RCPT TO:<", begin, *MAIL)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("in", "inbox "),
        (":in", ":inbox "),
        (":inbox te", ":inbox test@hogefuga.com"),
        (":inb te", ":inb test@hogefuga.com"),
        ("host mx.h", "host mx.hogefuga.com"),
        (":lang j", ":lang ja"),
        (":explain 55", ":explain 550"),
        (":receipts a", ":receipts ask"),
        (":compose from=a@example.com t", ":compose from=a@example.com to="),
        (":dns set exam", ":dns set example.com"),
    ],
)
def test_orders(begin: Begin, text: str, expected: str) -> None:
    shell = begin()
    found = complete_command(text, shell)
    assert expected in [text[: len(text) - c.length] + c.text for c in found]


@pytest.mark.parametrize(
    ("lines", "text", "line"),
    [
        ((), "", "HELO cgi.example.com"),
        ((), "EH", "EHLO cgi.example.com"),
        (EHLO, "", "MAIL FROM:<webmaster@example.com>"),
        (EHLO, "ra", ""),
        (MAIL, "", "RCPT TO:<test@hogefuga.com>"),
        (MAIL, "RS", "RSET"),
        (RCPT, "", "DATA"),
        (RCPT, "RCPT", "RCPT TO:<carol@example.net>"),
        (DATA, "", "From: webmaster@example.com"),
        ((*DATA, "From: x@y"), "", "To: test@hogefuga.com"),
        ((*DATA, "to: x@y", "from: x@y"), "", "Subject: hello"),
        ((*DATA, "to: x@y", "from: x@y", "subject: z"), "", ""),
        ((*DATA, ""), "", ""),
        ((*DATA, "", "text"), "", "."),
        ((*DATA, "", "text", "."), "", ":inbox test@hogefuga.com 1"),
        ((*DATA, "", "text", "."), "Q", "QUIT"),
        (("QUIT",), "", ":connect"),
    ],
)
def test_the_usual_line(begin: Begin, lines: tuple[str, ...], text: str, line: str) -> None:
    rest = hint(text, begin(*lines).simulation)
    assert (text + rest if rest else "") == line


def test_what_gets_on_after_a_refusal_comes_before_the_usual_line(begin: Begin) -> None:
    simulation = begin(*EHLO).simulation
    assert hint("", simulation, ("MAIL FROM:<a@b.example>",)) == "MAIL FROM:<a@b.example>"
    assert hint("MAIL FROM:<w", simulation, ("MAIL FROM:<a@b.example>",)) == "ebmaster@example.com>"


def test_a_client_without_a_name_calls_itself_by_its_address(begin: Begin) -> None:
    assert hint("HELO ", begin(":ip 192.0.2.99").simulation) == "[192.0.2.99]"
    assert hint("HELO ", begin(":ip 2001:db8::9").simulation) == "[IPv6:2001:db8::9]"
