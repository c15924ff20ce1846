"""NOOP, CAPA, STLS and QUIT (RFC 1939 5, 6; RFC 2449 5; RFC 2595 4)."""

from __future__ import annotations

from smtpsim.protocol.dialogue import STAY, Closed, TlsStarted
from smtpsim.protocol.maildrop import MailsRemoved
from smtpsim.protocol.pop3.arguments import surplus
from smtpsim.protocol.pop3.reply import with_listing
from smtpsim.protocol.pop3.service import (
    ANY_NUMBER,
    MECHANISMS,
    Command,
    PopStep,
    Service,
    Verb,
    after_login,
    answer,
    anywhere,
    before_login,
    refuse,
)
from smtpsim.protocol.pop3.state import Phase, State
from smtpsim.protocol.pop3.verbs.deletion import marked_uids

CAPABILITIES = ("USER", "TOP", "UIDL", "RESP-CODES", "AUTH-RESP-CODE", "PIPELINING", "IMPLEMENTATION smtpsim")
"""What CAPA lists of every server (RFC 2449 6, RFC 3206 6)."""


def capabilities(state: State, service: Service) -> tuple[str, ...]:
    """What CAPA lists now: STLS only where it can still be said (RFC 2595 4)."""
    stls = ("STLS",) if service.tls and not state.tls and state.phase is not Phase.TRANSACTION else ()
    return (*CAPABILITIES, f"SASL {' '.join(MECHANISMS)}", *stls)


def _noop(state: State, service: Service, command: Command) -> PopStep:
    return answer(state, service, "noop")


def _capa(state: State, service: Service, command: Command) -> PopStep:
    step = answer(state, service, "capabilities")
    return step._replace(reply=with_listing(step.reply, capabilities(state, service)))


def _stls(state: State, service: Service, command: Command) -> PopStep:
    """The dialogue begins anew, unseen by others; what was said before is forgotten."""
    if state.tls:
        return refuse(state, service, "tls-already")
    if not service.tls:
        return refuse(state, service, "not-offered", verb="STLS")
    fresh = State(errors=state.errors, timestamp=state.timestamp, tls=True)
    return answer(fresh, service, "tls-go", TlsStarted())


def _quit(state: State, service: Service, command: Command) -> PopStep:
    """The UPDATE state: what is marked goes now (RFC 1939 6). An argument is forgiven, the client means to go."""
    extra = surplus(command, 0)
    faults = (extra,) if extra else ()
    closed = state._replace(phase=Phase.CLOSED)
    if not state.marked:
        return answer(closed, service, "bye", Closed("client"))._replace(faults=faults)
    removed = MailsRemoved(state.maildrop.name, marked_uids(state))
    step = answer(closed, service, "bye-removed", removed, Closed("client"), removed=len(removed.uids))
    return step._replace(faults=faults)


STLS = Verb("STLS", "STLS", _stls, before_login(Phase.AUTHORIZATION, Phase.AUTHORIZATION), rank=50)
NOOP = Verb("NOOP", "NOOP", _noop, after_login(), rank=130)
CAPA = Verb("CAPA", "CAPA", _capa, anywhere(STAY), rank=140)
QUIT = Verb("QUIT", "QUIT", _quit, anywhere(Phase.CLOSED), 0, ANY_NUMBER, rank=150)

VERBS = (STLS, NOOP, CAPA, QUIT)
