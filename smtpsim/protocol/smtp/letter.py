"""The letter line by line, and its end (RFC 5321 4.1.1.4, 4.5.2)."""

from __future__ import annotations

from smtpsim.message.headers import LARGEST, MOST_FIELDS
from smtpsim.message.mime import DEEPEST, MOST_PARTS, exceeds
from smtpsim.protocol.smtp.content import content_remarks
from smtpsim.protocol.smtp.facts import LetterRefused, LetterTaken
from smtpsim.protocol.smtp.framing import CRLF, Line
from smtpsim.protocol.smtp.question import AskMessage, Verdict
from smtpsim.protocol.smtp.reply import Reply
from smtpsim.protocol.smtp.service import Service, SmtpPending, SmtpStep
from smtpsim.protocol.smtp.state import Envelope, Phase, State
from smtpsim.protocol.smtp.step import judged, say


def content_line(state: State, service: Service, line: Line) -> SmtpStep | SmtpPending:
    """One line of the letter: the lone dot ends it, a leading dot is taken off (RFC 5321 4.5.2).

    A dot is special only after CRLF, and ends the letter only before CRLF; what looks alike is content. Custom
    (Exim): a client whose DATA ended with a bare LF writes its whole letter so.
    """
    text, end = line
    newline = state.newline
    begins = state.line_end == newline
    if text == b"." and begins and end == newline:
        return end_of_letter(state, service)
    faults = content_remarks(state, line)
    if text[:1] == b"." and begins and len(text) > 1:
        text = text[1:]
    content = state.content
    if text or state.line_end:  # else it is only the end of a line that was cut
        content = content.add(text, service.limits.size)
    return SmtpStep(state.with_line(content, end), None, (), faults)


def content_lines(state: State, service: Service, block: bytes) -> State:
    """The state after many lines of the letter at once, none of which ends it and all of which end with CRLF, the last
    one's left out. What is odd about them is not looked for: this is for letters that nobody watches."""
    if block.startswith(b"."):
        block = block[1:]
    if b"\r\n." in block:
        block = block.replace(b"\r\n.", CRLF)
    return state.with_line(state.content.add_block(block, service.limits.size), CRLF)


def takes_blocks(state: State) -> bool:
    """Whether `content_lines` may be used: in a letter that is written with CRLF, at the beginning of a line."""
    return state.phase is Phase.DATA and state.line_end == state.newline == CRLF


def end_of_letter(state: State, service: Service) -> SmtpStep | SmtpPending:
    """The letter is whole: refuse it for its size, or ask the world to take it. `state` holds all of it."""
    assert state.envelope is not None
    envelope, content = state.envelope, state.content

    def finish(before: State, service: Service, verdict: Verdict) -> SmtpStep:
        reply = judged(state, service, verdict, "letter-ok", id="")
        if not reply.accepts:
            return _refused(state, envelope, reply)
        identity = str(verdict.values.get("id", ""))
        taken = LetterTaken(envelope, content, identity, verdict.trace, verdict.handling)
        return SmtpStep(state.without_transaction(Phase.READY)._replace(errors=0), reply, (taken,))

    refused = too_big(state, service) or _too_much(state, service)
    return refused or SmtpPending(AskMessage(envelope, content), finish)


def too_big(state: State, service: Service) -> SmtpStep | None:
    """The refusal of a letter that is over the limit (RFC 1870 6.3)."""
    limit = service.limits.size
    if not limit or state.content.octets <= limit:
        return None
    assert state.envelope is not None
    return _refused(state, state.envelope, say(state, service, service.rule("letter-too-big"), size=limit))


def _too_much(state: State, service: Service) -> SmtpStep | None:
    """The refusal of a letter of which readers would leave something out: whoever asks only the first fields for the
    author can be told another one by a later field. Few lines need no look."""
    if state.content.length <= 2 * DEEPEST:
        return None
    assert state.envelope is not None
    octets = state.content.whole()
    end = octets.find(CRLF + CRLF)
    if (end if end >= 0 else len(octets)) > LARGEST or state.content.headers.skipped:
        wrong = say(state, service, service.rule("header-too-big"), size=LARGEST, fields=MOST_FIELDS)
    elif exceeds(octets):
        wrong = say(state, service, service.rule("too-many-parts"), parts=MOST_PARTS, levels=DEEPEST)
    else:
        return None
    return _refused(state, state.envelope, wrong)


def _refused(state: State, envelope: Envelope, reply: Reply) -> SmtpStep:
    return SmtpStep(state.without_transaction(Phase.READY), reply, (LetterRefused(envelope, reply),))
