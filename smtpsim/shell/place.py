"""Where a person stands: the session so far, the language, the file it was saved to, and what the front end grants."""

from __future__ import annotations

from collections.abc import Callable

from smtpsim.explain import Words
from smtpsim.goals.task import NO_NEWS, News, Task
from smtpsim.protocol.smtp.state import CONTENT_PHASES
from smtpsim.session.change import Wrong, number
from smtpsim.session.simulation import Simulation, Turn
from smtpsim.session.timeline import Timeline
from smtpsim.shell.answer import Answer, Grant, Question, Told
from smtpsim.shell.opening import Choice, open_session
from smtpsim.transcript.notes import Notes
from smtpsim.views.row import Section

SHIPPED = Choice()
"""The choice that `:open` goes by when there was none: the shipped world."""

NO_GRANTS: frozenset[Grant] = frozenset()

Keys = Callable[[Words], tuple[Section, ...]]
"""The sections of the help page about the keys of a front end."""


def no_keys(words: Words) -> tuple[Section, ...]:
    return ()


class Place:
    """What commands look at. `notes` are those of the transcript that was opened; `saved` is the last turn of the
    session when it was saved, `file` where to; `loose` tells that there are unsaved turns on branches beside it. `task`
    is what is to be done in the session, None for nothing, and `pupil` who does it, where that was said."""

    def __init__(
        self,
        first: Turn,
        words: Words,
        choice: Choice = SHIPPED,
        grants: frozenset[Grant] = NO_GRANTS,
        keys: Keys = no_keys,
    ) -> None:
        self.timeline = Timeline(first)
        self.words, self.choice, self.grants, self.keys = words, choice, grants, keys
        self.notes: Notes | None = None
        self.saved = first
        self.file = ""
        self.loose = False
        self.task: Task | None = None
        self.pupil = choice.pupil

    @property
    def now(self) -> Turn:
        return self.timeline.now

    @property
    def simulation(self) -> Simulation:
        return self.now.after

    @property
    def seen(self) -> Place:
        """The same place, with what its person may see of the world: all of it, unless others share it."""
        return self

    def opened(self, where: Choice) -> Turn:
        """The first turn of another session of this person's. Raises Failure."""
        return open_session(where, self.words)

    @property
    def last(self) -> Turn:
        """The end of the session, undone or not."""
        return self.timeline.turn(self.timeline.position + self.timeline.ahead)

    @property
    def unsaved(self) -> bool:
        """Whether leaving would lose turns."""
        return self.last is not self.saved or self.loose

    @property
    def in_content(self) -> bool:
        """Whether the next line belongs to a letter, or answers a challenge, so that no `:` line can stand there."""
        simulation = self.simulation
        return not simulation.access and simulation.connection.state.phase in CONTENT_PHASES

    @property
    def on_disk(self) -> bool:
        """Whether a path means the disk of this program."""
        return Grant.DISK in self.grants

    @property
    def over(self) -> bool:
        return self.simulation.over

    @property
    def in_exam(self) -> bool:
        """Whether nobody helps: no hints, completion, history or explanations."""
        return self.task is not None and self.task.exam

    def news(self) -> News:
        """What became of the task since the last look. A front end looks after each line, so that what is reached is
        noted down before the next one."""
        return self.task.follow(self.timeline) if self.task else NO_NEWS

    def kept(self, path: str) -> None:
        """The session has been saved there."""
        self.file, self.saved = path, self.last

    def unless_lost(self, question: str, then: Callable[[], Answer]) -> Answer:
        """Do it at once when every turn is saved, else when the answer to the question is yes."""
        return Question(Told(question), then, unasked=True) if self.unsaved else then()


def counted(argument: str) -> int | Wrong:
    """How many steps are meant: 1 when nothing is given."""
    wanted = number(argument) if argument else 1
    return wanted or Wrong("number", {"found": argument})
