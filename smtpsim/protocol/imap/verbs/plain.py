"""What is about no mail: CAPABILITY, NOOP, CHECK, LOGOUT (RFC 3501 6.1, 6.4.1), STARTTLS (6.2.1), NAMESPACE (RFC 2342)
and ID (RFC 2971)."""

from __future__ import annotations

from smtpsim.kernel.fault import Fault
from smtpsim.protocol.dialogue import STAY, Closed, TlsStarted
from smtpsim.protocol.imap import grammar
from smtpsim.protocol.imap.news import answer_with_news
from smtpsim.protocol.imap.reply import BYE
from smtpsim.protocol.imap.scanner import Scanner, read_list, read_string
from smtpsim.protocol.imap.service import (
    Command,
    ImapPending,
    ImapStep,
    Service,
    Verb,
    after_login,
    answer,
    anywhere,
    before_login,
    capabilities,
    in_mailbox,
    no_arguments,
    refuse,
)
from smtpsim.protocol.imap.state import Phase, State

MOST_PAIRS = 30
"""Fields and values of one ID (RFC 2971 3.3)."""


def _capability(state: State, service: Service, command: Command, arguments: None) -> ImapStep:
    return answer(state, service, command, "capability", [f"CAPABILITY {capabilities(state, service)}"])


def _news(state: State, service: Service, command: Command, arguments: None) -> ImapStep | ImapPending:
    return answer_with_news(state, service, command)


def _logout(state: State, service: Service, command: Command, arguments: None) -> ImapStep:
    """An untagged BYE, and then the completion (RFC 3501 6.1.3)."""
    closed = state._replace(phase=Phase.CLOSED)
    return answer(closed, service, command, "logout", [f"{BYE} {service.name} logging out"], Closed("client"))


def _starttls(state: State, service: Service, command: Command, arguments: None) -> ImapStep:
    """What the client knows of the server it must ask again (RFC 3501 6.2.1)."""
    if state.tls:
        return refuse(state, service, command.tag, "tls-already")
    if not service.tls:
        return refuse(state, service, command.tag, "not-offered", verb="STARTTLS")
    return answer(State(errors=state.errors, tls=True), service, command, "tls-go", (), TlsStarted())


def _namespace(state: State, service: Service, command: Command, arguments: None) -> ImapStep:
    """One's own mailboxes, nobody else's, none that are shared (RFC 2342 5)."""
    return answer(state, service, command, "namespace", ['NAMESPACE (("" "/")) NIL NIL'])


def _read_id(scanner: Scanner) -> tuple[str, ...] | Fault:
    """id-params = "(" [string SP nstring *(SP string SP nstring)] ")" / nil (RFC 2971 3.1)"""
    if fault := scanner.space():
        return fault
    if scanner.take(grammar.NIL):
        return ()
    found = read_list(scanner, _read_nstring)
    if isinstance(found, tuple) and len(found) > 2 * MOST_PAIRS:
        return scanner.fault("imap-too-many", str(2 * MOST_PAIRS))
    return found


def _read_nstring(scanner: Scanner) -> str | Fault:
    return "" if scanner.take(grammar.NIL) else read_string(scanner)


def _id(state: State, service: Service, command: Command, told: tuple[str, ...]) -> ImapStep:
    """Who the client is matters to nobody here; the server says its own name."""
    return answer(state, service, command, "id", ['ID ("name" "smtpsim")'])


VERBS = (
    Verb("CAPABILITY", "CAPABILITY", no_arguments, _capability, anywhere(STAY), rank=10),
    Verb("NOOP", "NOOP", no_arguments, _news, anywhere(STAY), rank=20),
    Verb("LOGOUT", "LOGOUT", no_arguments, _logout, anywhere(Phase.CLOSED), rank=30),
    Verb("ID", 'ID ("name" "my program")', _read_id, _id, anywhere(STAY), rank=40),
    Verb("STARTTLS", "STARTTLS", no_arguments, _starttls, before_login(STAY), rank=70),
    Verb("NAMESPACE", "NAMESPACE", no_arguments, _namespace, after_login(), rank=180),
    Verb("CHECK", "CHECK", no_arguments, _news, in_mailbox(), rank=200),
)
