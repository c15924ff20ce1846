"""RSET, NOOP, QUIT and HELP: the verbs that are about no mail (RFC 5321 4.1.1.5, 4.1.1.8 to 4.1.1.10)."""

from __future__ import annotations

from smtpsim.protocol.smtp.facts import Closed
from smtpsim.protocol.smtp.fault import fault
from smtpsim.protocol.smtp.question import AskQuit, Verdict
from smtpsim.protocol.smtp.service import Service
from smtpsim.protocol.smtp.state import Phase, State
from smtpsim.protocol.smtp.step import Command, Pending, Step, Verb, answer, dropped, judged, refuse, say
from smtpsim.protocol.smtp.table import TABLE, VERBS


def _rset(state: State, service: Service, command: Command) -> Step:
    if command.argument:
        wrong = fault("argument-unexpected", command.start + 1, command.argument)
        return refuse(state, service, "no-argument", wrong, verb="RSET")
    cell = TABLE[state.phase]["RSET"]
    fresh = state.without_transaction(cell) if isinstance(cell, Phase) else state
    return Step(fresh, say(state, service, service.rule("reset")), dropped(state))


def _noop(state: State, service: Service, command: Command) -> Step:
    return answer(state, service, "noop")


def _quit(state: State, service: Service, command: Command) -> Pending:
    """QUIT ends the session, whatever the answer; an argument is forgiven, since the client means to go."""
    extra = command.argument
    odd = (fault("argument-unexpected", command.start + 1, extra),) if extra else ()
    return Pending(AskQuit(), _finish_quit, odd)


def _finish_quit(state: State, service: Service, verdict: Verdict) -> Step:
    reply = judged(state, service, verdict, "bye")
    return Step(state.without_transaction(Phase.CLOSED), reply, (*dropped(state), Closed("client")))


def _help(state: State, service: Service, command: Command) -> Step:
    return answer(state, service, "help", verbs=" ".join(verb for verb in _LISTED if verb in service.verbs))


_LISTED = tuple(verb for verb in VERBS if verb != "EXPN")
"""EXPN is understood, but only to say that it is not offered (RFC 5321 7.3)."""


RSET = Verb("RSET", "RSET", _rset)
NOOP = Verb("NOOP", "NOOP", _noop)
QUIT = Verb("QUIT", "QUIT", _quit)
HELP = Verb("HELP", "HELP", _help)
