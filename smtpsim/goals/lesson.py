"""A lesson: what is to be done in which world, how it can be done, and which wrong turns people take.

A file of it (TOML) holds no sentence. Those stand in a file for each language, all under the same keys: `title`, `why`,
`step-ID`, `hint-ID-1` to `hint-ID-3` (a question, the rule, the line), `wrong-ID`, `learnt`, `challenge`.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from smtpsim.goals.condition import Condition
from smtpsim.goals.parse import GoalFault, read_line, read_table
from smtpsim.goals.progress import Step

HINTS = 3
"""A question, the rule, the line to type."""

ID = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")


class Exercise(NamedTuple):
    """Steps in a world. `host`, `client_ip` and `world` are "" for the usual ones; `setup` are lines that are carried
    out before the person begins, `solution` those that reach every step. In those of them that are `free` the address
    is the person's own choice."""

    steps: tuple[Step, ...]
    solution: tuple[str, ...]
    setup: tuple[str, ...] = ()
    host: str = ""
    client_ip: str = ""
    world: str = ""
    free: tuple[str, ...] = ()


class WrongTurn(NamedTuple):
    """What people do instead, and are answered to with the sentence `wrong-ID`."""

    id: str
    condition: Condition


class Lesson(NamedTuple):
    """`sections` are the keys of the panel's sections that the course has come to with this lesson."""

    name: str
    exercise: Exercise
    challenge: Exercise | None = None
    sections: tuple[str, ...] = ()
    wrong: tuple[WrongTurn, ...] = ()

    def sentences(self) -> tuple[str, ...]:
        """The keys of the sentences that the lesson needs."""
        steps = [step.id for step in self.exercise.steps]
        hints = [f"hint-{step}-{grade}" for step in steps for grade in range(1, HINTS + 1)]
        beyond = self.challenge.steps if self.challenge else ()
        return (
            *("title", "why", "learnt"),
            *(f"step-{step}" for step in steps),
            *hints,
            *(f"wrong-{turn.id}" for turn in self.wrong),
            *(("challenge",) if self.challenge else ()),
            *(f"step-{step.id}" for step in beyond),
        )


class LessonFault(NamedTuple):
    """Why a file is no lesson: the sentence `goal.KEY` and its values. `line` is 0 for the whole file."""

    line: int
    key: str
    values: Mapping[str, str] = {}
    meant: str = ""


class _Wrong(Exception):
    """Ends the reading: `args[0]` is the LessonFault."""


def read_lesson(name: str, text: str) -> Lesson | LessonFault:
    """The lesson that a TOML text tells, or its first mistake."""
    try:
        return _Reader(text).lesson(name, tomllib.loads(text))
    except tomllib.TOMLDecodeError as wrong:
        return _not_toml(str(wrong), text)
    except _Wrong as wrong:
        fault: LessonFault = wrong.args[0]
        return fault


def _not_toml(reason: str, text: str) -> LessonFault:
    """The line is in the reason, unless that is the end of the text."""
    found = re.search(r"line ([0-9]+)", reason)
    return LessonFault(int(found[1]) if found else len(text.splitlines()), "toml", {"reason": reason})


class _Reader:
    """Reads the tables of one file. Each mistake ends it."""

    def __init__(self, text: str) -> None:
        self._lines = text.splitlines()

    def lesson(self, name: str, data: Mapping[str, Any]) -> Lesson:
        self._known(data, _LESSON_KEYS)
        challenge = data.get("challenge")
        return Lesson(
            name,
            self._exercise(data),
            self._exercise(self._table("challenge", challenge)) if challenge is not None else None,
            self._texts("sections", data.get("sections", [])),
            tuple(map(self._wrong_turn, self._tables("wrong", data.get("wrong", [])))),
        )

    def _exercise(self, data: Mapping[str, Any]) -> Exercise:
        self._known(data, _LESSON_KEYS)
        steps = tuple(map(self._step, self._tables("step", data.get("step", []))))
        if not steps:
            raise self._fault("step", "no-step")
        if twice := next((step.id for index, step in enumerate(steps) if step.id in _ids(steps[:index])), ""):
            raise self._fault(twice, "twice", name=twice)
        solution = self._lines_of("solution", data.get("solution", ""))
        if not solution:
            raise self._fault("solution", "no-solution")
        host, client_ip, world = (self._text(name, data.get(name, "")) for name in ("host", "client-ip", "world"))
        setup, free = self._lines_of("setup", data.get("setup", "")), self._texts("free", data.get("free", []))
        return Exercise(steps, solution, setup, host, client_ip, world, free)

    def _step(self, data: Mapping[str, Any]) -> Step:
        self._known(data, ("id", "goals"))
        step = Step(self._id(data), tuple(map(self._goal, self._list("goals", data.get("goals")))))
        if step.only_forbids:
            raise self._fault(step.id, "only-not", name=step.id)
        return step

    def _wrong_turn(self, data: Mapping[str, Any]) -> WrongTurn:
        self._known(data, ("id", "when"))
        return WrongTurn(self._id(data), self._goal(data.get("when")))

    def _goal(self, value: object) -> Condition:
        read = read_line(value) if isinstance(value, str) else read_table(value) if isinstance(value, dict) else None
        if read is None:
            raise self._fault(str(value), "table", found=str(value))
        if isinstance(read, GoalFault):
            shown = value if isinstance(value, str) else read.values.get("found", "")
            raise _Wrong(LessonFault(self._line(str(shown)), read.key, read.values, read.meant))
        return read

    def _id(self, data: Mapping[str, Any]) -> str:
        found = self._text("id", data.get("id", ""))
        if not ID.fullmatch(found):
            raise self._fault(found or "id", "id", found=found)
        return found

    def _known(self, data: Mapping[str, Any], keys: tuple[str, ...]) -> None:
        strange = next((key for key in data if key not in keys), None)
        if strange is not None:
            raise self._fault(strange, "key", found=strange, known=", ".join(keys))

    def _text(self, name: str, value: object) -> str:
        if isinstance(value, str):
            return value
        raise self._fault(name, "text", name=name)

    def _lines_of(self, name: str, value: object) -> tuple[str, ...]:
        """The lines of a text. A line of nothing counts, save at the end."""
        text = self._text(name, value)
        return tuple(text.removesuffix("\n").split("\n")) if text.strip() else ()

    def _texts(self, name: str, value: object) -> tuple[str, ...]:
        return tuple(self._text(name, item) for item in self._list(name, value))

    def _list(self, name: str, value: object) -> list[Any]:
        if isinstance(value, list):
            return value
        raise self._fault(name, "list", name=name)

    def _tables(self, name: str, value: object) -> list[dict[str, Any]]:
        return [self._table(name, item) for item in self._list(name, value)]

    def _table(self, name: str, value: object) -> dict[str, Any]:
        if isinstance(value, dict):
            return value
        raise self._fault(name, "list", name=name)

    def _fault(self, near: str, key: str, **values: str) -> _Wrong:
        return _Wrong(LessonFault(self._line(near), key, values))

    def _line(self, near: str) -> int:
        """The first line in which this stands, as it is or with its quotes escaped; 0 where none is found."""
        forms = (near, near.replace('"', '\\"'))
        return next((number for number, line in enumerate(self._lines, 1) if any(form in line for form in forms)), 0)


def _ids(steps: tuple[Step, ...]) -> tuple[str, ...]:
    return tuple(step.id for step in steps)


_LESSON_KEYS = ("host", "client-ip", "world", "setup", "sections", "solution", "free", "step", "wrong", "challenge")

Texts = Callable[[str], str]
"""A lesson's sentences in one language, by their keys."""
