"""From the name of a transcript to a dialogue and the turn that it begins with."""

from __future__ import annotations

import os
from typing import NamedTuple

from smtpsim.app.failure import Failure
from smtpsim.app.opening import Choice, chosen_host, open_world
from smtpsim.explain import Words
from smtpsim.session.simulation import open_simulation
from smtpsim.session.turn import Turn
from smtpsim.transcript import Dialogue, TranscriptFault, read
from smtpsim.transcript.files import readable
from smtpsim.transcript.shipped import find
from smtpsim.world.load.names import is_address


class Recording(NamedTuple):
    """A dialogue that was read, what it is called, and the greeting that the simulation gives it."""

    name: str
    dialogue: Dialogue
    first: Turn


def open_recording(name: str, form: str, choice: Choice, say: Words) -> Recording:
    """Read a file, or the shipped transcript of that name, and connect as it says.

    The options win over the file's directives `client`, `host` and `world`, and over its connect target.
    """
    dialogue = read_dialogue(name, form, say)
    told = choice._replace(
        world=choice.world or dialogue.directive("world"),
        client_ip=choice.client_ip or dialogue.directive("client"),
        host=choice.host or dialogue.directive("host"),
    )
    world = open_world(told, say)
    if told.client_ip and not is_address(told.client_ip):
        raise Failure(f"{name}: {say('cli.not-an-address', found=told.client_ip)}")
    target = dialogue.target.host.lower() if dialogue.target else ""
    wanted = told.host or (target if target in world.hosts else "")
    return Recording(name, dialogue, open_simulation(world, chosen_host(world, wanted, say), told.client_ip))


def read_dialogue(name: str, form: str, say: Words) -> Dialogue:
    """The dialogue in a file or shipped transcript. Raises Failure in one line."""
    if form and form not in readable():
        raise Failure(say("cli.unknown-format", found=form, known=", ".join(readable())))
    path = name if os.path.exists(name) else find(name)
    if not path:
        raise Failure(say("cli.no-such-transcript", name=name))
    try:
        with open(path, "rb") as file:
            found = read(file.read(), name=name, format=form or None)
    except OSError as wrong:
        raise Failure(say("cli.unreadable", name=name, reason=wrong.strerror or wrong)) from wrong
    if isinstance(found, TranscriptFault):
        place = f"{name}:{found.line}" if found.line else name
        raise Failure(f"{place}: {say(f'transcript.{found.key}', **dict(found.values))}")
    return found
