"""The steps of a class in a shared world, on the disk in their order: played again, they come to the same world.

A line of JSON a step, written before anybody is answered, so that a program that is killed loses nothing.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Iterator
from io import TextIOWrapper

from smtpsim.app.classroom.pupil import Pupil
from smtpsim.app.classroom.shared.world import Entry, SharedWorld
from smtpsim.app.tui.actions import carry_out
from smtpsim.disk.regular import MEBIBYTE, open_regular
from smtpsim.disk.writing import adding
from smtpsim.explain import Words
from smtpsim.kernel.failure import Failure
from smtpsim.kernel.printable import encoded
from smtpsim.protocol.smtp.framing import Line, Octets
from smtpsim.session.simulation import TurnKind
from smtpsim.shell.answer import Turns
from smtpsim.shell.commands.lesson import begin
from smtpsim.shell.lessons import CHALLENGE, LESSON, find
from smtpsim.shell.reading import why
from smtpsim.shell.shell import carried_out

FILE = "steps.jsonl"

MOST_OCTETS = 1024 * MEBIBYTE
"""The steps of a class may be so large."""

START = "start"
"""The kind of the first entry, which tells when the class began."""


class StepLog:
    """Adds steps to a file, which holds passwords too and is its owner's alone."""

    def __init__(self, folder: str) -> None:
        """Raises OSError."""
        self._file = adding(os.path.join(folder, FILE))

    def add(self, entry: Entry) -> None:
        os.write(self._file, (json.dumps(entry) + "\n").encode())


def kept_steps(folder: str, say: Words) -> tuple[Entry, ...]:
    """The steps that were written down, none where no class was kept. A last line that was not written whole is left
    out. Raises Failure for a file that holds no steps."""
    path = os.path.join(folder, FILE)
    try:
        with TextIOWrapper(open_regular(path, MOST_OCTETS), "utf-8", "replace") as file:
            return tuple(_read(file, path))
    except FileNotFoundError:
        return ()
    except OSError as wrong:
        raise Failure(say("cli.unreadable", name=path, reason=why(wrong, say))) from wrong


def _read(lines: Iterable[str], path: str) -> Iterator[Entry]:
    for number, line in enumerate(lines, 1):
        if not line.endswith("\n"):
            return
        try:
            who, at, before, kind, text = json.loads(line)
            yield Entry(str(who), int(at), int(before), str(kind), str(text))
        except (ValueError, TypeError) as wrong:
            raise Failure(f"{path}:{number}: {wrong}") from wrong


def play_again(shared: SharedWorld, steps: Iterable[Entry], pupil_of: Callable[[str], Pupil | None]) -> None:
    """Let everybody say again what they said, each step at its time. The clock of the world has to stand. Steps
    of somebody who is not in the class are left out."""
    for step in steps:
        pupil = pupil_of(step.who)
        if pupil is not None:
            shared.owner.until(step.at)
            _again(pupil, step)
            pupil.state.hear()
    for alias in shared.members:
        found = pupil_of(alias)
        if found is not None:
            found.state.message = None
            found.state.settle()


def _again(pupil: Pupil, step: Entry) -> None:
    shell = pupil.state.shell
    if step.kind in (LESSON, CHALLENGE):
        course = find(step.line)
        if course is not None:
            carry_out(pupil.state, begin(shell, course, step.kind))
        return
    shell.timeline.goto(step.before)
    if step.kind == TurnKind.SIMULATOR:
        answer = carried_out(shell, step.line)
        if isinstance(answer, Turns):
            shell.apply(answer)
    elif step.kind == TurnKind.OCTETS:
        shell.take(Octets(encoded(step.line)))
    else:
        shell.take(Line(encoded(step.line)))
