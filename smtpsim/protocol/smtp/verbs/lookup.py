"""VRFY and EXPN: questions about addresses (RFC 5321 3.5, 7.3)."""

from __future__ import annotations

from smtpsim.kernel.fault import Fault
from smtpsim.protocol.dialogue import STAY
from smtpsim.protocol.smtp.fault import fault
from smtpsim.protocol.smtp.grammar import WORD
from smtpsim.protocol.smtp.path import read_path
from smtpsim.protocol.smtp.question import AskExpand, AskVerify, Verdict
from smtpsim.protocol.smtp.service import Command, Service, SmtpPending, SmtpStep, Verb, row
from smtpsim.protocol.smtp.state import State
from smtpsim.protocol.smtp.step import judged, refuse


def _vrfy(state: State, service: Service, command: Command) -> SmtpStep | SmtpPending:
    if not command.argument:
        wrong = fault("argument-missing", command.start + 1)
        return refuse(state, service, "argument-missing", wrong, verb=command.verb)
    found = read_path(command.line, command.start)
    if isinstance(found, Fault):
        return refuse(state, service, "vrfy-syntax", found)
    if found.path.null:
        return refuse(state, service, "vrfy-syntax", fault("null-forward-path", found.start + 1))
    more = WORD.search(command.line, found.end)
    if more:
        wrong = fault("argument-unexpected", more.start() + 1, command.line[more.start() :])
        return refuse(state, service, "vrfy-syntax", wrong)

    def finish(state: State, service: Service, verdict: Verdict) -> SmtpStep:
        return SmtpStep(state, judged(state, service, verdict, "vrfy-maybe", address=str(found.path)))

    return SmtpPending(AskVerify(found.path), finish)


def _expn(state: State, service: Service, command: Command) -> SmtpStep | SmtpPending:
    def finish(state: State, service: Service, verdict: Verdict) -> SmtpStep:
        return SmtpStep(state, judged(state, service, verdict, "expn-off", address=command.argument))

    return SmtpPending(AskExpand(command.argument), finish)


_ROW = row(start=STAY, ready=STAY, mail=STAY, rcpt=STAY)

VRFY = Verb("VRFY", "VRFY address", _vrfy, _ROW, rank=90, typed="VRFY ")
# EXPN is understood, but only to say that it is not offered (RFC 5321 7.3), so that HELP does not list it
EXPN = Verb("EXPN", "EXPN list", _expn, _ROW, rank=100, typed="EXPN ", hidden=True)

VERBS = (VRFY, EXPN)
