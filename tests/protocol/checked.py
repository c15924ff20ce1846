"""What is true after every step, whatever was sent."""

from __future__ import annotations

import re

from smtpsim.kernel.printable import decoded, encoded
from smtpsim.protocol.smtp import fault
from smtpsim.protocol.smtp.framing import Line, Unit
from smtpsim.protocol.smtp.reply import LONGEST_LINE, Reply
from smtpsim.protocol.smtp.service import Service, SmtpStep
from smtpsim.protocol.smtp.state import EMPTY, NO_PARTIAL, Phase, State
from tests.protocol.dialogue import FULL, Dialogue

# no C0 or C1 controls, no marks that turn the direction of text, no lone surrogates
_SHOWN = "[^\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]*"
_WIRE = re.compile(f"(?:[2345][0-9][0-9]-{_SHOWN}\r\n)*[2345][0-9][0-9] {_SHOWN}\r\n")

TRANSACTION = frozenset({Phase.MAIL, Phase.RCPT, Phase.DATA, Phase.CHUNKS})
WITH_RECIPIENTS = TRANSACTION - {Phase.MAIL}
LETTER = frozenset({Phase.DATA, Phase.CHUNK, Phase.CHUNKS})


class CheckedDialogue(Dialogue):
    """A dialogue that checks itself at every step."""

    def __init__(self, offered: Service = FULL) -> None:
        super().__init__(offered)
        check_reply(self.step.reply)

    def take(self, unit: Unit) -> SmtpStep:
        before = self.state
        step = super().take(unit)
        check_reply(step.reply)
        check_state(step.state)
        check_change(before, step)
        check_faults(unit, step)
        return step


def check_reply(reply: Reply | None) -> None:
    """A reply is one code on all its lines, and nothing in it could steer a terminal (RFC 5321 4.2)."""
    if reply is None:
        return
    wire = reply.wire()
    assert _WIRE.fullmatch(wire), wire
    assert all(len(encoded(line)) + 2 <= LONGEST_LINE for line in wire.split("\r\n"))
    assert {line[:3] for line in wire.splitlines()} == {str(reply.code)}


def check_state(state: State) -> None:
    """The parts of a state fit its phase."""
    chunk, phase = state.chunk, state.phase
    if chunk is not None and chunk.refusal:
        phase = chunk.back
    elif chunk is not None:
        phase = Phase.CHUNKS
    assert (state.envelope is not None) == (phase in TRANSACTION), state
    assert bool(state.envelope and state.envelope.recipients) == (phase in WITH_RECIPIENTS), state
    assert (chunk is not None) == (state.phase is Phase.CHUNK)
    assert chunk is None or 0 < chunk.left <= chunk.octets
    assert (state.exchange is not None) == (state.phase is Phase.AUTH)
    assert state.phase in LETTER or (state.content, state.partial) == (EMPTY, NO_PARTIAL)


def check_change(before: State, step: SmtpStep) -> None:
    """What is closed stays closed; a refusal changes nothing but the count of errors, unless a fact says so."""
    state, reply = step.state, step.reply
    if before.phase is Phase.CLOSED:
        assert state.phase is Phase.CLOSED
    assert state.errors in (before.errors, before.errors + 1, 0)
    if reply is None:
        assert state.phase in LETTER or b"" in (before.line_end, state.line_end)
    elif not reply.accepts and not step.facts and before.phase not in (Phase.CHUNK, Phase.AUTH):
        assert state == before._replace(errors=state.errors, line_end=state.line_end)


def check_faults(unit: Unit, step: SmtpStep) -> None:
    """A fault points into the line, or right behind it."""
    length = len(decoded(unit.text)) if isinstance(unit, Line) else 0
    for found in step.faults:
        assert 0 <= found.column <= length + 1, (unit, found)
        assert found.ref == fault.RULES[found.key]
