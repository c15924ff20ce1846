"""Plays a recording by itself: types its lines as a person does, and goes on when a step has been read."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple, Protocol

from smtpsim.app.replay import pace
from smtpsim.app.tui import actions
from smtpsim.app.tui.presenter import actions as presenting
from smtpsim.app.tui.presenter.presentation import Pace
from smtpsim.app.tui.state import State
from smtpsim.kernel.printable import printable
from smtpsim.session.simulation import Turn
from smtpsim.session.timeline import Timeline
from smtpsim.views.dialogue import lines_of

LAST_LOOK = 4.0
"""Seconds for the end of a recording, over those to read its last step."""

HELD = 2.0
"""Seconds until it is seen whether somebody still reads a page, types, or is asked something."""

FORSAKEN = 120.0
"""Seconds without a key after which whoever held a loop has gone away."""


class Timer(Protocol):
    """Something that will be done; it can be cancelled."""

    def cancel(self) -> None: ...


Later = Callable[[float, Callable[[], None]], Timer]
"""Does something after so many seconds."""


class _Place(NamedTuple):
    """Where somebody is in what is presented."""

    turn: Turn
    timeline: Timeline
    card: bool

    def same(self, other: _Place | None) -> bool:
        if other is None:
            return False
        return self.turn is other.turn and self.timeline is other.timeline and self.card == other.card


class Line(Protocol):
    """What somebody is typing."""

    text: str

    def reset(self) -> None: ...


class Player:
    """`later` sets a timer, `line` is what is being typed, `drawn` is called when there is something to draw."""

    def __init__(self, state: State, later: Later, line: Line, drawn: Callable[[], None]) -> None:
        self._state, self._later, self._line, self._drawn = state, later, line, drawn
        self._timer: Timer | None = None
        self._alone: Timer | None = None
        self._seen: _Place | None = None

    @property
    def _pace(self) -> Pace:
        return self._state.present.pace if self._state.present else Pace()

    @property
    def _speed(self) -> float:
        """The speed of what goes on by itself."""
        return self._pace.speed or 1.0

    def forward(self) -> None:
        """The key for the next step: what goes on by itself is hurried."""
        state = self._state
        typing = state.present is not None and state.present.typed is not None
        at_end = not state.timeline.ahead
        if at_end and self._pace.loop:
            self._next_show()
        elif at_end or typing or not self._pace.speed:
            self._enter()
        else:
            self._begin_line()

    def pause(self) -> None:
        """Hold what plays by itself, or go on with it."""
        state = self._state
        if state.present is not None:
            state.present = state.present._replace(held=not state.present.held, typed=None)
        self._stop()
        self._seen = None
        self.follow()

    def follow(self) -> None:
        """Somebody may have moved: what was going on there is over, and at the new place it begins anew."""
        state = self._state
        here = self._place()
        if here.same(self._seen):
            return
        self._seen = here
        self._stop()
        if state.present is not None and state.stepping and self._pace.loop and not state.present.held:
            self._set(self._pause(), self._go_on)

    def _place(self) -> _Place:
        present = self._state.present
        return _Place(self._state.now, self._state.timeline, present is not None and present.card)

    def _pause(self) -> float:
        """The seconds in which the step that is shown has been read."""
        state = self._state
        told = state.explanation
        card = state.present is not None and state.present.card
        about = state.present.show.about(state.words.lang) if state.present and card else ()
        said = (line.text for line in lines_of(state.now, state.words))
        texts = (*about, *said, told.why.value, *state.caption)
        return pace.reading(iter(texts), self._speed) + (0 if state.timeline.ahead else LAST_LOOK / self._speed)

    def _go_on(self) -> None:
        state = self._state
        if self._occupied():
            self._set(HELD, self._go_on)
        elif state.timeline.ahead:
            self._begin_line()
        else:
            self._next_show()

    def _occupied(self) -> bool:
        """Whether somebody reads, types, or is asked something."""
        state = self._state
        return bool(state.page or state.ask or state.escaped or state.writing or self._line.text)

    def touched(self) -> None:
        """A key was pressed: somebody is there."""
        if self._alone is not None:
            self._alone.cancel()
        self._alone = self._later(FORSAKEN, self._forsaken) if self._pace.loop else None

    def _forsaken(self) -> None:
        """Whoever held the loop has gone: it begins anew for the next one."""
        state, present = self._state, self._state.present
        if present is None or not (self._occupied() or present.held or present.left is not None):
            return
        self._line.reset()
        state.ask, state.escaped, state.writing, state.message = None, False, False, None
        if present.left is not None:
            state.rejoin()
        presenting.home(state)
        assert state.present is not None
        state.present = state.present._replace(held=False)
        self._moved()

    def _next_show(self) -> None:
        presenting.go_on(self._state)
        self._moved()

    def _begin_line(self) -> None:
        """Type what the next step says, one character after the other."""
        state = self._state
        state.message = None
        state.uncover()
        line = printable(state.timeline.turn(state.timeline.position + 1).line)
        self._type(list(pace.strokes(line, self._speed)), 0)

    def _type(self, strokes: list[pace.Stroke], count: int) -> None:
        """Have so many characters on the prompt, then wait for the next; whoever presses another key takes over."""
        state = self._state
        if state.present is None or self._line.text or (count and state.present.typed is None):
            state.uncover()
            self._moved()
            return
        typed = "".join(stroke.character for stroke in strokes[:count])
        state.present = state.present._replace(typed=typed)
        self._seen = self._place()
        self._drawn()
        if count < len(strokes):
            self._set(strokes[count].seconds, lambda: self._type(strokes, count + 1))
        else:
            self._set(pace.ANSWER / self._speed, self._enter)

    def _enter(self) -> None:
        actions.order(self._state, ":redo")
        self._moved()

    def _moved(self) -> None:
        self._seen = None
        self.follow()
        self._drawn()

    def _set(self, seconds: float, then: Callable[[], None]) -> None:
        self._stop()
        self._timer = self._later(seconds, then)

    def _stop(self) -> None:
        """Nothing more happens by itself."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
