"""DATA: asks to send the letter (RFC 5321 4.1.1.4)."""

from __future__ import annotations

from smtpsim.protocol.smtp.facts import LetterBegun
from smtpsim.protocol.smtp.fault import fault
from smtpsim.protocol.smtp.question import AskData, Verdict
from smtpsim.protocol.smtp.service import Command, Service, SmtpPending, SmtpStep, Verb, row
from smtpsim.protocol.smtp.state import Phase, State
from smtpsim.protocol.smtp.step import judged, refuse


def _begin(state: State, service: Service, command: Command) -> SmtpStep | SmtpPending:
    if command.argument:
        wrong = fault("argument-unexpected", command.start + 1, command.argument)
        return refuse(state, service, "no-argument", wrong, verb="DATA")
    assert state.envelope is not None
    if (state.envelope.parameter("BODY") or "").upper() == "BINARYMIME":
        return refuse(state, service, "need-bdat")
    newline = state.line_end

    def finish(before: State, service: Service, verdict: Verdict) -> SmtpStep:
        reply = judged(before, service, verdict, "data-go")
        if not reply.accepts:
            return SmtpStep(before, reply)
        begun = before._replace(phase=Phase.DATA, line_end=newline, newline=newline)
        return SmtpStep(begun, reply, (LetterBegun(),))

    return SmtpPending(AskData(), finish)


DATA = Verb("DATA", "DATA", _begin, row(ready="need-mail", mail="need-rcpt", rcpt=Phase.DATA), rank=50)

VERBS = (DATA,)
