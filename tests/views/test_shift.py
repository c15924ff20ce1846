"""What `:ip` and `:dns` did to the verdicts: at the verdict, in the digest, and in the explanation."""

from __future__ import annotations

import pytest

from smtpsim.explain import words
from smtpsim.session.timeline import Timeline
from smtpsim.views.explanation import explanation
from smtpsim.views.row import Mark, Row
from smtpsim.views.shift import Shift, shifts
from tests.views.conftest import Said, Shown, section_of

SES = "198.51.100.130"
SHOP = ("EHLO email-smtp.ap-northeast-1.amazonses.com", "MAIL FROM:<shop@example.org>")
INCLUDED = ":dns set example.org TXT v=spf1 ip4:192.0.2.200 include:amazonses.com -all"

BEGIN = ("HELO cgi.example.com", "MAIL FROM:<webmaster@example.com>")
FORGED = ("RCPT TO:<carol@example.net>", "DATA", "From: order-update@amazon.co.jp", "", ".")

Lines = tuple[str, ...]

SHIFTS: tuple[tuple[Lines, list[tuple[str, str, str]]], ...] = (
    (("HELO cgi.example.com", ":ip 203.0.113.66"), [("helo", "pass", "fail")]),
    ((*BEGIN, ":ip 203.0.113.66"), [("helo", "pass", "fail"), ("mailfrom", "pass", "fail")]),
    ((*BEGIN, ":ip 192.0.2.11"), [("helo", "pass", "fail")]),
    ((*BEGIN, ":ip 192.0.2.10"), []),
    ((*BEGIN, ":dns example.com"), []),
    ((*BEGIN, ":dns remove example.com TXT"), [("mailfrom", "pass", "none")]),
    ((*BEGIN, ":dns fail example.com timeout"), [("mailfrom", "pass", "temperror")]),
    (
        (*BEGIN, *FORGED, ":ip 198.51.100.80"),
        [("helo", "pass", "fail"), ("mailfrom", "pass", "fail"), ("header-from", "fail", "pass")],
    ),
    ((*BEGIN, ":connect mx.example.net"), []),
    ((*BEGIN, ":wait 4h"), []),
    ((*BEGIN, "RSET", "MAIL FROM:<a@fail.spf.example>"), []),
)


def last(timeline: Timeline) -> tuple[Shift, ...]:
    return shifts(timeline.now, timeline.turn(timeline.position - 1))


@pytest.mark.parametrize(("lines", "expected"), SHIFTS)
def test_which_verdicts_were_turned_round(said: Said, lines: Lines, expected: list[tuple[str, str, str]]) -> None:
    assert last(said(*lines, host="mx.example.net")) == tuple(Shift(*shift) for shift in expected)


def test_the_verdict_says_what_it_was(shown: Shown) -> None:
    rows = shown("spf", *SHOP, INCLUDED, host="mx.example.net", client_ip=SES)
    assert (rows["mailfrom"].mark, rows["mailfrom"].remark) == (Mark.GOOD, "was fail, now pass")
    assert rows["mailfrom"].changed
    assert "was" not in rows["helo"].remark


def test_the_digest_says_what_it_was(said: Said) -> None:
    digest = section_of(said(*SHOP, INCLUDED, host="mx.example.net", client_ip=SES), "spf").digest
    assert digest.value == "HELO pass, MAIL FROM pass (was fail), From: not yet"


def remarks(timeline: Timeline, lang: str = "en") -> tuple[Row, ...]:
    before = timeline.turn(timeline.position - 1) if timeline.position else None
    return explanation(timeline.now, before, words(lang)).remarks


def test_the_explanation_says_it_in_every_language(said: Said) -> None:
    timeline = said(*BEGIN, ":ip 203.0.113.66")
    (told,) = remarks(timeline)
    assert (told.label, told.mark) == ("SPF:", Mark.BAD)
    assert told.value == "HELO was pass, now fail; MAIL FROM was pass, now fail"
    (told,) = remarks(timeline, "ja")
    assert told.value == "HELO は pass から fail に変わりました。MAIL FROM は pass から fail に変わりました"


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ((*BEGIN, ":ip 192.0.2.10"), []),
        ((*BEGIN, ":dns add new.example TXT hello"), ["asked again; no verdict has changed"]),
        ((":dns add new.example TXT hello",), []),
        ((*BEGIN, ":dns example.com"), []),
        ((*BEGIN, ":connect"), []),
        ((*BEGIN, ":connect pop.hogefuga.com:110", ":dns remove example.com"), []),
    ],
)
def test_when_nothing_was_turned_round(said: Said, lines: tuple[str, ...], expected: list[str]) -> None:
    assert [row.value for row in remarks(said(*lines))] == expected


def test_back_and_forth_it_is_the_same(said: Said) -> None:
    timeline = said(*SHOP, INCLUDED, "MAIL FROM:<shop@example.org>", host="mx.example.net", client_ip=SES)
    assert last(timeline) == ()
    for number in (3, 2, 3):
        timeline.goto(number)
        assert last(timeline) == (() if number == 2 else (Shift("mailfrom", "fail", "pass"),))


def test_the_first_turn_has_nothing_before_it(said: Said) -> None:
    assert shifts(said().now, None) == ()
