"""Two dialogues beside each other: every step is there once, in order, and beside the one with the same purpose."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from smtpsim.session.simulation import Simulation, Turn
from smtpsim.transcript.alignment import Difference, aligned

OPENING = ("EHLO a.example", "MAIL FROM:<webmaster@example.com>", "RCPT TO:<test@hogefuga.com>", "DATA")
LETTER = ("Subject: one", "To: x", "", "text", ".")

N, T, S, A, O = (Difference.NONE, Difference.TEXT, Difference.SAID, Difference.ANSWER, Difference.ALONE)  # noqa: E741


def turns(*lines: str) -> list[Turn]:
    made = [Simulation.start()]
    for line in lines:
        made.append(made[-1].after.say(line))
    return made


@pytest.mark.parametrize(
    ("left", "right", "found"),
    [
        ((), (), [N]),
        (OPENING, OPENING, [N] * 5),
        (("HELO a",), ("EHLO a",), [N, S]),
        (("NOOP",), ("NOOP", "NOOP"), [N, N, O]),
        (("DATA",), ("NOOP", "DATA"), [N, O, N]),
        (("EHLO a", "MAIL FROM:<a@b>"), ("EHLO a", "MAIL FROM:<a@b> FOO=1"), [N, N, A]),
        ((*OPENING, *LETTER), (*OPENING, "Subject: two", *LETTER[1:]), [N] * 5 + [S] + [N] * 4),
        ((*OPENING, *LETTER), (*OPENING, "Cc: y", *LETTER), [N] * 5 + [O] + [N] * 5),
        ((*OPENING, *LETTER), (*OPENING, "To: x", "Subject: one", *LETTER[2:]), None),
        (("NOTHING",), ("NOWHERE",), [N, S]),
    ],
)
def test_steps_with_the_same_purpose_are_a_pair(
    left: tuple[str, ...], right: tuple[str, ...], found: list[Difference] | None
) -> None:
    pairs = aligned(turns(*left), turns(*right))
    differences = [pair.difference for pair in pairs]
    assert found is None or differences == found
    assert (O in differences) == (len(pairs) > min(len(left), len(right)) + 1)


LINES = st.lists(st.sampled_from((*OPENING, *LETTER, "RSET", "NOOP", "QUIT", "nonsense")), max_size=12)


@settings(max_examples=60, deadline=None)
@given(LINES, LINES)
def test_every_step_is_there_once_and_in_order(left: list[str], right: list[str]) -> None:
    one, other = turns(*left), turns(*right)
    pairs = aligned(one, other)
    assert [pair.left.number for pair in pairs if pair.left] == [turn.number for turn in one]
    assert [pair.right.number for pair in pairs if pair.right] == [turn.number for turn in other]
    assert all(pair.left or pair.right for pair in pairs)
    assert {pair.difference for pair in aligned(one, one)} == {N}
