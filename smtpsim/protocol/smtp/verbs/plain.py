"""RSET, NOOP, QUIT and HELP: the verbs that are about no mail (RFC 5321 4.1.1.5, 4.1.1.8 to 4.1.1.10)."""

from __future__ import annotations

from smtpsim.protocol.dialogue import STAY, Closed
from smtpsim.protocol.smtp.fault import fault
from smtpsim.protocol.smtp.question import AskQuit, Verdict
from smtpsim.protocol.smtp.service import Command, Service, SmtpPending, SmtpStep, Verb, row
from smtpsim.protocol.smtp.state import Phase, State
from smtpsim.protocol.smtp.step import answer, dropped, judged, refuse, say


def _rset(state: State, service: Service, command: Command) -> SmtpStep:
    if command.argument:
        wrong = fault("argument-unexpected", command.start + 1, command.argument)
        return refuse(state, service, "no-argument", wrong, verb="RSET")
    fresh = state.without_transaction(Phase.READY) if state.envelope else state
    return SmtpStep(fresh, say(state, service, service.rule("reset")), dropped(state))


def _noop(state: State, service: Service, command: Command) -> SmtpStep:
    return answer(state, service, "noop")


def _quit(state: State, service: Service, command: Command) -> SmtpPending:
    """QUIT ends the session, whatever the answer; an argument is forgiven, since the client means to go."""
    extra = command.argument
    odd = (fault("argument-unexpected", command.start + 1, extra),) if extra else ()
    return SmtpPending(AskQuit(), _finish_quit, odd)


def _finish_quit(state: State, service: Service, verdict: Verdict) -> SmtpStep:
    reply = judged(state, service, verdict, "bye")
    return SmtpStep(state.without_transaction(Phase.CLOSED), reply, (*dropped(state), Closed("client")))


def _help(state: State, service: Service, command: Command) -> SmtpStep:
    return answer(state, service, "help", verbs=" ".join(v.name for v in service.verbs.values() if not v.hidden))


_AFTER_RSET = row(start=STAY, ready=STAY, mail=Phase.READY, rcpt=Phase.READY, chunks=Phase.READY)

RSET = Verb("RSET", "RSET", _rset, _AFTER_RSET, rank=60)
NOOP = Verb("NOOP", "NOOP", _noop, row(start=STAY, ready=STAY, mail=STAY, rcpt=STAY, chunks=STAY), rank=70)
QUIT = Verb("QUIT", "QUIT", _quit, row(*[Phase.CLOSED] * 6), rank=80)
HELP = Verb("HELP", "HELP", _help, row(start=STAY, ready=STAY, mail=STAY, rcpt=STAY), rank=110)

VERBS = (RSET, NOOP, QUIT, HELP)
