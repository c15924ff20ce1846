"""From the name of a transcript to a dialogue and the turn that it begins with."""

from __future__ import annotations

from typing import NamedTuple

from smtpsim.app.failure import Failure
from smtpsim.app.opening import Choice, open_session
from smtpsim.app.reading import read_dialogue
from smtpsim.explain import Words
from smtpsim.session.turn import Turn
from smtpsim.transcript import Dialogue, veiled
from smtpsim.transcript.comparison import GREETING
from smtpsim.transcript.dialogue import Server

LONGEST_SEED = 19
"""Digits of a seed that is certainly one."""


class Recording(NamedTuple):
    """A dialogue that was read, what it is called, and the greeting that the simulation gives it."""

    name: str
    dialogue: Dialogue
    first: Turn

    def veiled(self) -> Recording:
        """The same, with what AUTH sends out of sight."""
        return self._replace(dialogue=veiled(self.dialogue))


def open_recording(name: str, form: str, choice: Choice, say: Words) -> Recording:
    """Read a file, or the shipped transcript of that name, and connect as it says.

    The options win over the file's directives `client`, `host`, `seed` and `world`; those over its connect target,
    and that over the name in the greeting that was recorded.
    """
    dialogue = read_dialogue(name, form, say)
    told = choice._replace(
        world=choice.world or dialogue.directive("world"),
        client_ip=choice.client_ip or dialogue.directive("client"),
        host=choice.host or dialogue.directive("host"),
        seed=choice.seed or _number(dialogue.directive("seed")),
    )
    try:
        first = open_session(told, say, _targets(dialogue))
    except Failure as wrong:
        raise Failure(f"{name}: {wrong}") from None
    return Recording(name, dialogue, first)


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and text.isascii() and len(text) < LONGEST_SEED else 0


def _targets(dialogue: Dialogue) -> tuple[str, ...]:
    """The hosts that the file may have been recorded at, the surest first."""
    target = (dialogue.target.host,) if dialogue.target else ()
    first = next((entry for entry in dialogue.entries if isinstance(entry, Server)), None)
    greeted = first.lines[0].split(" ", 1)[:1] if first and first.code == GREETING else ()
    return (*target, *greeted)
