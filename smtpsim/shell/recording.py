"""From the name of a transcript to a dialogue and the turn that it begins with."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from smtpsim.explain import Words
from smtpsim.kernel.failure import Failure
from smtpsim.session.simulation import Simulation, Turn
from smtpsim.shell.answer import Refused, told
from smtpsim.shell.opening import Choice, open_session
from smtpsim.shell.reading import read_dialogue
from smtpsim.shell.shell import carry_out
from smtpsim.shell.transcript_tasks import task_in
from smtpsim.transcript import Dialogue, redacted
from smtpsim.transcript.answers import GREETING, shown
from smtpsim.transcript.as_recorded import play_as_recorded
from smtpsim.transcript.client import Order, Played
from smtpsim.transcript.comparison import play
from smtpsim.transcript.dialogue import Command, Server

LONGEST_SEED = 19
"""Digits of a seed that is certainly one."""


class Recording(NamedTuple):
    """A dialogue that was read, what it is called, and the greeting that the simulation gives it. With `as_recorded`
    the file's replies are the truth. `masked` when no secret is to be shown."""

    name: str
    dialogue: Dialogue
    first: Turn
    as_recorded: bool = False
    masked: bool = False

    def turns(self, say: Words) -> Iterator[Played]:
        """The turns of the whole dialogue, one by one. Raises Failure for a `:` line that cannot be carried out."""
        played = play_as_recorded if self.as_recorded else play
        return played(self.dialogue, self.first, ordering(self.name, say))

    def redacted(self) -> Recording:
        """The same, with what AUTH sends out of sight."""
        return self._replace(dialogue=redacted(self.dialogue), masked=True)


def open_recording(name: str, form: str, choice: Choice, say: Words, as_recorded: bool = False) -> Recording:
    """Read a file, or the shipped transcript of that name, and connect as it says."""
    return record(name, read_dialogue(name, form, say), choice, say, as_recorded)


def record(name: str, dialogue: Dialogue, choice: Choice, say: Words, as_recorded: bool = False) -> Recording:
    """Connect as a dialogue that was read says.

    The options win over the file's directives `client`, `host`, `seed`, `world` and `accepts: any`; those over its
    connect target, and that over the name in the greeting that was recorded. A server that the world does not have, but
    whose replies are known (`as_recorded`), becomes a host of it. A goal that cannot be read makes the file unusable,
    whatever it is read for.
    """
    task_in(name, dialogue, say)
    if as_recorded and not any(shown(dialogue.entries)):
        raise Failure(say("cli.nothing-recorded", name=name))
    chosen = choice._replace(
        world=choice.world or dialogue.directive("world"),
        client_ip=choice.client_ip or dialogue.directive("client"),
        host=choice.host or dialogue.directive("host"),
        seed=choice.seed or _number(dialogue.directive("seed")),
        accepts_any=choice.accepts_any or dialogue.directive("accepts") == "any",
    )
    try:
        first = open_session(chosen, say, _targets(dialogue), unknown=as_recorded)
    except Failure as wrong:
        raise Failure(f"{name}: {wrong}") from None
    return Recording(name, dialogue, first, as_recorded)


def ordering(name: str, say: Words) -> Order:
    """Carries out a recording's `:` lines. One that is wrong makes the file unusable: Failure with its line."""

    def order(simulation: Simulation, command: Command) -> tuple[Turn, ...]:
        done = carry_out(simulation, command.text)
        if isinstance(done, Refused):
            raise Failure(f"{name}:{command.line}: {told(done, say)}")
        return done

    return order


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and text.isascii() and len(text) < LONGEST_SEED else 0


def _targets(dialogue: Dialogue) -> tuple[str, ...]:
    """The hosts that the file may have been recorded at, the surest first."""
    target = (dialogue.target.host,) if dialogue.target else ()
    first = next((entry for entry in dialogue.entries if isinstance(entry, Server)), None)
    greeted = first.lines[0].split(" ", 1)[:1] if first and first.code == GREETING else ()
    return (*target, *greeted)
