"""Flags: the system's own and keywords (RFC 3501 2.3.2). Their case is free."""

from __future__ import annotations

from collections.abc import Iterable

from smtpsim.kernel.fault import Fault
from smtpsim.protocol.imap import grammar
from smtpsim.protocol.imap.scanner import Scanner
from smtpsim.protocol.maildrop import RECENT

ANSWERED = "\\Answered"
FLAGGED = "\\Flagged"
DELETED = "\\Deleted"
SEEN = "\\Seen"
DRAFT = "\\Draft"

SYSTEM = (ANSWERED, FLAGGED, DELETED, SEEN, DRAFT)
"""The flags that a client may set, besides keywords."""

Flags = frozenset[str]

_BY_LOWER = {flag.lower(): flag for flag in (*SYSTEM, RECENT)}
_ORDER = {flag: place for place, flag in enumerate((*SYSTEM, RECENT))}


def flag_list(flags: Iterable[str]) -> str:
    """A parenthesised list, always in the same order."""
    ordered = sorted(flags, key=lambda flag: (_ORDER.get(flag, len(_ORDER)), flag))
    return f"({' '.join(ordered)})"


def read_flag(scanner: Scanner) -> str | Fault:
    """flag = "\\Answered" / "\\Flagged" / "\\Deleted" / "\\Seen" / "\\Draft" / flag-keyword"""
    start = scanner.at
    match = scanner.take(grammar.FLAG)
    if not match or not (scanner.ended or scanner.text[scanner.at] in " )"):
        return scanner.fault("imap-flag-syntax", at=start)
    flag = _BY_LOWER.get(match.group().lower(), match.group())
    if flag == RECENT:
        return scanner.fault("imap-flag-recent", flag, start)
    if flag.startswith("\\") and flag not in SYSTEM:
        return scanner.fault("imap-flag-unknown", flag, start)
    return flag


def has(flags: Flags, flag: str) -> bool:
    """Whether a flag is set, in whatever case it was given."""
    return flag in flags or flag.lower() in {known.lower() for known in flags}


def united(flags: Flags, more: Flags) -> Flags:
    """Both; a keyword that differs in case only is not set a second time."""
    known = {flag.lower() for flag in flags}
    return flags | {flag for flag in more if flag.lower() not in known}


def without(flags: Flags, fewer: Flags) -> Flags:
    gone = {flag.lower() for flag in fewer}
    return frozenset(flag for flag in flags if flag.lower() not in gone)
