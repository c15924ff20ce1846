"""CHUNKING: the letter in counted chunks, without dots (RFC 3030)."""

from __future__ import annotations

import re

from smtpsim.kernel.ref import Ref
from smtpsim.protocol.smtp.extension import Extension
from smtpsim.protocol.smtp.facts import LetterBegun
from smtpsim.protocol.smtp.fault import fault
from smtpsim.protocol.smtp.reply import ReplyRule
from smtpsim.protocol.smtp.service import Service
from smtpsim.protocol.smtp.state import Chunk, Phase, State
from smtpsim.protocol.smtp.step import Command, Pending, Step, Verb, refuse, say
from smtpsim.protocol.smtp.verbs.data import end_of_letter, keep

_REPLIES = (
    ReplyRule("chunk-ok", 250, "2.0.0", "{octets} octets received", Ref(3030, "2")),
    ReplyRule("bdat-syntax", 501, "5.5.4", "Syntax: BDAT count [LAST]", Ref(3030, "2")),
)

# bdat-cmd = "BDAT" SP chunk-size [ SP end-marker ] CR LF ; chunk-size = 1*DIGIT ; end-marker = "LAST"
_ARGUMENT = re.compile(r"([0-9]{1,20})(?:[ \t]+(LAST))?", re.IGNORECASE)


def _begin(state: State, service: Service, command: Command) -> Step | Pending:
    chunk = _read(command)
    if chunk is None:
        return _bad_syntax(state, service, command)
    opened = state._replace(phase=Phase.CHUNK, chunk=chunk)
    facts = () if state.phase is Phase.CHUNKS else (LetterBegun(),)
    if chunk.left:
        return Step(opened, None, facts)
    return _end_of_chunk(opened, service)


def _out_of_order(state: State, service: Service, command: Command, key: str) -> Step:
    """The octets of a refused chunk come all the same: they are thrown away, then the refusal is said."""
    chunk = _read(command)
    if chunk is None:
        return _bad_syntax(state, service, command)
    if not chunk.left:
        return refuse(state, service, key, verb="BDAT")
    refused = chunk._replace(refusal=key, back=state.phase)
    return Step(state._replace(phase=Phase.CHUNK, chunk=refused), None)


def _read(command: Command) -> Chunk | None:
    match = _ARGUMENT.fullmatch(command.argument)
    return Chunk(int(match.group(1)), int(match.group(1)), bool(match.group(2))) if match else None


def _bad_syntax(state: State, service: Service, command: Command) -> Step:
    wrong = fault("bdat-syntax", command.start + 1, command.argument)
    return refuse(state, service, "bdat-syntax", wrong)


def chunk_octets(state: State, service: Service, data: bytes) -> Step | Pending:
    """Take a piece of the running chunk; the last piece brings the reply."""
    chunk = state.chunk
    assert chunk is not None
    left = chunk._replace(left=chunk.left - len(data))
    taken = state if chunk.refusal else _add(state, service, data)
    taken = taken._replace(chunk=left)
    return Step(taken, None) if left.left else _end_of_chunk(taken, service)


def _add(state: State, service: Service, data: bytes) -> State:
    """Cut octets into lines; what has no line end yet waits in `partial`."""
    *lines, partial = (state.partial + data).split(b"\r\n")
    for line in lines:
        state = keep(state, service, line)
    if service.limits.size and state.content.octets + len(partial) > service.limits.size:
        return state._replace(content=state.content.overflow(len(partial)), partial=b"")
    return state._replace(partial=partial)


def _end_of_chunk(state: State, service: Service) -> Step | Pending:
    chunk = state.chunk
    assert chunk is not None
    if chunk.refusal:
        return refuse(state._replace(phase=chunk.back, chunk=None), service, chunk.refusal, verb="BDAT")
    if not chunk.last:
        reply = say(state, service, service.rule("chunk-ok"), octets=chunk.octets)
        return Step(state._replace(phase=Phase.CHUNKS, chunk=None), reply)
    whole = keep(state, service, state.partial)._replace(partial=b"") if state.partial else state
    return end_of_letter(whole, service)


EXTENSION = Extension(
    "chunking",
    "CHUNKING",
    Ref(3030),
    verbs=(Verb("BDAT", "BDAT 100 LAST", _begin, _out_of_order),),
    replies=_REPLIES,
)
