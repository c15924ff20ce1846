"""The class: pupils at their sessions, and what the teacher does for all of them."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterable
from statistics import median
from typing import NamedTuple

from smtpsim.app.classroom.pupil import ORDER, Pupil, WallRow
from smtpsim.app.classroom.roster import Roster
from smtpsim.app.classroom.worlds import OwnWorlds, Worlds
from smtpsim.app.tui.actions import carry_out, send
from smtpsim.app.tui.state import State
from smtpsim.explain import Words
from smtpsim.kernel.failure import Failure
from smtpsim.kernel.printable import printable
from smtpsim.session.change import Wrong
from smtpsim.shell.answer import Answer, Grant, ReadFile, WriteFile, WriteFolder
from smtpsim.shell.commands.lesson import begin
from smtpsim.shell.lessons import LESSON, find
from smtpsim.shell.opening import Choice
from smtpsim.shell.place import Place
from smtpsim.views.explanation import mistake_told
from smtpsim.views.row import Mark, Row

GRANTED = frozenset({Grant.READ, Grant.WRITE, Grant.SCREEN})
"""A pupil may hand a file over and get one; the disk of the teacher's machine is out of reach."""

LONGEST_WORD = 200
LONGEST_NAME = 20


class Share(NamedTuple):
    """How far the class is: how many pupils have done each step, of how many; the commonest mistake now and how many
    make it; the median of the seconds until each step was reached, 0 for a step that nobody has done."""

    pupils: int
    steps: tuple[int, ...]
    mistake: str
    makers: int
    seconds: tuple[float, ...]


