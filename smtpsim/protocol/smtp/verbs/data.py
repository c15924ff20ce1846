"""DATA, the letter line by line, and its end (RFC 5321 4.1.1.4, 4.5.2)."""

from __future__ import annotations

from smtpsim.protocol.smtp.facts import LetterBegun, LetterRefused, LetterTaken
from smtpsim.protocol.smtp.fault import Fault, fault
from smtpsim.protocol.smtp.framing import Line
from smtpsim.protocol.smtp.grammar import TEXT_LINE_LIMIT
from smtpsim.protocol.smtp.question import AskData, AskMessage, Verdict
from smtpsim.protocol.smtp.reply import Reply
from smtpsim.protocol.smtp.service import Service
from smtpsim.protocol.smtp.state import Phase, State
from smtpsim.protocol.smtp.step import Command, Pending, Step, Verb, judged, refuse, say


def _begin(state: State, service: Service, command: Command) -> Step | Pending:
    if command.argument:
        wrong = fault("argument-unexpected", command.start + 1, command.argument)
        return refuse(state, service, "no-argument", wrong, verb="DATA")
    assert state.envelope is not None
    if (state.envelope.parameter("BODY") or "").upper() == "BINARYMIME":
        return refuse(state, service, "need-bdat")
    return Pending(AskData(), _finish)


def _finish(state: State, service: Service, verdict: Verdict) -> Step:
    reply = judged(state, service, verdict, "data-go")
    if not reply.accepts:
        return Step(state, reply)
    return Step(state._replace(phase=Phase.DATA), reply, (LetterBegun(),))


def content_line(state: State, service: Service, line: Line) -> Step | Pending:
    """One line of the letter: the lone dot ends it, a leading dot is taken off (RFC 5321 4.5.2)."""
    text, end = line
    if text == b"." and end == b"\r\n":
        return end_of_letter(state, service)
    faults = _remarks(text, end)
    if text[:1] == b"." and len(text) > 1:
        text = text[1:]
    return Step(keep(state, service, text), None, (), faults)


def keep(state: State, service: Service, text: bytes) -> State:
    """Add a line to the letter; over the size limit it is only counted."""
    content = state.content
    if service.limits.size and content.octets > service.limits.size:
        return state._replace(content=content.overflow(len(text) + 2))
    return state._replace(content=content.add(text))


def _remarks(text: bytes, end: bytes) -> tuple[Fault, ...]:
    plain = end == b"\r\n" and len(text) <= TEXT_LINE_LIMIT - 2 and text.isascii()
    if plain and b"\r" not in text and b"\x00" not in text:
        return ()
    found = []
    if end == b"\n":
        found.append(fault("lone-dot-bare-lf" if text == b"." else "bare-lf", len(text) + 1))
    if b"\r" in text:
        found.append(fault("bare-cr", text.index(b"\r") + 1))
    if b"\x00" in text:
        found.append(fault("nul-in-content", text.index(b"\x00") + 1))
    if len(text) > TEXT_LINE_LIMIT - 2:
        found.append(fault("content-line-too-long", TEXT_LINE_LIMIT - 1, str(len(text) + 2)))
    return tuple(found)


def end_of_letter(state: State, service: Service) -> Step | Pending:
    """The letter is whole: refuse it for its size, or ask the world to take it."""
    assert state.envelope is not None
    if service.limits.size and state.content.octets > service.limits.size:
        reply = say(state, service, service.rule("letter-too-big"), size=service.limits.size)
        return _refused(state, reply)
    return Pending(AskMessage(state.envelope, state.content), _finish_letter)


def _refused(state: State, reply: Reply) -> Step:
    assert state.envelope is not None
    return Step(state.without_transaction(Phase.READY), reply, (LetterRefused(state.envelope, reply),))


def _finish_letter(state: State, service: Service, verdict: Verdict) -> Step:
    reply = judged(state, service, verdict, "letter-ok", id="")
    if not reply.accepts:
        return _refused(state, reply)
    assert state.envelope is not None
    taken = LetterTaken(state.envelope, state.content, str(verdict.values.get("id", "")), verdict.trace)
    return Step(state.without_transaction(Phase.READY)._replace(errors=0), reply, (taken,))


DATA = Verb("DATA", "DATA", _begin)
