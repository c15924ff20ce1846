"""Reads how a command begins: tag and verb (RFC 3501 2.2.1)."""

from __future__ import annotations

from typing import NamedTuple

from smtpsim.kernel.fault import Fault
from smtpsim.protocol.imap import grammar
from smtpsim.protocol.imap.fault import fault
from smtpsim.protocol.imap.reply import UNTAGGED
from smtpsim.protocol.imap.scanner import Scanner
from smtpsim.protocol.imap.table import KNOWN


class Head(NamedTuple):
    """The beginning of a command, and the index after its verb."""

    tag: str
    verb: str
    end: int


class Headless(NamedTuple):
    """Why a line begins no command: the tag to answer with, the reply's key, the fault."""

    tag: str
    reply: str
    fault: Fault


def read_head(text: str) -> Head | Headless:
    """command = tag SP command-name"""
    scanner = Scanner(text, 0)
    if not text.strip(" "):
        return Headless(UNTAGGED, "bad-tag", fault("imap-empty-line", 1))
    match = scanner.take(grammar.TAG)
    if not match or not (scanner.ended or scanner.looking_at(" ")):
        return Headless(UNTAGGED, "bad-tag", Scanner(text, 0).fault("imap-tag-syntax"))
    tag = match.group()
    if scanner.space():
        key = "imap-tag-missing" if tag.upper() in KNOWN else "imap-verb-missing"
        return Headless(tag, "bad-syntax", scanner.fault(key, tag))
    start = scanner.at
    word = scanner.take(grammar.ATOM)
    verb = word.group().upper() if word else ""
    if verb in KNOWN:
        return Head(tag, verb, scanner.at)
    scanner.at = start
    return Headless(tag, "unknown-command", _unknown(tag, scanner))


def _unknown(tag: str, scanner: Scanner) -> Fault:
    """No such verb; perhaps because the tag is missing, and the verb was taken for it."""
    if tag.upper() in KNOWN:
        return fault("imap-tag-missing", 1, tag)
    return scanner.fault("imap-unknown-verb")
