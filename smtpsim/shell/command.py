"""A command of the simulator: what `:name` does, what can stand after the name, and what it may need."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple

from smtpsim.session.change import Wrong
from smtpsim.session.simulation import Simulation, Turn
from smtpsim.shell.answer import Answer, Grant, Turns
from smtpsim.shell.place import Place


def one_turn(run: Callable[[Simulation, str], Turn | Wrong]) -> Callable[[Place, str], Answer]:
    """The answer of a command that makes one step of the simulation, or is refused."""

    def answer(place: Place, argument: str) -> Answer:
        done = run(place.simulation, argument)
        return done if isinstance(done, Wrong) else Turns((done,))

    return answer


GROUPS = ("mail", "look", "world", "time", "senders", "session")
"""The groups of the help page, in its order; the words are `page.group-NAME`."""


def nothing(place: Place) -> tuple[str, ...]:
    return ()


class Command(NamedTuple):
    """`run` takes the text after the name and gives the answer; nothing has changed yet then.

    `example` is a line that can be typed in the shipped world; `arguments` lists what can stand after the name, for
    completion; `grants` are those that some form of the command needs; `pages` tells that some form shows a page;
    `alters` that a step of it changes the world for all who are in it (its DNS, policies, faults, lists, its time);
    `group` is where the help page has it, one of GROUPS. The words are `command.NAME`, `command.NAME-form` and, for
    what makes a step, `command.NAME-done`.
    """

    name: str
    run: Callable[[Place, str], Answer]
    example: str
    arguments: Callable[[Place], Iterable[str]] = nothing
    grants: frozenset[Grant] = frozenset()
    pages: bool = False
    alters: bool = False
    group: str = "session"