class Classroom:
    """`task` is the name of a lesson, "" for none; Failure is raised for one that cannot be held. `worlds` are
    the pupils' own unless they are given. `step` is where the class stands in the task, 0 for nowhere: who is behind,
    or comes late, is led there. `changed` is called when a pupil's screen has something new to show, `left` when
    somebody was taken out of the class."""

    def __init__(
        self,
        choice: Choice,
        words: Words,
        task: str = "",
        allowed: Iterable[str] = (),
        code: str = "",
        now: Callable[[], float] = time.monotonic,
        worlds: Worlds | None = None,
    ) -> None:
        self.choice, self.words, self.task = choice, words, task
        self.roster: Roster[Pupil] = Roster(self._place, now, code, allowed)
        self.frozen = False
        self.step = 0
        self.changed: list[Callable[[Pupil], None]] = []
        self.left: list[Callable[[Pupil], None]] = []
        self._now = now
        self.worlds = worlds or OwnWorlds(choice, words)
        if task:
            self.worlds.check(task)

    @property
    def pupils(self) -> tuple[Pupil, ...]:
        return tuple(joined.member for joined in self.roster)

    def rows(self, stuck_first: bool = False) -> list[WallRow]:
        """A row for each pupil, by alias; or those who are stuck first, the longest idle before the others."""
        found = sorted((pupil.row() for pupil in self.pupils), key=lambda row: row.alias.casefold())
        if stuck_first:
            found.sort(key=lambda row: (not row.hand, not row.stuck, -row.times, -row.idle))
        return found

    def share(self) -> Share:
        rows = self.rows()
        steps = max((row.steps for row in rows), default=0)
        done = tuple(sum(row.step >= number for row in rows) for number in range(1, steps + 1))
        mistakes = Counter(row.mistake for row in rows if row.mistake and row.times)
        mistake, makers = mistakes.most_common(1)[0] if mistakes else ("", 0)
        taken = [[p.step_seconds[n] for p in self.pupils if n in p.step_seconds] for n in range(1, steps + 1)]
        return Share(len(rows), done, mistake, makers, tuple(round(median(one), 1) if one else 0.0 for one in taken))

    def mistake_told(self, key: str) -> str:
        """A mistake in a few words; a rare one by the name that it has in the program."""
        kind, _, name = key.partition(".")
        if kind == ORDER:
            return printable(self.words("class.order-refused", name=name[:LONGEST_NAME]))
        return mistake_told(name, self.words)

    def set_task(self, name: str) -> None:
        """Begin a lesson for all, the next one where no name is given. Raises Failure for one that there is not, or
        that cannot be held here."""
        course = find(self.task)
        name = name or (course.next if course else "")
        self.worlds.check(name)
        self.task, self.step = name, 0
        for pupil in self.pupils:
            self.start(pupil)
            self._tell(pupil)

    def set_step(self, number: int = 0) -> int:
        """Bring everybody to a step of the task: who has not done those before it is led through them, who has stays.
        0 for the one after that at which the last of the class is. Gives its number; raises Failure where the task
        has no such step."""
        course = find(self.task)
        steps = len(course.lesson.exercise.steps) if course else 0
        number = number or min((pupil.row().step for pupil in self.pupils), default=0) + 2
        if not 1 <= number <= steps:
            raise Failure(self.words("class.no-step", number=number, steps=steps))
        self.step = number
        for pupil in self.pupils:
            if self._lead(pupil):
                self._tell(pupil)
        return number

    def start(self, pupil: Pupil) -> None:
        """Put a pupil at the beginning of the class's task, and where the class stands in it."""
        self._begin(pupil)
        self._lead(pupil)

    def _begin(self, pupil: Pupil) -> None:
        course = find(self.task)
        if course is not None:
            carry_out(pupil.state, begin(pupil.state.shell, course, LESSON))
            pupil.state.settle()
            pupil.begins()

    def _lead(self, pupil: Pupil) -> bool:
        """Whether the pupil had to be led to the class's step: by the lines of the solution, from the beginning."""
        before = self.step - 1
        if before < 1 or self._is_at(pupil, before):
            return False
        self._begin(pupil)
        task = pupil.task
        assert task is not None
        for line in task.lead(before):
            if self._is_at(pupil, before):
                break
            send(pupil.state, (line,))
        pupil.led()
        pupil.state.close_page()
        step = task.told.text(pupil.state.words, f"step-{task.steps[before].id}")
        told = pupil.state.words("class.led", number=self.step, step=step)
        pupil.state.message = Row("message", "", told, Mark.NOTE)
        return True

    def _is_at(self, pupil: Pupil, steps: int) -> bool:
        """Whether so many steps of the class's task are done."""
        task = pupil.task
        return task is not None and task.told.name == self.task and all(task.met[:steps])

    def remove(self, alias: str) -> bool:
        """Take somebody out of the class; False when there is nobody."""
        found = self.roster.find(alias)
        if found is None:
            return False
        self.roster.remove(alias)
        found.member.removed = True
        for left in self.left:
            left(found.member)
        return True

    def say(self, alias: str, word: str) -> bool:
        """A word of the teacher's to one pupil, or to all where the alias is ""; False when there is nobody."""
        found = self.roster.find(alias) if alias else None
        if alias and found is None:
            return False
        text = self.words("class.teacher-says", word=word[:LONGEST_WORD])
        for pupil in (found.member,) if found else self.pupils:
            pupil.state.message = Row("message", "", text, Mark.NOTE)
            self._tell(pupil)
        return True

    def tell(self, alias: str, key: str, **values: object) -> None:
        """Say a sentence of the catalogues to one pupil."""
        found = self.roster.find(alias)
        if found:
            pupil = found.member
            pupil.state.message = Row("message", "", pupil.state.words(key, **values), Mark.NOTE)
            self._tell(pupil)

    def freeze(self, frozen: bool) -> None:
        """Everybody looks at the teacher: no key counts until it is over."""
        self.frozen = frozen
        for pupil in self.pupils:
            key = "class.frozen" if frozen else "class.go-on"
            pupil.state.message = Row("message", "", pupil.state.words(key), Mark.WARN if frozen else Mark.NOTE)
            self._tell(pupil)

    def _tell(self, pupil: Pupil) -> None:
        for changed in self.changed:
            changed(pupil)

    def _place(self, alias: str) -> Pupil:
        first, make = self.worlds.place(alias)
        state = State(first, self.words, self.choice, GRANTED, refuse_files, make)
        pupil = Pupil(alias, state, self._now)
        if self.task:
            self.start(pupil)
        welcome = self.worlds.welcome(alias)
        if welcome:
            state.message = Row("message", "", welcome, Mark.NOTE)
        return pupil


def refuse_files(answer: Answer, place: Place) -> Answer:
    """Where there is no way to hand over files, only shipped transcripts can be opened, by their names."""
    return Wrong("not-granted-disk") if isinstance(answer, ReadFile | WriteFile | WriteFolder) else answer
