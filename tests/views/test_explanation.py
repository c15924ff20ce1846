"""The line that says why: reply, faults with their columns, advice, and what is next."""

from __future__ import annotations

import pytest

from smtpsim.explain import LANGUAGES, words
from smtpsim.session.simulation import Turn
from smtpsim.session.timeline import Timeline
from smtpsim.views.explanation import Explanation, explanation
from smtpsim.views.row import Mark
from tests.shell.commands.orders import run
from tests.views.conftest import Said


def last(timeline: Timeline) -> tuple[Turn, Turn | None]:
    """The turn at the end, and the one before it."""
    return timeline.now, timeline.turn(timeline.position - 1) if timeline.position else None


def told(timeline: Timeline) -> Explanation:
    return explanation(*last(timeline), words("en"))


def test_an_accepted_command(said: Said) -> None:
    found = told(said("HELO cgi.example.com"))
    assert (found.why.label, found.why.mark) == ("250", Mark.GOOD)
    assert found.why.remark == "RFC\u00a05321\u00a04.1.1.1"
    assert found.remarks == ()
    assert found.next.startswith("MAIL FROM")


def test_a_deviation_that_is_forgiven(said: Said) -> None:
    found = told(said("HELO cgi.example.com", "MAIL FROM:webmaster@example.com"))
    (odd,) = found.remarks
    assert found.why.mark is Mark.GOOD
    assert odd.mark is Mark.WARN
    assert odd.value.startswith("column 11: ")


def test_a_fault_that_is_refused(said: Said) -> None:
    found = told(said("HELO cgi.example.com", "MAIL FROM webmaster@example.com"))
    assert (found.why.label, found.why.mark) == ("501", Mark.BAD)
    assert [row.mark for row in found.remarks] == [Mark.BAD, Mark.NOTE]
    assert found.remarks[-1].value == "Type this: MAIL FROM:<webmaster@example.com>"


def test_an_order_tells_what_it_did(said: Said) -> None:
    turn = run(said().now.after, ":ip 203.0.113.66")
    assert isinstance(turn, Turn)
    assert explanation(turn, None, words("en")).why.value.startswith("The client is 203.0.113.66")


def test_advice_comes_last(said: Said) -> None:
    found = told(said("HELLO cgi.example.com"))
    assert [row.key for row in found.remarks] == ["fault-unknown-verb", "advice"]
    assert found.remarks[-1].value == "Did you mean this? HELO cgi.example.com"


EHLO = ("EHLO cgi.example.com",)
HELO = ("HELO cgi.example.com",)
MAIL = (*EHLO, "MAIL FROM:<webmaster@example.com>")

TYPE_INSTEAD = [
    # what was typed, and what both languages say of it
    ((*MAIL, "RCPT TO:<a@x>,<b@y>"), "RCPT TO:<b@y>"),
    ((*MAIL, "RCPT TO:<a@x> <b@y>"), "RCPT TO:<b@y>"),
    ((*MAIL, "RCPT TO:a@x; b@y"), "RCPT TO:<b@y>"),
    ((*MAIL, "RCPT TO:"), "RCPT TO:<test@hogefuga.com>"),
    ((*HELO, "MAIL FROM:"), "<>"),
    ((*HELO, "MAIL FROM:Web Master <w@example.com>"), "Web Master"),
    ((*EHLO, "MAIL FROM:<a@example.com> RET=ALL"), "HDRS"),
    ((*EHLO, "MAIL FROM:<a@example.com> BODY=9BIT"), "8BITMIME"),
    ((*EHLO, "MAIL FROM:<a@example.com> ENVID="), "ENVID=QQ314159"),
    ((*EHLO, "MAIL FROM:<a@example.com> SIZE=abc"), "SIZE=1000"),
    ((*EHLO, "MAIL FROM:<a@example.com> SIZE=99999999999"), "10485760"),
    ((*MAIL, "RCPT TO:<test@hogefuga.com> NOTIFY=x"), "NEVER"),
    ((*MAIL, "RCPT TO:<test@hogefuga.com> ORCPT=x"), "ORCPT=rfc822;bob@example.net"),
    (("HELO 192.0.2.10",), "[192.0.2.10]"),
    ((*HELO, "MAIL FROM:<a@192.0.2.1>"), "[192.0.2.1]"),
    (("HELO my_host.example.com",), "my_host.example.com"),
    ((*HELO, "STARTTLS"), "EHLO"),
    ((*HELO, "AUTH LOGIN"), "EHLO"),
    ((*HELO, "MAIL FROM:<a@example.com> SIZE=1"), "EHLO"),
    ((*HELO, "MAIL FROM:＜a@example.com＞"), "＜"),
    (("ＨＥＬＯ x",), "ＨＥＬＯ"),
    (("MAILFROM:<w@example.com>",), "MAIL FROM:<"),
    (("telnet mx.hogefuga.com 25",), ":connect mx.hogefuga.com"),
]


@pytest.mark.parametrize(("lines", "said_of_it"), TYPE_INSTEAD)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_remarks_say_what_to_type_instead(said: Said, lang: str, lines: tuple[str, ...], said_of_it: str) -> None:
    found = explanation(*last(said(*lines)), words(lang))
    assert any(said_of_it in row.value for row in found.remarks), found.remarks


@pytest.mark.parametrize(
    "lines",
    [
        (*MAIL, "RCPT TO:"),
        (*MAIL, "RCPT <a@b>"),
        (*MAIL, "RCPT TO <a@b>"),
        (*MAIL, "RCPT TO :<a@b>"),
        (*MAIL, "RCPT TO: <test@hogefuga.com>"),
        (*MAIL, "RCPT TO:<a@b>,<c@d>"),
    ],
)
def test_rcpt_is_not_explained_by_what_holds_for_mail(said: Said, lines: tuple[str, ...]) -> None:
    for row in told(said(*lines)).remarks:
        assert not row.remark.endswith("\u00a04.1.1.2")
        assert "<>" not in row.value
