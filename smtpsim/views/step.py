"""A session step by step, to be shown to others: what each turn added, what is remarked, and the panel after it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from smtpsim.explain import Words
from smtpsim.kernel.printable import printable
from smtpsim.session.simulation import Turn
from smtpsim.transcript.notes import Notes
from smtpsim.views.dialogue import Line, lines_of
from smtpsim.views.explanation import Explanation, explanation
from smtpsim.views.panel import changed_panel
from smtpsim.views.row import Panel
from smtpsim.views.trace import ASKED

UNFOLDED = frozenset(ASKED)
"""Every step of SPF is shown: on paper nobody can unfold them."""


class Step(NamedTuple):
    """One turn, with the notes over its lines and under them. All is safe to print."""

    number: int
    lines: tuple[Line, ...]
    over: tuple[str, ...]
    under: tuple[str, ...]
    panel: Panel
    told: Explanation


def steps_of(turns: Sequence[Turn], notes: Notes, words: Words) -> Iterator[Step]:
    """The steps of a session, from the greeting on."""
    for before, turn in pairwise((None, *turns)):
        assert turn is not None
        yield Step(
            turn.number,
            lines_of(turn, words),
            tuple(map(printable, notes.over(turn, words.lang))),
            tuple(map(printable, notes.under(turn, words.lang))),
            changed_panel(turn, before, words, UNFOLDED),
            _told(turn, before, words),
        )


def _told(turn: Turn, before: Turn | None, words: Words) -> Explanation:
    """What is said about a turn; what could be typed next is nobody's question once the connection is over."""
    told = explanation(turn, before, words)
    return told._replace(next="") if turn.after.over else told
