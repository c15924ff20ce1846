"""After the final dot: what became of the mail, and the command that shows it, which then works."""

from __future__ import annotations

import pytest

from smtpsim.explain import LANGUAGES, words
from smtpsim.session.timeline import Timeline
from smtpsim.views.aftermath import look_of
from smtpsim.views.explanation import explanation
from smtpsim.views.row import Mark, Row
from tests.views.conftest import Said, section_of


def told(timeline: Timeline, lang: str = "en") -> tuple[Row, ...]:
    before = timeline.turn(timeline.position - 1)
    found = explanation(timeline.now, before, words(lang))
    return found.why, *found.remarks


def mail(*recipients: str, sender: str = "webmaster@example.com") -> tuple[str, ...]:
    to = (f"RCPT TO:<{recipient}>" for recipient in recipients)
    return ("HELO cgi.example.com", f"MAIL FROM:<{sender}>", *to, "DATA", "Subject: x", "", ".")


ENDS = (
    (mail("test@hogefuga.com"), Mark.GOOD, "Delivered to test@hogefuga.com.", ":inbox test@hogefuga.com 1"),
    (
        mail("nobody@hogefuga.com"),
        Mark.BAD,
        "Not delivered to nobody@hogefuga.com: a bounce went to webmaster@example.com.",
        ":inbox webmaster@example.com 1",
    ),
    (mail("nobody@hogefuga.com", sender=""), Mark.BAD, "nobody is told", ":hop 1"),
    (mail("mio@patient.example"), Mark.WAIT, "Waits at smtp.example.com for mio@patient.example", ":wait "),
)


@pytest.mark.parametrize(("lines", "mark", "text", "look"), ENDS, ids=[look for *_, look in ENDS])
def test_one_sentence_says_what_became_of_the_mail(
    said: Said, lines: tuple[str, ...], mark: Mark, text: str, look: str
) -> None:
    timeline = said(*lines)
    why, end, *_ = told(timeline)
    assert text in end.value
    assert look in end.value
    assert end.mark is mark
    assert why.mark is (Mark.WARN if mark is Mark.BAD else mark)
    assert look_of(timeline.now.after).startswith(look)


def test_where_two_of_four_bounce_there_is_no_tick_and_the_bounce_comes_first(said: Said) -> None:
    recipients = ("test@hogefuga.com", "nobody@hogefuga.com", "nil@hogefuga.com", "alice@hogefuga.com")
    why, first, second = told(said(*mail(*recipients)))
    assert why.mark is Mark.WARN
    assert first.value.startswith("Not delivered to nobody@hogefuga.com, nil@hogefuga.com")
    assert second.value.startswith("Delivered to test@hogefuga.com, alice@hogefuga.com")


def test_what_waited_and_was_delivered_is_told_when_time_has_passed(said: Said) -> None:
    waiting = said(*mail("mio@patient.example"))
    (later,) = (
        row
        for row in told(said(*mail("mio@patient.example"), look_of(waiting.now.after)))
        if row.key == "after-delivered"
    )
    assert later.value == "Delivered to mio@patient.example. See it: :inbox mio@patient.example 1"


def test_where_spf_only_marks_a_host_is_named_that_refuses(said: Said) -> None:
    lines = mail("test@hogefuga.com", sender="info@hogefuga.com")
    timeline = said(*lines, client_ip="203.0.113.66", host="mx.hogefuga.com")
    (row,) = (row for row in told(timeline) if row.key == "only-marked")
    assert row.mark is Mark.WARN
    assert "only marked here" in row.value
    refuser = row.value.rpartition(":connect ")[2].rstrip(").")
    reply = said("EHLO a", lines[1], client_ip="203.0.113.66", host=refuser).now.reply
    assert reply is not None
    assert reply.code == 550


def test_a_refused_sender_is_the_outcome(said: Said) -> None:
    lines = ("EHLO a", "MAIL FROM:<info@hogefuga.com>")
    timeline = said(*lines, client_ip="203.0.113.66", host="mx.example.net")
    assert timeline.now.reply is not None
    assert timeline.now.reply.code == 550
    section = section_of(timeline, "outcome")
    assert section.digest.mark is Mark.BAD
    assert "refused the sender <info@hogefuga.com>" in section.rows[0].value
    assert section.rows[0].remark.startswith("550 ")
    assert section.rows[0].changed


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("lines", [lines for lines, *_ in ENDS])
def test_there_are_words_in_every_language(said: Said, lang: str, lines: tuple[str, ...]) -> None:
    assert any(row.key.startswith("after-") for row in told(said(*lines), lang))
