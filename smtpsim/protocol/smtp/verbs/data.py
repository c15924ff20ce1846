"""DATA: asks to send the letter (RFC 5321 4.1.1.4)."""

from __future__ import annotations

from smtpsim.protocol.smtp.facts import LetterBegun
from smtpsim.protocol.smtp.fault import fault
from smtpsim.protocol.smtp.question import AskData, Verdict
from smtpsim.protocol.smtp.service import Service
from smtpsim.protocol.smtp.state import Phase, State
from smtpsim.protocol.smtp.step import Command, Pending, Step, Verb, judged, refuse


def _begin(state: State, service: Service, command: Command) -> Step | Pending:
    if command.argument:
        wrong = fault("argument-unexpected", command.start + 1, command.argument)
        return refuse(state, service, "no-argument", wrong, verb="DATA")
    assert state.envelope is not None
    if (state.envelope.parameter("BODY") or "").upper() == "BINARYMIME":
        return refuse(state, service, "need-bdat")
    newline = state.line_end

    def finish(before: State, service: Service, verdict: Verdict) -> Step:
        reply = judged(before, service, verdict, "data-go")
        if not reply.accepts:
            return Step(before, reply)
        begun = before._replace(phase=Phase.DATA, line_end=newline, newline=newline)
        return Step(begun, reply, (LetterBegun(),))

    return Pending(AskData(), finish)


DATA = Verb("DATA", "DATA", _begin)
