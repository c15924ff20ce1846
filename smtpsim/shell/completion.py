"""What can complete a line, worked out from the simulation alone: no terminal, no prompt_toolkit."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from smtpsim.protocol.smtp.state import CONTENT_PHASES, Phase
from smtpsim.session.change import Wrong
from smtpsim.session.simulation import Simulation, client_name
from smtpsim.shell import commands
from smtpsim.shell.access import access_lines
from smtpsim.shell.hints import addresses
from smtpsim.shell.place import Place

_PATH = re.compile(r"(?P<verb>MAIL\s+FROM|RCPT\s+TO)\s*:\s*(?P<rest>.*)", re.IGNORECASE)
_ARGUMENT = re.compile(r"(?P<verb>\w+)\s+(?P<rest>\S*)")
_FIELD = re.compile(r"(?:From|To|Cc|Reply-To|Sender):\s*(?:.*,\s*)?(?P<rest>\S*)", re.IGNORECASE)

_HEADERS = ("From: ", "To: ", "Cc: ", "Subject: ", "Reply-To: ", "Date: ", "Message-ID: ", "Content-Type: ")

_VALUES = {
    "SIZE": ("SIZE=",),
    "BODY": ("BODY=8BITMIME", "BODY=7BIT"),
    "RET": ("RET=HDRS", "RET=FULL"),
    "ENVID": ("ENVID=",),
    "AUTH": ("AUTH=<>",),
    "NOTIFY": ("NOTIFY=SUCCESS,FAILURE", "NOTIFY=NEVER"),
    "ORCPT": ("ORCPT=rfc822;",),
}
"""What is put in for a parameter; one that is not here takes no value."""


class Completion(NamedTuple):
    """`text` takes the place of the last `length` characters before the cursor."""

    text: str
    length: int


def complete(text: str, simulation: Simulation) -> tuple[Completion, ...]:
    """What an SMTP line, or a line of the letter, can become."""
    return tuple(_matching(*_candidates(text, simulation)))


def complete_command(text: str, place: Place) -> tuple[Completion, ...]:
    """What a line for the simulator, with or without its colon, can become."""
    bare = text.removeprefix(":")
    name, space, typed = bare.partition(" ")
    if not space:
        return tuple(_matching(bare, (f"{known} " for known in commands.names())))
    command = commands.meant(name.lower())
    known = () if isinstance(command, Wrong) else tuple(command.arguments(place))
    return tuple(_matching(typed.lstrip(), known)) or tuple(_matching(typed.rpartition(" ")[2], known))


def _matching(typed: str, candidates: Iterable[str]) -> Iterator[Completion]:
    for candidate in candidates:
        if candidate.lower().startswith(typed.lower()) and candidate != typed:
            yield Completion(candidate, len(typed))


def _candidates(text: str, simulation: Simulation) -> tuple[str, Iterable[str]]:
    """The unfinished word at the end of the line, and all that could stand in its place."""
    if simulation.access:
        return text, access_lines(simulation)
    phase = simulation.connection.state.phase
    if phase is Phase.DATA:
        return _in_letter(text, simulation)
    if phase in CONTENT_PHASES:
        return text, ()
    if path := _PATH.fullmatch(text):
        return _in_path(path["verb"][:4].upper(), path["rest"], simulation)
    if argument := _ARGUMENT.fullmatch(text):
        return argument["rest"], _arguments(argument["verb"].upper(), simulation)
    return text, _verbs(phase, simulation)


def _verbs(phase: Phase, simulation: Simulation) -> Iterator[str]:
    """The verbs of this server, those that are in order now before the others."""
    offered = simulation.connection.host.service.verbs.values()
    for verb in sorted(offered, key=lambda verb: phase in verb.row.refusals):
        yield verb.typed or verb.name


def _in_path(verb: str, rest: str, simulation: Simulation) -> tuple[str, Iterable[str]]:
    """The address, then the parameters that this server takes."""
    address, bracket, parameters = rest.partition("> ")
    if bracket:
        return parameters.rpartition(" ")[2], _parameters(verb, simulation)
    null = ("<>",) if verb == "MAIL" else ()
    if address[:1] in ("", "<"):
        return address, (*(f"<{known}>" for known in addresses(simulation)), *null)
    return address, addresses(simulation)


def _parameters(verb: str, simulation: Simulation) -> Iterator[str]:
    connection = simulation.connection
    service = connection.host.service
    if connection.state.esmtp:
        for name in service.mail_parameters if verb == "MAIL" else service.rcpt_parameters:
            yield from _VALUES.get(name, (name,))


def _arguments(verb: str, simulation: Simulation) -> Iterable[str]:
    if verb in ("HELO", "EHLO"):
        return dict.fromkeys((client_name(simulation), *sorted(simulation.world.hosts)))
    if verb == "AUTH":
        return simulation.connection.host.service.mechanisms
    if verb == "MAIL":
        return ("FROM:<",)
    if verb == "RCPT":
        return ("TO:<",)
    return addresses(simulation) if verb in ("VRFY", "EXPN") else ()


def _in_letter(text: str, simulation: Simulation) -> tuple[str, Iterable[str]]:
    """Names of header fields, then addresses behind those that hold any; the text is the writer's own."""
    if simulation.transaction.headers.ended:
        return text, ()
    if field := _FIELD.fullmatch(text):
        return field["rest"], addresses(simulation)
    return text, _HEADERS if ":" not in text else ()
