"""A shell takes lines and gives values: the one way from what a person types to what it does."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from smtpsim.explain import words as words_of
from smtpsim.kernel.failure import Failure
from smtpsim.kernel.printable import encoded
from smtpsim.protocol.smtp.framing import CRLF, Unit
from smtpsim.session.change import Wrong, looked
from smtpsim.session.simulation import Simulation, Turn, TurnKind
from smtpsim.session.timeline import Timeline
from smtpsim.shell.answer import (
    GRANTS,
    Answer,
    Begin,
    Moved,
    Page,
    Refused,
    Speak,
    Told,
    Turns,
)
from smtpsim.shell.commands import load, meant, parted
from smtpsim.shell.place import Place
from smtpsim.views.row import Mark

HELPERS = frozenset({"explain", "recover"})
"""The commands that nobody has in an exam. `:lesson` gives no hints there by itself."""

CLOSED = Told("repl.closed", mark=Mark.WARN)


class Shell(Place):
    """`input` carries a line out; `answer` only tells what it comes to, for a front end that asks or grants first and
    calls `apply` then. `refusals` counts the lines for the simulator that were refused; `refused` is the last one."""

    refusals, refused = 0, ""

    def input(self, line: str) -> Answer:
        """Say a line to the server, or carry out a `:` line outside of letters."""
        answer = self.answer(line)
        self.apply(answer)
        return answer

    def answer(self, line: str) -> Answer:
        """What a line comes to; nothing has changed yet."""
        return self.command(line) if self.is_command(line) else self.said(line)

    def is_command(self, line: str) -> bool:
        """Whether a line is for the simulator and not for the server."""
        return line.startswith(":") and not self.in_content

    def said(self, line: str) -> Turns | Told:
        """The turns of a line that is said to the server. In a BDAT chunk a line may end the chunk and begin the next
        command: then it makes two."""
        simulation = self.simulation
        if self.over:
            return CLOSED
        if simulation.wants_octets or simulation.pending:
            return Turns(simulation.feed(encoded(line) + CRLF).turns)
        return Turns((simulation.say(line),))

    def command(self, line: str) -> Answer:
        """What a line for the simulator comes to, with its colon or without."""
        answer = self._answered(line)
        if isinstance(answer, Refused):
            self.refusals, self.refused = self.refusals + 1, line
        return answer

    def _answered(self, line: str) -> Answer:
        if self.in_exam and _meant_name(line) in HELPERS:
            return Wrong("not-in-exam")
        return self._granted(carried_out(self, line))

    def take(self, unit: Unit) -> Turn:
        """Send one unit (a line, a piece of a chunk) to the server."""
        self.apply(Turns((self.simulation.take(unit),)))
        return self.now

    def apply(self, answer: Answer) -> None:
        """Let an answer change the session. Pages, questions and effects change nothing by themselves."""
        change = _CHANGES.get(type(answer))
        if change:
            change(self, answer)

    def begin(self, begun: Begin) -> None:
        """Put another session in the place of this one: it is on disk already."""
        self.notes, self.timeline = begun.notes, Timeline(begun.turns[0])
        for turn in begun.turns[1:]:
            self.timeline.add(turn)
        self.saved, self.file, self.task = self.last, "", begun.task
        self.news()

    def _granted(self, answer: Answer) -> Answer:
        needed = GRANTS.get(type(answer))
        if needed is None or needed in self.grants:
            return answer
        return Wrong(f"not-granted-{needed}")


def _meant_name(line: str) -> str:
    command = meant(parted(line)[0])
    return "" if isinstance(command, Wrong) else command.name


def carried_out(place: Place, line: str) -> Answer:
    """The answer to a `:` line, whatever the front end grants. Its turns hold the line and the command's name."""
    name, argument = parted(line)
    command = meant(name)
    if isinstance(command, Wrong):
        return command
    try:
        answer = command.run(place, argument)
    except Failure as wrong:
        return wrong
    whole = f":{command.name} {argument}".rstrip() if command.name != name else f":{line.strip().removeprefix(':')}"
    return _signed(answer, whole, command.name)


def _signed(answer: Answer, line: str, name: str) -> Answer:
    """A turn beside the dialogue that says nothing of how it came about was made by the line itself. To what it changed
    the server may have something to say, to a client that idles."""
    if not isinstance(answer, Turns):
        return answer
    turns = [
        turn._replace(line=line, command=name) if turn.kind == TurnKind.SIMULATOR and not turn.line else turn
        for turn in answer.turns
    ]
    unasked = turns[-1].after.unasked() if turns else None
    return answer._replace(turns=(*turns, unasked) if unasked else tuple(turns))


def carry_out(simulation: Simulation, line: str) -> tuple[Turn, ...] | Refused:
    """The turns of a `:` line in a recording, which grants nothing. There a look is a step, too, so that it can be
    shown when the recording is presented."""
    answer = Shell(standing(simulation), words_of("en")).command(line)
    if isinstance(answer, Turns):
        return answer.turns
    if isinstance(answer, Page):
        name = meant(parted(line)[0])
        assert not isinstance(name, Wrong)
        return (looked(simulation, line.strip(), name.name, answer.about),)
    return answer if isinstance(answer, Refused) else Wrong("not-recorded", {"line": line.strip()})


def page_of(turn: Turn, shell: Place, large: bool) -> Page | None:
    """The page that a step of a recording looks at, or that shows what it came to; None for any other step, and for
    what the panel shows too, unless the panel is not shown (`large`)."""
    if not turn.command or not load(turn.command).pages:
        return None
    answer = carried_out(Shell(standing(turn.after), shell.words), turn.line)
    if isinstance(answer, Turns):
        return None if answer.in_panel and not large else answer.page
    return answer if isinstance(answer, Page) else None


def standing(simulation: Simulation) -> Turn:
    """A turn after which the simulation is this one: a shell begins there."""
    return Turn(simulation.turns - 1, TurnKind.SIMULATOR, "", None, (), (), (), simulation)


def _add(shell: Shell, answer: Turns) -> None:
    for turn in answer.turns:
        shell.timeline.add(turn)


def _move(shell: Shell, answer: Moved) -> None:
    shell.timeline.goto(answer.position)


def _begin(shell: Shell, answer: Begin) -> None:
    shell.begin(answer)


def _speak(shell: Shell, answer: Speak) -> None:
    shell.words = answer.words


_CHANGES: Mapping[type[object], Callable[[Shell, Any], None]] = {
    Turns: _add,
    Moved: _move,
    Begin: _begin,
    Speak: _speak,
}
