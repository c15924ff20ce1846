"""UID: FETCH, STORE, SEARCH, COPY and EXPUNGE with unique identifiers for numbers (RFC 3501 6.4.8, RFC 4315 2.1)."""

from __future__ import annotations

from typing import NamedTuple

from smtpsim.kernel.fault import Fault
from smtpsim.protocol.imap import grammar
from smtpsim.protocol.imap.scanner import Scanner
from smtpsim.protocol.imap.service import AnyVerb, Command, ImapPending, ImapStep, Service, Verb, in_mailbox
from smtpsim.protocol.imap.state import State
from smtpsim.protocol.imap.verbs.append import COPY
from smtpsim.protocol.imap.verbs.expunge import UID_EXPUNGE
from smtpsim.protocol.imap.verbs.fetch import FETCH
from smtpsim.protocol.imap.verbs.search import SEARCH
from smtpsim.protocol.imap.verbs.store import STORE

_BY_UID: dict[str, AnyVerb] = {verb.name: verb for verb in (FETCH, STORE, SEARCH, COPY, UID_EXPUNGE)}


class ByUid(NamedTuple):
    """The verb after UID, and what it read."""

    verb: AnyVerb
    arguments: object


def _read(scanner: Scanner) -> ByUid | Fault:
    verb = scanner.after_space(_read_verb)
    if isinstance(verb, Fault):
        return verb
    arguments = verb.read(scanner)
    return arguments if isinstance(arguments, Fault) else ByUid(verb, arguments)


def _read_verb(scanner: Scanner) -> AnyVerb | Fault:
    start = scanner.at
    match = scanner.take(grammar.ATOM)
    name = match.group().upper() if match else ""
    if name in _BY_UID:
        return _BY_UID[name]
    scanner.at = start
    return scanner.fault("imap-uid-verb")


def _begin(state: State, service: Service, command: Command, given: ByUid) -> ImapStep | ImapPending:
    return given.verb.begin(state, service, command._replace(verb=given.verb.name, by_uid=True), given.arguments)


VERBS = (Verb("UID", "UID FETCH 1:* (FLAGS)", _read, _begin, in_mailbox(), rank=270),)
