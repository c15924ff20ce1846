"""Arguments sent as counted octets: `{5}`, and after the server's go-ahead the five octets (RFC 3501 4.3)."""

from __future__ import annotations

import re

from rpds import List

from smtpsim.kernel.fault import Fault
from smtpsim.protocol.imap.fault import fault
from smtpsim.protocol.imap.service import ImapStep, Service, refuse, say
from smtpsim.protocol.imap.state import Partial, Phase, State


def ask(state: State, service: Service, tag: str, begun: Partial, ahead: re.Match[str], most: int) -> ImapStep:
    """Ask for the literal that `ahead` announces at the end of the line, or refuse it unseen, where the command would
    have more than `most` octets."""
    wrong = _refusal(begun, ahead, most)
    if wrong:
        return refuse(state, service, tag, "literal-refused", wrong)
    size = int(ahead.group(1))
    waiting = begun._replace(text=f"{begun.text}\r\n", left=size)
    return ImapStep(_waiting(state, waiting), say(service, tag, service.rule("literal-go"), octets=size))


def _refusal(begun: Partial, ahead: re.Match[str], most: int) -> Fault | None:
    column = ahead.start() - begun.text.rfind("\n")
    size = ahead.group(1)
    if ahead.group(2):
        return fault("imap-literal-plus", column, f"{{{size[:20]}+}}")
    if len(size) > 10 or begun.size + int(size) > most:
        return fault("imap-literal-too-big", column, size[:20])
    return None


def take_octets(state: State, octets: bytes) -> ImapStep:
    """Take a piece of the literal under way; the last one makes the next line the rest of the command."""
    partial = state.partial
    assert partial is not None
    grown = partial._replace(pieces=partial.pieces.push_front(octets), left=partial.left - len(octets))
    return ImapStep(_waiting(state, grown), None)


def _waiting(state: State, partial: Partial) -> State:
    """Inside a literal that lacks octets, or after one that is whole."""
    if partial.left:
        return state._replace(phase=Phase.LITERAL, partial=partial)
    octets = b"".join(reversed(list(partial.pieces)))
    whole = partial._replace(literals=(*partial.literals, octets), pieces=List())
    return state._replace(phase=Phase.REST, partial=whole)
