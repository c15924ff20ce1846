"""What the full screen shows, and nothing of how: the session, what was said last, what is being asked."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from smtpsim.app.tui.form.written import Written
from smtpsim.app.tui.keymap import key_sections
from smtpsim.app.tui.shape import Half, Showing
from smtpsim.explain import Words
from smtpsim.protocol.smtp.state import CONTENT_PHASES, Phase
from smtpsim.session.simulation import Simulation, Turn
from smtpsim.session.timeline import Timeline
from smtpsim.shell.answer import Answer, Begin, Grant, Page, Refused, Speak, Turns, told
from smtpsim.shell.disk import performed
from smtpsim.shell.opening import Choice
from smtpsim.shell.place import Keys, Place
from smtpsim.shell.shell import Shell, page_of
from smtpsim.views.advice.remedy import remedies
from smtpsim.views.dialogue import Log
from smtpsim.views.explanation import Explanation, explanation
from smtpsim.views.panel import changed_panel
from smtpsim.views.row import Mark, Panel, Row
from smtpsim.views.task import news_row, with_task

if TYPE_CHECKING:
    from smtpsim.app.tui.presenter.presentation import Present


GRANTED = frozenset(Grant)
"""The full screen grants everything: the person owns the machine."""


Perform = Callable[[Answer, Place], Answer]
MakeShell = Callable[[Turn, Words, Choice, frozenset[Grant], Keys], Shell]


UNEXPLAINED = Explanation(Row("why", "", ""), (), "")
"""What an exam explains."""


class Ask(NamedTuple):
    """A question to be answered with y or n; `yes` gives the answer of the shell to y."""

    text: str
    yes: Callable[[], Answer]


class State:
    """The one mutable thing of the screen. Actions change it; layout and keys look at it. `perform` does what the shell
    asks for with files."""

    def __init__(
        self,
        first: Turn,
        words: Words,
        choice: Choice,
        grants: frozenset[Grant] = GRANTED,
        perform: Perform = performed,
        make: MakeShell = Shell,
    ) -> None:
        self.shell = make(first, words, choice, grants, key_sections)
        self.perform = perform
        self.log = Log(words)
        self.showing = Showing.BOTH
        self.half = Half.DIALOGUE
        self.page: Panel | None = None
        self.page_again: Page | None = None
        self.page_more = ""
        self.unfolded: frozenset[str] = frozenset()
        self.focus = ""
        self.message: Row | None = None
        self.ask: Ask | None = None
        self.written: Written | None = None
        self.writing = False
        self.escaped = False
        self.present: Present | None = None
        self.large = False
        self.theme = choice.theme or "plain"
        self.leaving = False
        self.status = 0
        self.panel: Panel
        self.explanation: Explanation
        self.remedies: tuple[str, ...]
        self.looked: str
        self._look()

    @property
    def timeline(self) -> Timeline:
        return self.shell.timeline

    @property
    def words(self) -> Words:
        return self.shell.words

    @property
    def now(self) -> Turn:
        return self.timeline.now

    @property
    def before(self) -> Turn | None:
        position = self.timeline.position
        return self.timeline.turn(position - 1) if position else None

    @property
    def simulation(self) -> Simulation:
        return self.now.after

    @property
    def phase(self) -> Phase:
        """Where the dialogue stands; while mail is picked up, whether it is over is all that counts."""
        simulation = self.simulation
        if simulation.access:
            return Phase.CLOSED if simulation.over else Phase.READY
        return simulation.connection.state.phase

    @property
    def last(self) -> Turn:
        """The end of the session, undone or not."""
        return self.shell.last

    @property
    def unsaved(self) -> bool:
        """Whether leaving would lose turns."""
        return self.shell.unsaved

    @property
    def stepping(self) -> bool:
        """Whether a recording is stepped through; on a branch of it nobody is."""
        return self.present is not None and self.present.left is None

    @property
    def covered(self) -> bool:
        """Whether something lies on top that can be put away."""
        card = self.present is not None and self.present.card
        return bool(self.escaped or self.page or self.message or card)

    @property
    def reads_page(self) -> bool:
        """Whether a page is open that a letter may close, since none is typed for the mail or the simulator."""
        return self.page is not None and not self.escaped and self.phase not in CONTENT_PHASES

    @property
    def caption(self) -> tuple[str, ...]:
        """What a recording that is stepped through remarks at the step that is shown."""
        return tuple(chain(*self.captions))

    @property
    def asked(self) -> bool:
        """Whether those who watch are asked for the next line of the recording: nothing may tell it then."""
        return self.stepping and self.shell.notes is not None and self.shell.notes.asks(self.now)

    @property
    def captions(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The same: what stands over the lines of the step, and what stands under them."""
        return self._remarks(self.now) if self.stepping else ((), ())

    def add(self, turns: Sequence[Turn]) -> None:
        """Go on with turns; what was undone is gone then. A recording that is stepped through stays as it is."""
        if self.stepping and turns:
            self.branch()
        self.shell.apply(Turns(tuple(turns)))
        self.close_page()

    def goto(self, number: int) -> bool:
        """Show the step of that number; False when there is none."""
        self.close_page()
        self.uncover()
        return self.timeline.goto(number)

    def branch(self) -> None:
        """Leave the recording that is stepped through, so that something else can be typed from here on."""
        assert self.present is not None
        shell, loose = self.shell, self.timeline.position in self.present.loose
        self.present, shell.timeline = self.present.branched(self.timeline)
        shell.saved, shell.file = self.now if loose else self.last, ""
        shell.loose = bool(self.present.loose)

    def rejoin(self) -> None:
        """Back from a branch, to the step where the recording was left."""
        assert self.present is not None
        shell = self.shell
        self.present, shell.timeline = self.present.returned(self.timeline, self.last is not shell.saved)
        shell.saved, shell.file, shell.loose = self.last, "", bool(self.present.loose)
        self.close_page()

    def uncover(self) -> None:
        """Take away what lies over the step of a recording."""
        if self.present is not None:
            self.present = self.present.uncovered()

    def settle(self) -> None:
        """Look at the turn that is shown now, if it is another: once for each that is shown, not for each key."""
        if self.now is not self._seen:
            self.focus = ""
            self.hear()
            self._look()
            self._look_up()

    def hear(self) -> None:
        """Note down what became of the task, and say it."""
        news, task = self.shell.news(), self.shell.task
        told = news_row(task, news, self.words) if task else None
        if told:
            self.message = told

    def begin(self, begun: Begin) -> None:
        """Put another session in the place of this one: it is on disk already."""
        self.shell.apply(begun)
        self.log, self.present = Log(self.words, self._remarks), None
        self.close_page()
        self._look()

    def speak(self, words: Words) -> None:
        """Say everything in another language from now on."""
        self.shell.apply(Speak(words))
        self.log = Log(words, self._remarks)
        self.close_page()
        self._look()

    def unfold(self, identities: frozenset[str]) -> None:
        """Show the SPF steps of these identities whole and those of the others folded, here and in later turns."""
        self.unfolded = identities
        if self.page_again:
            self.page = self.page_again.make(self.unfolded)
        else:
            self.close_page()
        self.focus, self.half = "spf", Half.PANEL
        self._look()

    def _remarks(self, turn: Turn) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """What the recording that was opened remarks over a turn, and under it."""
        notes = self.shell.notes
        return (notes.over(turn, self.words.lang), notes.under(turn, self.words.lang)) if notes else ((), ())

    def _look(self) -> None:
        self._seen, self.looked = self.now, ""
        self.log.follow(self.timeline)
        panel, task = changed_panel(self.now, self.before, self.words, self.unfolded), self.shell.task
        self.panel = with_task(panel, task, self.words) if task else panel
        told = explanation(self.now, self.before, self.words)
        self.explanation = told._replace(next="") if self.asked else told
        self.remedies = () if self.stepping else remedies(self.now, self.before)
        if self.shell.in_exam:
            self.explanation = UNEXPLAINED

    def _look_up(self) -> None:
        """A recording's step that looks at a page shows it."""
        page = page_of(self.now, self.shell, self.large) if self.stepping else None
        if page:
            self.open_page(page)

    def tell(self, key: str, mark: Mark = Mark.NOTE, **values: object) -> None:
        """Say a sentence where the explanation stands, until the next step."""
        self.message = Row("message", "", self.words(key, **values), mark)

    def refuse(self, refused: Refused) -> None:
        """Say why a command was not carried out."""
        self.message = Row("message", "", told(refused, self.words), Mark.BAD)

    def open_page(self, page: Page) -> None:
        """Show a page in the panel's place; the page keys scroll it. One that shows SPF's steps is made again when they
        are folded or unfolded."""
        made = page.make(self.unfolded)
        if page.toggles and made == self.page:
            self.close_page()
            return
        self.page, self.page_again, self.page_more = made, page if page.folds else None, page.more
        self.half, self.message = Half.PANEL, None

    def close_page(self) -> None:
        """Show the panel again; what was said of the page goes with it."""
        if self.page:
            self.message = None
        self.page, self.page_again, self.page_more, self.half = None, None, "", Half.DIALOGUE
