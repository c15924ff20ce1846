"""VRFY and EXPN: questions about addresses (RFC 5321 3.5, 7.3)."""

from __future__ import annotations

from smtpsim.kernel.fault import Fault
from smtpsim.protocol.smtp.fault import fault
from smtpsim.protocol.smtp.grammar import WORD
from smtpsim.protocol.smtp.path import read_path
from smtpsim.protocol.smtp.question import AskExpand, AskVerify, Verdict
from smtpsim.protocol.smtp.service import Service
from smtpsim.protocol.smtp.state import State
from smtpsim.protocol.smtp.step import Command, Pending, Step, Verb, judged, refuse


def _vrfy(state: State, service: Service, command: Command) -> Step | Pending:
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

    def finish(state: State, service: Service, verdict: Verdict) -> Step:
        return Step(state, judged(state, service, verdict, "vrfy-maybe", address=str(found.path)))

    return Pending(AskVerify(found.path), finish)


def _expn(state: State, service: Service, command: Command) -> Step | Pending:
    def finish(state: State, service: Service, verdict: Verdict) -> Step:
        return Step(state, judged(state, service, verdict, "expn-off", address=command.argument))

    return Pending(AskExpand(command.argument), finish)


VRFY = Verb("VRFY", "VRFY address", _vrfy)
EXPN = Verb("EXPN", "EXPN list", _expn)
