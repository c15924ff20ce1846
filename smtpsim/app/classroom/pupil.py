"""One pupil: the session, and what the wall tells of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import NamedTuple

from smtpsim.app.tui.state import State
from smtpsim.goals.task import Task
from smtpsim.kernel.printable import printable
from smtpsim.protocol.smtp.reply import Reply
from smtpsim.session.simulation import Turn
from smtpsim.shell.commands import parted
from smtpsim.transcript.recording import MaskedSession
from smtpsim.views.fate import fate_text

ORDER = "order"
"""What stands in the key of a mistake for a command that was refused: `order.:NAME`."""

STUCK_TIMES = 3
"""The same mistake so often in a row means that somebody is stuck."""

STUCK_SECONDS = 90.0
"""So long without a key, too, as long as the task is not done."""


class WallRow(NamedTuple):
    """A pupil on the wall: plain data, safe to show, without letters and secrets. `step` of `steps` of the task are
    done; `idle` is in seconds; `mistake` is the key of the last one, made `times` times in a row."""

    alias: str
    here: bool
    step: int
    steps: int
    idle: float
    phase: str
    sender: str | None
    recipients: int
    reply: str
    mistake: str
    times: int
    hints: int
    outcome: str
    hand: bool
    stuck: bool
    warned: str


class Pupil:
    """`state` is the session as a full screen shows it; in line mode only its shell is used. `now` gives seconds."""

    def __init__(self, alias: str, state: State, now: Callable[[], float]) -> None:
        self.alias, self.state, self._now = alias, state, now
        self.seen = self.joined = now()
        self.here = 0
        self.hand = self.removed = False
        self.warned = ""
        self.mistakes: Counter[str] = Counter()
        self.last_mistake, self.times = "", 0
        self.begun = self.joined
        self.step_seconds: dict[int, float] = {}
        self._refusals = 0
        self._looked: list[Turn] = []
        self._replies: list[Reply | None] = []
        self._masked = MaskedSession()
        self._done = 0

    @property
    def task(self) -> Task | None:
        return self.state.shell.task

    def touched(self) -> None:
        """A key was pressed."""
        self.seen = self._now()

    def begins(self) -> None:
        """The class's task has begun anew: what was reached before does not count."""
        self.begun, self._done = self._now(), 0
        self.step_seconds.clear()

    def look(self) -> None:
        """Take in the turns since the last look: mistakes, and the steps that were reached."""
        for turn in self._new_turns():
            self._judge(turn)
        self._judge_orders()
        done = self._reached()
        for step in range(self._done + 1, done + 1):
            self.step_seconds[step] = self._now() - self.begun
        self._done = done

    def led(self) -> None:
        """The same for turns that somebody else made: no mistake of theirs and no step is the pupil's."""
        self._new_turns()
        self._refusals = self.state.shell.refusals
        self._done = self._reached()

    def _reached(self) -> int:
        return sum(self.task.met) if self.task else 0

    def row(self) -> WallRow:
        self.look()
        task, simulation = self.task, self.state.simulation
        transaction = simulation.transaction
        reply = next((reply for reply in reversed(self._replies) if reply), None)
        steps = len(task.steps) if task else 0
        idle = self._now() - self.seen
        done = steps > 0 and self._done == steps
        return WallRow(
            alias=self.alias,
            here=self.here > 0,
            step=self._done,
            steps=steps,
            idle=round(idle, 1),
            phase=str((simulation.access or simulation.connection).state.phase),
            sender=None if transaction.sender is None else printable(transaction.sender),
            recipients=len(transaction.recipients),
            reply=f"{reply.code} {printable(reply.lines[-1])}"[:60] if reply else "",
            mistake=self.last_mistake,
            times=self.times,
            hints=task.hints if task else 0,
            outcome=self._outcome(),
            hand=self.hand,
            stuck=not done and (self.times >= STUCK_TIMES or idle >= STUCK_SECONDS),
            warned=self.warned,
        )

    def _outcome(self) -> str:
        outcomes = self.state.simulation.world.outcomes
        last = outcomes[max(outcomes)] if len(outcomes) else None
        return printable(fate_text(last, self.state.words)) if last else ""

    def _new_turns(self) -> list[Turn]:
        """The turns since the last look; what was undone since then counts again when it is done again."""
        timeline, seen = self.state.timeline, self._looked
        kept = len(seen)
        while kept and not timeline.holds(kept - 1, seen[kept - 1]):
            kept -= 1
        new = [timeline.turn(number) for number in range(kept, timeline.position + 1)]
        seen[kept:] = new
        self._masked.cut(kept)
        self._replies[kept:] = [self._masked.shown(turn).reply for turn in new]
        return new

    def _judge(self, turn: Turn) -> None:
        mistake = mistake_of(turn)
        if mistake:
            self._erred(mistake, 1)
        elif turn.reply is not None:
            self.times = 0

    def _judge_orders(self) -> None:
        """Lines for the simulator that were refused since the last look: they make no turns."""
        shell = self.state.shell
        new, self._refusals = shell.refusals - self._refusals, shell.refusals
        if new:
            self._erred(f"{ORDER}.:{parted(shell.refused)[0]}", new)

    def _erred(self, mistake: str, times: int) -> None:
        self.times = self.times + times if mistake == self.last_mistake else times
        self.last_mistake = mistake
        self.mistakes[mistake] += times


def mistake_of(turn: Turn) -> str:
    """The key of what was wrong with a line: `fault.KEY` or `reply.KEY`, "" where nothing was."""
    if turn.reply is None or turn.reply.accepts:
        return ""
    return f"fault.{turn.faults[0].key}" if turn.faults else f"reply.{turn.reply.key}"
