"""A recording for paper: its steps with what is remarked, asked and explained, and which lines are to be filled in."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from smtpsim.explain import Words
from smtpsim.kernel.printable import printable
from smtpsim.session.simulation import Turn
from smtpsim.transcript.dialogue import Place
from smtpsim.transcript.show import Show
from smtpsim.views.dialogue import Line, Speaker, lines_of
from smtpsim.views.explanation import Explanation, explanation
from smtpsim.views.panel import panel
from smtpsim.views.row import Panel
from smtpsim.views.step import UNFOLDED


class HandoutStep(NamedTuple):
    """One turn. `introduced` stands before its lines and `remarked` behind them, as does what is `asked` about the next
    step; `answered` is the answer to what was asked before this one. `open` tells that its lines are to be found by the
    pupils."""

    number: int
    lines: tuple[Line, ...]
    introduced: tuple[str, ...]
    answered: tuple[str, ...]
    remarked: tuple[str, ...]
    asked: tuple[str, ...]
    told: Explanation
    open: bool


class Handout(NamedTuple):
    """All is safe to print. `panel` is that of the last step."""

    title: str
    about: str
    steps: tuple[HandoutStep, ...]
    panel: Panel


def handout(show: Show, turns: tuple[Turn, ...], words: Words) -> Handout:
    """What is asked (`# ask:`) is open; in a recording that asks nothing, every command is. `turns` are those of the
    recording, with secrets masked or not."""
    steps = tuple(_steps(show, turns, words))
    if not any(step.asked for step in steps):
        steps = tuple(step._replace(open=_spoken(step)) for step in steps)
    about = printable(" ".join(show.summary(words.lang)))
    return Handout(printable(show.title(words.lang)), about, steps, panel(turns[-1], words, UNFOLDED))


def _steps(show: Show, turns: tuple[Turn, ...], words: Words) -> Iterator[HandoutStep]:
    """Notes belong to the turns as they were played."""
    for (before, turn), played in zip(pairwise((None, *turns)), show.turns, strict=True):
        assert turn is not None
        asked_before = before is not None and show.notes.asks(show.turns[before.number])

        def noted(place: Place, played: Turn = played) -> tuple[str, ...]:
            return tuple(map(printable, show.notes.at(played, place, words.lang)))

        yield HandoutStep(
            turn.number,
            lines_of(turn, words),
            noted(Place.NOTE),
            noted(Place.ANSWER),
            noted(Place.AFTER),
            noted(Place.ASK),
            explanation(turn, before, words)._replace(next=""),
            asked_before,
        )


def _spoken(step: HandoutStep) -> bool:
    return bool(step.lines) and step.lines[0].speaker is Speaker.CLIENT
