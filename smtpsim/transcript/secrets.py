"""Passwords and tokens in a dialogue, put out of sight."""

from __future__ import annotations

import re
from dataclasses import replace

from smtpsim.transcript.dialogue import Client, Content, Dialogue, Entry, Server

MASK = "********"
"""What stands in the place of a secret. It is not base64, so that no server takes it for one."""

_INITIAL = re.compile(r"(AUTH[ \t]+\S+[ \t]+)(\S.*)", re.IGNORECASE | re.DOTALL)
# POP3's PASS, and IMAP's LOGIN behind its tag (RFC 1939 7, RFC 3501 6.2.3)
_PASSWORD = re.compile(r"(PASS |[^ ]+ LOGIN (?:\"[^\"]*\"|[^ ]+) )(.+)", re.IGNORECASE | re.DOTALL)
_LITERAL = re.compile(r"[^ ]+ LOGIN .*\{[0-9]+\}", re.IGNORECASE | re.DOTALL)
_AUTH = re.compile(r"AUTH[ \t]+(\S+)[ \t]*", re.IGNORECASE)
_CONTINUATIONS = {"LOGIN": 2, "PLAIN": 1, "CRAM-MD5": 1}
_OPEN = frozenset({"", "*", "="})


def masked(dialogue: Dialogue) -> Dialogue:
    """The dialogue with a mask for each initial response and each AUTH continuation (RFC 4954 4).

    A cancel (`*`) and an empty response (`=`) are shown. Where the file shows no replies, the mechanism tells
    how many lines after AUTH are meant.
    """
    served = any(isinstance(entry, Server) for entry in dialogue.entries)
    masker = _ByReply() if served else _ByMechanism()
    return replace(dialogue, entries=tuple(masker.shown(entry) for entry in dialogue.entries))


class _ByReply:
    """A client line is a continuation when a 334 stands before it; so is a literal of IMAP's LOGIN."""

    def __init__(self) -> None:
        self._challenged = False
        self._literal = False

    def shown(self, entry: Entry) -> Entry:
        """The entry, masked where it holds a secret."""
        if isinstance(entry, Server):
            self._challenged = entry.code == 334
        if isinstance(entry, Content) and self._literal:
            return Content(MASK, entry.line)
        if not isinstance(entry, Client):
            return entry
        self._literal = _LITERAL.fullmatch(entry.text) is not None
        if self._challenged:
            return _hidden(entry)
        return _without_initial(entry)


class _ByMechanism:
    """So many client lines after AUTH are continuations as the mechanism asks for."""

    def __init__(self) -> None:
        self._expected = 0

    def shown(self, entry: Entry) -> Entry:
        """The entry, masked where it holds a secret."""
        if not isinstance(entry, Client):
            return entry
        if self._expected:
            self._expected -= 1
            return _hidden(entry)
        if match := _AUTH.match(entry.text):
            initial = _INITIAL.fullmatch(entry.text) is not None
            self._expected = max(0, _CONTINUATIONS.get(match[1].upper(), 1) - initial)
        return _without_initial(entry)


def _hidden(entry: Client) -> Client:
    return entry if entry.text in _OPEN else Client(MASK, entry.line)


def _without_initial(entry: Client) -> Client:
    match = _INITIAL.fullmatch(entry.text) or _PASSWORD.fullmatch(entry.text)
    if match is None or match[2] in _OPEN:
        return entry
    return Client(match[1] + MASK, entry.line)
