"""The course: every lesson with what it is about and how far somebody is with it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Protocol

from smtpsim.explain import Words
from smtpsim.goals import shipped
from smtpsim.views.page import page, part
from smtpsim.views.row import Mark, Panel, Row


class Standing(Protocol):
    """How far somebody is in a part of a lesson."""

    @property
    def steps(self) -> Mapping[str, bool]: ...
    @property
    def done(self) -> bool: ...
    @property
    def shown(self) -> bool: ...


Standings = Mapping[tuple[str, str], Standing]
"""By lesson and part."""


def course_page(names: Sequence[str], known: Standings, words: Words) -> Panel:
    return page(words("lesson.course"), part("", _rows(names, known, words)), part("", [_how(words)]))


def _rows(names: Sequence[str], known: Standings, words: Words) -> Iterator[Row]:
    for name in names:
        standing = known.get((name, "lesson"))
        done = standing is not None and standing.done
        mark = Mark.GOOD if done else Mark.WAIT if standing else Mark.NONE
        yield Row(name, name, words(f"lessons/{name}.title"), mark, remark(name, known, words))


def remark(name: str, known: Standings, words: Words) -> str:
    """How far somebody is with a lesson, in a few words; "" for one that was not begun."""
    standing, beyond = known.get((name, "lesson")), known.get((name, "challenge"))
    if standing is None:
        return ""
    steps = [step.id for step in shipped.load(name).exercise.steps]
    reached = sum(step in standing.steps for step in steps)
    told = words("lesson.of-steps", reached=reached, of=len(steps)) if not standing.done else ""
    shown = words("lesson.was-shown") if standing.done and standing.shown else ""
    also = words("lesson.challenge-done") if beyond and beyond.done else ""
    return ", ".join(text for text in (told, shown, also) if text)


def _how(words: Words) -> Row:
    return Row("how", "", words("lesson.how-to-begin"), Mark.NOTE)
