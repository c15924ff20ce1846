"""NOOP, CAPA and QUIT (RFC 1939 5, 6; RFC 2449 5)."""

from __future__ import annotations

from smtpsim.protocol.maildrop import MailsRemoved
from smtpsim.protocol.pop3.arguments import surplus
from smtpsim.protocol.pop3.facts import Closed
from smtpsim.protocol.pop3.reply import with_listing
from smtpsim.protocol.pop3.service import CAPABILITIES, Service
from smtpsim.protocol.pop3.state import Phase, State
from smtpsim.protocol.pop3.step import ANY_NUMBER, Command, Step, Verb, answer
from smtpsim.protocol.pop3.verbs.deletion import marked_uids


def _noop(state: State, service: Service, command: Command) -> Step:
    return answer(state, service, "noop")


def _capa(state: State, service: Service, command: Command) -> Step:
    step = answer(state, service, "capabilities")
    return step._replace(reply=with_listing(step.reply, CAPABILITIES))


def _quit(state: State, service: Service, command: Command) -> Step:
    """The UPDATE state: what is marked goes now (RFC 1939 6). An argument is forgiven, the client means to go."""
    extra = surplus(command, 0)
    faults = (extra,) if extra else ()
    closed = state._replace(phase=Phase.CLOSED)
    if not state.marked:
        return answer(closed, service, "bye", Closed("client"))._replace(faults=faults)
    removed = MailsRemoved(state.maildrop.name, marked_uids(state))
    step = answer(closed, service, "bye-removed", removed, Closed("client"), removed=len(removed.uids))
    return step._replace(faults=faults)


NOOP = Verb("NOOP", "NOOP", _noop)
CAPA = Verb("CAPA", "CAPA", _capa)
QUIT = Verb("QUIT", "QUIT", _quit, 0, ANY_NUMBER)

VERBS = (NOOP, CAPA, QUIT)
