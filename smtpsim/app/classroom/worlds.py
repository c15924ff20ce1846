"""Where the pupils of a class are: each in a world of their own, or all in one (`shared`)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, Protocol

from smtpsim.app.tui.state import MakeShell
from smtpsim.explain import Words
from smtpsim.kernel.failure import Failure
from smtpsim.session.simulation import Turn
from smtpsim.shell.lessons import Course, find
from smtpsim.shell.opening import Choice, open_session
from smtpsim.shell.shell import Shell


class Wrote(NamedTuple):
    """Who wrote to whom: the alias of the one who typed, the alias of the one in whose name ("" for their own, or for
    nobody's in this class), and the recipient: an alias, or an address outside of the class."""

    by: str
    named: str
    to: str


class Worlds(Protocol):
    """Where pupils are; `shared` tells that it is the same world for all."""

    shared: bool

    def place(self, alias: str) -> tuple[Turn, MakeShell]:
        """A new pupil's first turn, and what makes the shell that goes on from it."""

    def check(self, task: str) -> None:
        """Raises Failure for a lesson that there is not, or that cannot be held in such worlds."""

    def address(self, alias: str) -> str:
        """Where a pupil gets mail from the others, "" where nobody does."""

    def welcome(self, alias: str) -> str:
        """What a new pupil is told, "" for nothing."""

    def letters(self) -> Sequence[tuple[Wrote, int]]:
        """Who wrote to whom and how often, the most first."""

    def allow(self, name: str) -> bool:
        """Let pupils change the world for all by a command from now on, or no more; whether they may now. Raises
        Failure where that cannot be."""


class OwnWorlds:
    """Each pupil is in a world of their own."""

    shared = False

    def __init__(self, choice: Choice, words: Words) -> None:
        self._words = words
        self._first = open_session(choice, words)  # all begin at this turn: values are frozen

    def place(self, alias: str) -> tuple[Turn, MakeShell]:
        return self._first, Shell

    def check(self, task: str) -> None:
        course_of(task, self._words)

    def address(self, alias: str) -> str:
        return ""

    def welcome(self, alias: str) -> str:
        return ""

    def letters(self) -> Sequence[tuple[Wrote, int]]:
        return ()

    def allow(self, name: str) -> bool:
        raise Failure(self._words("class.not-shared"))


def course_of(task: str, words: Words) -> Course:
    """The lesson of that name. Raises Failure where there is none."""
    course = find(task)
    if course is None:
        raise Failure(words("class.no-task", name=task))
    return course
