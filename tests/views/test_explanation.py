"""The line that says why: reply, faults with their columns, advice, and what is next."""

from __future__ import annotations

import pytest

from smtpsim.explain import LANGUAGES, words
from smtpsim.session.commands import run
from smtpsim.session.timeline import Timeline
from smtpsim.session.turn import Turn
from smtpsim.views.advice import HEADERS, SLIPS, advice
from smtpsim.views.explanation import Explanation, explanation
from smtpsim.views.row import Mark
from tests.views.conftest import Said

LETTER = ("HELO cgi.example.com", "MAIL FROM:<>", "RCPT TO:<test@hogefuga.com>", "DATA")


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
    assert [row.mark for row in found.remarks] == [Mark.BAD]


def test_an_order_tells_what_it_did(said: Said) -> None:
    turn = run(said().now.after, ":ip 203.0.113.66")
    assert isinstance(turn, Turn)
    assert explanation(turn, None, words("en")).why.value.startswith("The client is 203.0.113.66")


@pytest.mark.parametrize(
    ("lines", "key"),
    [
        (("From: a@b",), "header-from"),
        (("TO: a@b",), "header-to"),
        (("Subject: x", " y"), "header-folded"),
        (("X-Spam: no",), "header-other"),
        (("Subject: x", ""), "header-ends"),
        (("Hello there",), "header-broken"),
        (("", "Hello there"), "body"),
        (("", "QUIT"), "command-in-letter"),
        (("RCPT TO:<x@y>",), "command-in-letter"),
        (("", " ."), "almost-dot"),
        (("", ". "), "almost-dot"),
        (("", "。"), "almost-dot"),
        (("", "quitting is easy"), "body"),
        (("", ".."), "almost-dot"),
        ((".",), ""),
    ],
)
def test_advice_inside_the_letter(said: Said, lines: tuple[str, ...], key: str) -> None:
    assert advice(*last(said(*LETTER, *lines))) == key


@pytest.mark.parametrize(
    ("line", "key"),
    [
        ("Subject: hello", "header-outside"),
        ("from:a@b", "header-outside"),
        (".", "dot-outside"),
        ("exit", "leaving"),
        ("250 okay", "reply-typed"),
        ("> HELO a", "prompt-typed"),
        ("GET / HTTP/1.1", "web"),
        ("HELLO a", ""),
        ("MAIL", ""),
    ],
)
def test_advice_on_slips(said: Said, line: str, key: str) -> None:
    assert advice(*last(said("HELO cgi.example.com", line))) == key


def test_a_chunk_gets_no_reply_at_first(said: Said) -> None:
    timeline = said("EHLO a", "MAIL FROM:<>", "RCPT TO:<test@hogefuga.com>", "BDAT 20")
    assert advice(*last(timeline)) == "chunk-begins"
    for turn in timeline.now.after.feed(b"hello\r\n").turns:
        timeline.add(turn)
    assert advice(*last(timeline)) == "chunk-goes-on"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_there_are_words_for_every_advice(lang: str) -> None:
    fixed = "header-other header-folded header-ends header-broken body command-in-letter almost-dot"
    keys = {*SLIPS, *(f"header-{name}" for name in HEADERS), *fixed.split(), "chunk-begins", "chunk-goes-on"}
    assert set(words(lang).section("advice")) == keys
