"""CAPABILITY, NOOP, CHECK and LOGOUT (RFC 3501 6.1, 6.4.1)."""

from __future__ import annotations

from smtpsim.protocol.imap.facts import Closed
from smtpsim.protocol.imap.news import with_news
from smtpsim.protocol.imap.question import AskMaildrops, Verdict
from smtpsim.protocol.imap.reply import BYE
from smtpsim.protocol.imap.service import CAPABILITIES, Service
from smtpsim.protocol.imap.state import Phase, State
from smtpsim.protocol.imap.step import Command, Pending, Step, Verb, answer, no_arguments, refused


def _capability(state: State, service: Service, command: Command, arguments: None) -> Step:
    return answer(state, service, command, "capability", [f"CAPABILITY {' '.join(CAPABILITIES)}"])


def _news(state: State, service: Service, command: Command, arguments: None) -> Step | Pending:
    """Both are the usual way to hear of new mail; without a mailbox there is none to hear of."""
    key = command.verb.lower()
    if state.selected is None:
        return answer(state, service, command, key)

    def finish(state: State, service: Service, verdict: Verdict) -> Step:
        wrong = refused(state, service, command, verdict)
        if wrong:
            return wrong
        state, untagged, facts = with_news(state, verdict.maildrops)
        return answer(state, service, command, key, untagged, *facts)

    return Pending(AskMaildrops(state.user or ""), finish)


def _logout(state: State, service: Service, command: Command, arguments: None) -> Step:
    """An untagged BYE, and then the completion (RFC 3501 6.1.3)."""
    closed = state._replace(phase=Phase.CLOSED)
    return answer(closed, service, command, "logout", [f"{BYE} {service.name} logging out"], Closed("client"))


CAPABILITY = Verb("CAPABILITY", "CAPABILITY", no_arguments, _capability)
NOOP = Verb("NOOP", "NOOP", no_arguments, _news)
CHECK = Verb("CHECK", "CHECK", no_arguments, _news)
LOGOUT = Verb("LOGOUT", "LOGOUT", no_arguments, _logout)
