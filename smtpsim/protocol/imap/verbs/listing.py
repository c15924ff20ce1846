"""LIST and LSUB: which mailboxes there are, what each is for (RFC 6154), and which are subscribed (RFC 3501 6.3.8)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import NamedTuple

from smtpsim.kernel.fault import Fault
from smtpsim.protocol.imap import grammar
from smtpsim.protocol.imap.question import Verdict
from smtpsim.protocol.imap.quoting import string
from smtpsim.protocol.imap.scanner import Scanner, read_mailbox, read_word
from smtpsim.protocol.imap.service import (
    Command,
    ImapPending,
    ImapStep,
    Service,
    Verb,
    after_login,
    answer,
    with_maildrops,
)
from smtpsim.protocol.imap.state import State
from smtpsim.protocol.maildrop import Maildrop

DELIMITER = "/"
"""Between the levels of a mailbox name."""


class Pattern(NamedTuple):
    """`text` may hold `*`, which stands for anything, and `%`, which stops at the delimiter."""

    reference: str
    text: str


def _read(scanner: Scanner) -> Pattern | Fault:
    """list = "LIST" SP mailbox SP list-mailbox"""
    reference = scanner.after_space(read_mailbox)
    if isinstance(reference, Fault):
        return reference
    text = scanner.after_space(lambda scanner: read_word(scanner, grammar.LIST_MAILBOX))
    return text if isinstance(text, Fault) else Pattern(reference, text)


def _begin(state: State, service: Service, command: Command, pattern: Pattern) -> ImapStep | ImapPending:
    key = command.verb.lower()
    if not pattern.text:
        return answer(state, service, command, key, [_told(command, "\\Noselect", "")])

    def finish(state: State, service: Service, verdict: Verdict) -> ImapStep:
        told = _TOLD[command.verb](verdict.maildrops, pattern)
        return answer(state, service, command, key, [_told(command, attribute, name) for attribute, name in told])

    return with_maildrops(state, service, command, finish)


def _told(command: Command, attribute: str, name: str) -> str:
    return f'{command.verb} ({attribute}) "{DELIMITER}" {string(name)}'


Told = Iterator[tuple[str, str]]
"""The attribute of each mailbox, and its name."""


def _listed(drops: Iterable[Maildrop], pattern: Pattern) -> Told:
    return ((drop.use, drop.name) for drop in drops if matches(pattern, drop.name))


def _subscribed(drops: Iterable[Maildrop], pattern: Pattern) -> Told:
    return (("", drop.name) for drop in drops if drop.subscribed and matches(pattern, drop.name))


_TOLD: Mapping[str, Callable[[Iterable[Maildrop], Pattern], Told]] = {"LIST": _listed, "LSUB": _subscribed}


_RUN_OF_WILDCARDS = re.compile(r"[*%]{2,}")


def matches(pattern: Pattern, name: str) -> bool:
    """Whether a name fits; INBOX does in any case. Costs at most the square of the name's length."""
    whole = _RUN_OF_WILDCARDS.sub(_one_wildcard, pattern.reference + pattern.text)
    if name == "INBOX":
        whole = whole.upper()
    if len(whole) > 2 * len(name) + 1:
        return False
    reached = {0}
    for sign in whole:
        reached = set(_steps(sign, name, reached))
    return len(name) in reached


def _one_wildcard(run: re.Match[str]) -> str:
    return "*" if "*" in run.group() else "%"


def _steps(sign: str, name: str, reached: set[int]) -> list[int]:
    """How far into the name one sign of the pattern leads from each place."""
    if sign == "*":
        return list(range(min(reached), len(name) + 1)) if reached else []
    if sign != "%":
        return [at + 1 for at in reached if name.startswith(sign, at)]
    ends = {at: name.find(DELIMITER, at) for at in reached}
    return [to for at, end in ends.items() for to in range(at, (len(name) if end < 0 else end) + 1)]


VERBS = (
    Verb("LIST", 'LIST "" *', _read, _begin, after_login(), rank=80),
    Verb("LSUB", 'LSUB "" *', _read, _begin, after_login(), rank=90),
)
