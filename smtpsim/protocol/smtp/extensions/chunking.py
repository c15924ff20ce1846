"""CHUNKING: the letter in counted chunks, without dots (RFC 3030)."""

from __future__ import annotations

import re

from smtpsim.kernel.ref import Ref
from smtpsim.protocol.smtp.facts import Fact, LetterBegun
from smtpsim.protocol.smtp.fault import fault
from smtpsim.protocol.smtp.framing import CRLF
from smtpsim.protocol.smtp.letter import end_of_letter, too_big
from smtpsim.protocol.smtp.question import AskData, Verdict
from smtpsim.protocol.smtp.reply import Reply, ReplyRule
from smtpsim.protocol.smtp.service import Command, Extension, Service, SmtpPending, SmtpStep, Verb, row
from smtpsim.protocol.smtp.state import NO_PARTIAL, Chunk, Phase, State
from smtpsim.protocol.smtp.step import answer, judged, refuse

CR, LF = b"\r", b"\n"

_REPLIES = (
    ReplyRule("chunk-ok", 250, "2.0.0", "{octets} octets received", Ref(3030, "2")),
    ReplyRule("bdat-syntax", 501, "5.5.4", "Syntax: BDAT count [LAST]", Ref(3030, "2")),
)

# bdat-cmd = "BDAT" SP chunk-size [ SP end-marker ] CR LF ; chunk-size = 1*DIGIT ; end-marker = "LAST"
_ARGUMENT = re.compile(r"([0-9]{1,20})(?:[ \t]+(LAST))?", re.IGNORECASE)
_BEGINNING = re.compile(r"[0-9]{0,20}(?:(?<=[0-9])[ \t]+(?:LAST[ \t]*)?)?", re.IGNORECASE)


def _begin(state: State, service: Service, command: Command) -> SmtpStep | SmtpPending:
    """The first chunk asks, as DATA does, whether the letter may begin."""
    chunk = _read(command)
    if chunk is None:
        return _bad_syntax(state, service, command)
    if not chunk.octets:
        return _last(state, service) if chunk.last else answer(state, service, "chunk-ok", octets=0)
    if state.phase is Phase.CHUNKS:
        return _opened(state, chunk)

    def finish(state: State, service: Service, verdict: Verdict) -> SmtpStep:
        if verdict.accepts:
            return _opened(state, chunk, LetterBegun())
        return _discarded(state, chunk, judged(state, service, verdict, "chunk-ok"))

    return SmtpPending(AskData(), finish)


def _out_of_order(state: State, service: Service, command: Command, key: str) -> SmtpStep:
    chunk = _read(command)
    if chunk is None:
        return _bad_syntax(state, service, command)
    refused = refuse(state, service, key, verb="BDAT")
    if not chunk.octets or refused.reply is None:
        return refused
    return _discarded(refused.state, chunk, refused.reply)


def _read(command: Command) -> Chunk | None:
    match = _ARGUMENT.fullmatch(command.argument)
    return Chunk(int(match.group(1)), int(match.group(1)), bool(match.group(2))) if match else None


def _bad_syntax(state: State, service: Service, command: Command) -> SmtpStep:
    good = _BEGINNING.match(command.line, command.start)
    column = (good.end() if good else command.start) + 1
    return refuse(state, service, "bdat-syntax", fault("bdat-syntax", column, command.argument))


def _opened(state: State, chunk: Chunk, *facts: Fact) -> SmtpStep:
    return SmtpStep(state._replace(phase=Phase.CHUNK, chunk=chunk), None, facts)


def _discarded(state: State, chunk: Chunk, refusal: Reply) -> SmtpStep:
    """The octets of a refused chunk come all the same: they are thrown away, then the refusal is said."""
    return _opened(state, chunk._replace(refusal=refusal, back=state.phase))


def chunk_octets(state: State, service: Service, data: bytes) -> SmtpStep | SmtpPending:
    """Take a piece of the running chunk; the last piece brings the reply."""
    assert state.chunk is not None
    chunk = state.chunk._replace(left=state.chunk.left - len(data))
    taken = state if chunk.refusal else _add(state, service, data)
    if chunk.left:
        return SmtpStep(taken._replace(chunk=chunk), None)
    if chunk.refusal:
        return SmtpStep(state._replace(phase=chunk.back, chunk=None), chunk.refusal)
    if chunk.last:
        return _last(taken, service)
    waiting = taken._replace(phase=Phase.CHUNKS, chunk=None)
    return too_big(waiting, service) or answer(waiting, service, "chunk-ok", octets=chunk.octets)


def _add(state: State, service: Service, data: bytes) -> State:
    """Cut octets into lines; what has no line end yet waits in `partial`, as long as there is room for it."""
    limit = service.limits.size
    content, partial = state.content, state.partial
    ended = partial.before_cr() if data.startswith(LF) else None
    if ended is not None:  # a CRLF that was cut
        partial, data = ended, CR + data
    first, *others = data.split(CRLF)
    partial = partial.add(first)
    for line in others:
        content = content.add(partial.whole(), limit)
        partial = NO_PARTIAL.add(line)
    if limit and content.octets + partial.octets > limit:
        content, partial = content.add(partial.whole(), limit), NO_PARTIAL
    return state._replace(content=content, partial=partial)


def _last(state: State, service: Service) -> SmtpStep | SmtpPending:
    """The letter is whole, also where its last line has no end."""
    content = state.content
    if state.partial.octets:
        content = content.add(state.partial.whole(), service.limits.size)
    return end_of_letter(state._replace(content=content, partial=NO_PARTIAL), service)


BDAT = Verb(
    "BDAT",
    "BDAT 100 LAST",
    _begin,
    row(ready="need-mail", mail="need-rcpt", rcpt=Phase.CHUNK, chunks=Phase.CHUNK),
    rank=120,
    typed="BDAT ",
    needs_ehlo=True,
    switched_off="command-off",
    out_of_order=_out_of_order,
)

EXTENSION = Extension(
    "chunking",
    "CHUNKING",
    Ref(3030),
    verbs=(BDAT,),
    replies=_REPLIES,
)
