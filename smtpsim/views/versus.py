"""Two recordings side by side: their steps, where they part, and why each server answered as it did."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from smtpsim.explain import Words
from smtpsim.kernel.printable import printable
from smtpsim.session.simulation import Turn
from smtpsim.transcript.alignment import Difference, Pair, aligned
from smtpsim.transcript.show import Show
from smtpsim.views.dialogue import Line, lines_of
from smtpsim.views.explanation import Explanation, explanation
from smtpsim.views.page import page, part
from smtpsim.views.panel import panel
from smtpsim.views.row import Mark, Panel, Row, Section
from smtpsim.views.sections.outcome import section as outcome

SIDES = ("A", "B")

SAME = (Difference.NONE, Difference.TEXT)
"""What is no difference: every server has words of its own."""

PARTING = (Difference.ANSWER, Difference.ALONE)
"""What makes two ways of one: above all another answer, else a step that one side does not have."""


class Step(NamedTuple):
    """A step of each side as lines, () where a side has none."""

    left: tuple[Line, ...]
    right: tuple[Line, ...]
    difference: Difference


class Versus(NamedTuple):
    """`parting` is the index of the step where they part, None when they never do."""

    shows: tuple[Show, Show]
    pairs: tuple[Pair, ...]
    steps: tuple[Step, ...]
    parting: int | None

    def next_difference(self, at: int) -> int | None:
        """The index of the next step after `at` that is not the same on both sides but for an answer's wording."""
        following = range(at + 1, len(self.steps))
        return next((index for index in following if self.steps[index].difference not in SAME), None)


def versus(left: Show, right: Show, words: Words) -> Versus:
    """Put two recordings side by side."""
    pairs = aligned(left.turns, right.turns)
    steps = tuple(Step(_lines(pair.left, words), _lines(pair.right, words), pair.difference) for pair in pairs)
    found = (_first(steps, difference) for difference in PARTING)
    return Versus((left, right), pairs, steps, next((index for index in found if index is not None), None))


def _lines(turn: Turn | None, words: Words) -> tuple[Line, ...]:
    return () if turn is None else lines_of(turn, words)


def _first(steps: tuple[Step, ...], wanted: Difference) -> int | None:
    return next((index for index, step in enumerate(steps) if step.difference is wanted), None)


def names(shown: Versus, words: Words) -> tuple[str, str]:
    """What each side is called."""
    left, right = (printable(show.title(words.lang)) for show in shown.shows)
    return f"{SIDES[0]}  {left}", f"{SIDES[1]}  {right}"


def told(shown: Versus, at: int, words: Words) -> tuple[Explanation | None, Explanation | None]:
    """What there is to say about a step of each side."""
    pair = shown.pairs[at]
    left, right = (
        explanation(turn, _before(show, turn), words) if turn is not None else None
        for show, turn in zip(shown.shows, pair, strict=True)
    )
    return left, right


def _before(show: Show, turn: Turn) -> Turn | None:
    return show.turns[turn.number - 1] if turn.number else None


def summary(shown: Versus, words: Words) -> Panel:
    """What differs first, why, and how it ended."""
    return page(words("versus.title"), *_summed_up(shown, words))


def _summed_up(shown: Versus, words: Words) -> Iterator[Section]:
    yield part(words("versus.sides"), _sides(shown, words))
    first = shown.next_difference(-1)
    if first is None:
        yield part(words("versus.first"), (Row("same", "", words("versus.same"), Mark.GOOD),))
    elif first != shown.parting:
        yield part(words("versus.first"), _both(shown, first, words))
    if shown.parting is not None:
        yield part(words("versus.parting"), _both(shown, shown.parting, words))
        yield part(words("versus.behind"), differing(shown, shown.parting, words), words("versus.nothing-behind"))
    elif first is not None:
        yield part(words("versus.parting"), (Row("never", "", words("versus.never"), Mark.GOOD),))
    yield part(words("versus.end"), _ends(shown, words))


def _sides(shown: Versus, words: Words) -> Iterator[Row]:
    for side, name, show in zip(SIDES, names(shown, words), shown.shows, strict=True):
        opening = show.turns[0].after
        connection = opening.access or opening.connection
        way = f"{connection.client_ip} \N{RIGHTWARDS ARROW} {connection.host.name}"
        yield Row(side, side, f"{name.removeprefix(side).strip()} ({show.name})", remark=way)


def _both(shown: Versus, at: int, words: Words) -> Iterator[Row]:
    """What each side said and, where that is not the same, was answered, and why."""
    explained, difference = told(shown, at, words), shown.steps[at].difference
    for side, turn, why in zip(SIDES, shown.pairs[at], explained, strict=True):
        if turn is None or why is None:
            yield Row(f"{side}-none", side, words("versus.no-step"), Mark.NOTE)
            continue
        label = words("versus.step", side=side, step=turn.number)
        if turn.line:
            yield Row(f"{side}-said", label, f"> {turn.line}")
        if difference is Difference.SAID:
            continue
        if turn.reply is not None:
            yield Row(f"{side}-answer", "" if turn.line else label, turn.reply.wire().splitlines()[-1], why.why.mark)
        yield from (row._replace(key=f"{side}-{row.key}", label="") for row in _reasons(why))


def _reasons(told: Explanation) -> Iterator[Row]:
    """The words on the reply and on what was wrong with the line; what is good to know besides is left out."""
    yield from (row for row in (told.why, *told.remarks) if row.value and row.mark is not Mark.NOTE)


def differing(shown: Versus, at: int, words: Words) -> Iterator[Row]:
    """The sections of the panel that are not the same on both sides at a step: A's, and below it B's."""
    turns = [turn for turn in shown.pairs[at] if turn is not None]
    if len(turns) < len(SIDES):
        return
    left, right = ({one.key: one for one in panel(turn, words).sections} for turn in turns)
    for key, section in left.items():
        other = right.get(key)
        if other is None or section.digest == other.digest:
            continue
        for side, digest in zip(SIDES, (section.digest, other.digest), strict=True):
            yield Row(f"{key}-{side}", f"{digest.label} {side}", digest.value, digest.mark, badges=digest.badges)


def _ends(shown: Versus, words: Words) -> Iterator[Row]:
    """What became of the mail on each side."""
    for side, show in zip(SIDES, shown.shows, strict=True):
        digest = outcome(show.turns[-1].after, words).digest
        yield Row(side, side, digest.value, digest.mark)
