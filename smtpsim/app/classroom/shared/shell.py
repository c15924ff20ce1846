"""The shell of one pupil in the shared world: lines are judged in the newest, and looks see what is the pupil's."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from copy import copy
from typing import Protocol

from smtpsim.explain import Words
from smtpsim.goals.task import Task
from smtpsim.kernel.failure import Failure
from smtpsim.session.change import Wrong
from smtpsim.session.simulation import Simulation, Turn
from smtpsim.shell.answer import Answer, Begin, Grant, Page, Question, ReadFile, Refused, Told, Turns, WriteFile
from smtpsim.shell.commands import load, meant, parted
from smtpsim.shell.opening import Choice
from smtpsim.shell.place import Keys, Place
from smtpsim.shell.shell import Shell, carried_out
from smtpsim.world.model import World

LOOKS = (Page, Turns, WriteFile)
"""Answers that rest on what somebody sees of the world."""


class Share(Protocol):
    """What the shell asks of the shared world for its pupil."""

    def advance(self) -> None:
        """Let the world's clock catch up."""

    def joined(self, simulation: Simulation) -> Simulation:
        """A connection in the newest world."""

    def looking(self, world: World) -> World:
        """What the pupil may see of a world."""

    def connect(self, where: Choice) -> Turn:
        """A connection to a host of the shared world; its turn is still to be taken. Raises Failure for a task that
        wants another world."""

    def take(self, turns: Sequence[Turn], before: int) -> tuple[Turn, ...]:
        """Turns that were made in the newest world, after step `before`. They come back with what the pupil may see of
        the world after each."""

    def begin(self, turns: Sequence[Turn], task: Task) -> tuple[Turn, ...]:
        """The same for those that set the stage of a task."""

    def allows(self, name: str) -> bool:
        """Whether pupils may change the world for all by this command."""


class SharedShell(Shell):
    """The steps hold what the pupil may see of the world, as it was then. The next line goes to the connection of the
    present step in the newest world: going back changes where a pupil stands, and never what was sent."""

    def __init__(
        self,
        share: Share,
        first: Turn,
        words: Words,
        choice: Choice,
        grants: frozenset[Grant],
        keys: Keys,
    ) -> None:
        super().__init__(first, words, choice, grants, keys)
        self._share = share
        self._view: Callable[[World], World] = _all_of_it

    @property
    def simulation(self) -> Simulation:
        joined = self._share.joined(self.now.after)
        return joined._replace(world=self._view(joined.world))

    @property
    def seen(self) -> Place:
        looking = copy(self)
        looking._view = self._share.looking
        return looking

    def opened(self, where: Choice) -> Turn:
        return self._share.connect(where)

    def said(self, line: str) -> Turns | Told:
        self._share.advance()
        return super().said(line)

    def _answered(self, line: str) -> Answer:
        """A command sees what is the pupil's, and changes nothing else unless the teacher allows it."""
        self._share.advance()
        answer = super()._answered(line)
        found = meant(parted(line)[0])
        if isinstance(answer, Refused) or isinstance(found, Wrong):
            return answer
        if isinstance(answer, LOOKS):
            looked = carried_out(self.seen, line)
            if isinstance(looked, Refused):
                return Wrong("not-yours")
            if isinstance(answer, Page) and isinstance(looked, Page):
                answer = looked._replace(question=answer.question)
        return self._permitted(found.name, answer)

    def apply(self, answer: Answer) -> None:
        if isinstance(answer, Turns):
            answer = answer._replace(turns=self._share.take(answer.turns, self.timeline.position))
        super().apply(answer)

    def begin(self, begun: Begin) -> None:
        assert begun.task is not None
        super().begin(begun._replace(turns=self._share.begin(begun.turns, begun.task)))

    def _permitted(self, name: str, answer: Answer) -> Answer:
        if isinstance(answer, Question):
            return answer._replace(yes=lambda: self._permitted(name, answer.yes()))
        if isinstance(answer, Turns) and load(name).alters and not self._share.allows(name):
            return Wrong("not-granted-world", {"name": name})
        own_world = isinstance(answer, Begin) and (not answer.task or len(answer.turns) > 1)
        if isinstance(answer, ReadFile) or own_world:
            return Failure(self.words("class.own-world-wanted"))
        return answer


def _all_of_it(world: World) -> World:
    return world
