"""`:` lines on a pipe: a shell whose pages go to standard output, and whose remarks and refusals to standard error."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, BinaryIO

from smtpsim.app.environment import Environment, Input
from smtpsim.app.pipe import next_unit, send
from smtpsim.kernel.printable import decoded, printable
from smtpsim.protocol.smtp.framing import Framer, Line, Unit
from smtpsim.protocol.smtp.state import Phase
from smtpsim.render.rows import plain
from smtpsim.session.change import Wrong
from smtpsim.session.simulation import Turn, TurnKind
from smtpsim.shell.answer import Answer, Begin, Grant, Leave, Moved, Page, Question, Refused, Speak, Told, Turns, told
from smtpsim.shell.disk import performed
from smtpsim.shell.shell import Shell
from smtpsim.views.advice.caught import in_letter
from smtpsim.views.explanation import done
from smtpsim.views.row import Mark
from smtpsim.views.task import news_row

GRANTED = frozenset({Grant.READ, Grant.WRITE, Grant.DISK})
"""Whoever passes --commands owns the machine; there is no screen."""

SIGNS = {Mark.GOOD: "\N{CHECK MARK}", Mark.WARN: "!", Mark.NOTE: "\N{BULLET OPERATOR}"}
"""What stands before a remark on a task."""

NOTHING_UNFOLDED: frozenset[str] = frozenset()


class Commands:
    """Takes the units of a pipe. `left` tells that `:quit` was said."""

    def __init__(self, shell: Shell, environment: Environment) -> None:
        self.shell, self._environment = shell, environment
        self.left = False

    def take(self, unit: Unit) -> None:
        """Say a unit to the server, or carry out a `:` line."""
        line = decoded(unit.text) if isinstance(unit, Line) else ""
        if not line or not self.shell.is_command(line):
            turn = self.shell.take(unit)
            send(turn, self._environment.sink)
            self._tell_caught(turn)
            self._hear()
            return
        answer = self._settled(performed(self.shell.command(line), self.shell))
        self.shell.apply(answer)
        self._show(line, answer)
        self._hear()

    def ended(self) -> None:
        """The input is over. Inside a letter nothing else tells that no mail was sent."""
        now = self.shell.simulation
        if now.connection.state.phase is Phase.DATA and not now.access and not self.left:
            self._remark(self.shell.words("advice.input-ended"))

    def begin(self, begun: Begin) -> None:
        """Put a session in the place of the one so far."""
        self.shell.apply(begun)
        self._begun(begun)

    def _tell_caught(self, turn: Turn) -> None:
        """A line of a letter that was meant for the simulator, or to end the letter."""
        found = in_letter(turn.line) if turn.kind == TurnKind.CONTENT and turn.reply is None else None
        if found and not self.shell.in_exam:
            self._remark(self.shell.words(f"advice.{found.key}-piped", **found.values))

    def _hear(self) -> None:
        """What became of the task."""
        news, task = self.shell.news(), self.shell.task
        told = news_row(task, news, self.shell.words) if task else None
        if told:
            self._remark(f"{SIGNS[told.mark]} {told.value}")

    def _settled(self, answer: Answer) -> Answer:
        """A question has nobody to answer it here: what holds then."""
        if not isinstance(answer, Question):
            return answer
        if answer.unasked:
            return performed(answer.yes(), self.shell)
        return Wrong("nobody-asked", {"question": answer.asked.sentence(self.shell.words)})

    def _show(self, line: str, answer: Answer) -> None:
        if isinstance(answer, Refused):
            self._remark(f"{printable(line)}: {told(answer, self.shell.words)}")
        else:
            _SHOWN[type(answer)](self, answer)

    def _turns(self, answer: Turns) -> None:
        for turn in answer.turns:
            send(turn, self._environment.sink)
            if turn.command in _TOLD:
                self._remark(done(turn, self.shell.words).value)
        if answer.page:
            self._page(answer.page)

    def _page(self, answer: Page) -> None:
        text = answer.document or plain(answer.make(NOTHING_UNFOLDED), self._environment.columns)
        self._environment.sink.write(text.rstrip("\n").encode("utf-8", "backslashreplace") + b"\n")
        self._environment.sink.flush()
        if answer.question:
            self._remark(answer.question.asked.sentence(self.shell.words))

    def _moved(self, answer: Moved) -> None:
        at, last = self.shell.now.number, self.shell.last.number
        self._remark(self.shell.words("repl.step-of", at=at, last=last))

    def _told(self, answer: Told) -> None:
        self._remark(answer.sentence(self.shell.words))

    def _begun(self, answer: Begin) -> None:
        if answer.told:
            self._told(answer.told)
        if answer.page:
            self._page(answer.page)

    def _leave(self, answer: Leave) -> None:
        self.left = True

    def _nothing(self, answer: Speak) -> None:
        """The language holds from the next sentence on."""

    def _remark(self, text: str) -> None:
        print(text, file=self._environment.err, flush=True)


_TOLD = ("ip",)
"""Commands whose meaning goes beyond what was ordered, so that a person without a panel is told too."""

_SHOWN: Mapping[type[object], Callable[[Commands, Any], None]] = {
    Turns: Commands._turns,
    Page: Commands._page,
    Moved: Commands._moved,
    Told: Commands._told,
    Begin: Commands._begun,
    Leave: Commands._leave,
    Speak: Commands._nothing,
}


def serve_with_commands(commands: Commands, source: Input, sink: BinaryIO) -> None:
    """As `smtpsim.app.pipe.serve`, but a line that starts with `:` outside a letter is for the simulator, which may
    connect anew: the pipe is over when its input ends or when `:quit` says so."""
    try:
        send(commands.shell.now, sink)
        framer = Framer()
        while not commands.left and (unit := next_unit(framer, commands.shell.simulation, source)) is not None:
            commands.take(unit)
        commands.ended()
    except ConnectionError:
        return
