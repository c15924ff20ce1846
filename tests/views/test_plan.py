"""The SMTP that a mail program is going to speak."""

from __future__ import annotations

from smtpsim.explain import words
from smtpsim.message.addresses import NamedAddress
from smtpsim.message.draft import Draft
from smtpsim.views.plan import MOST_LINES, no_plan, plan
from smtpsim.views.row import Mark, Row

EN = words("en")
DRAFT = Draft(NamedAddress("", "a@example.com"), bcc=(NamedAddress("", "b@example.net"),))


def rows(*lines: str) -> tuple[Row, ...]:
    return plan(lines, DRAFT, EN).sections[0].rows


def test_commands_and_lines_of_the_letter_are_told_apart() -> None:
    found = rows("EHLO a", "DATA", "RCPT TO:<b@example.net>", "..", ".", "MAIL FROM:<>")
    assert [row.label for row in found] == [">", ">", "│", "│", ">", ">"]


def test_a_bcc_stands_on_the_envelope_only() -> None:
    found = rows("RCPT TO:<b@example.net>", "RCPT TO:<c@example.net>", "DATA", "RCPT TO:<b@example.net>")
    assert [row.mark for row in found] == [Mark.NOTE, Mark.NONE, Mark.NONE, Mark.NONE]


def test_a_long_text_is_cut_and_says_so() -> None:
    found = rows(*["x"] * (MOST_LINES + 3))
    assert (len(found), found[-1].value) == (MOST_LINES + 1, "and more lines: 3")


def test_what_strangers_wrote_is_safe() -> None:
    assert rows("\x1b[2J")[0].value == "\N{SYMBOL FOR ESCAPE}[2J"


def test_as_long_as_there_is_nothing_to_send() -> None:
    assert no_plan(EN).sections[0].rows[0].value == EN("compose.plan-none")
