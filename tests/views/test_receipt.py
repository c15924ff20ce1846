"""What is said of a read receipt when a mail was opened."""

from __future__ import annotations

import pytest

from smtpsim.explain import LANGUAGES, words
from smtpsim.views.explanation import explanation
from smtpsim.views.row import Mark
from tests.views.conftest import Said
from tests.views.letters import ASKING, mail

EN = words("en")


def remarks(said: Said, *lines: str) -> list[tuple[str, Mark]]:
    timeline = said(*lines)
    told = explanation(timeline.now, timeline.turn(timeline.position - 1), EN)
    assert told.why.value == EN("command.read-done")
    return [(row.value, row.mark) for row in told.remarks]


def test_a_receipt_that_went_out(said: Said) -> None:
    ((text, mark),) = remarks(said, *mail(ASKING), ":read test 1 receipt")
    assert text == EN("mail.receipt-done", to="webmaster@example.com")
    assert mark is Mark.GOOD


def test_a_request_that_was_passed_over(said: Said) -> None:
    rule, ignored = remarks(said, *mail(ASKING), ":read test 1")
    assert rule == (EN("mail.receipt-free", to="webmaster@example.com"), Mark.WARN)
    assert ignored == (EN("mail.receipt-ignored"), Mark.NOTE)


@pytest.mark.parametrize(
    ("header", "lines", "rule"),
    [
        ((), (), "not-asked"),
        ((ASKING,), (":read test 1 receipt",), "sent"),
        ((ASKING, "Content-Type: multipart/report"), (), "report"),
    ],
)
def test_a_rule_that_forbids(said: Said, header: tuple[str, ...], lines: tuple[str, ...], rule: str) -> None:
    assert remarks(said, *mail(*header), *lines, ":read test 1 receipt") == [(EN(f"mail.receipt-{rule}"), Mark.NONE)]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_other_orders_say_nothing_of_it(said: Said, lang: str) -> None:
    timeline = said(*mail(ASKING), ":wait 1h")
    assert explanation(timeline.now, None, words(lang)).remarks == ()
