"""Passwords and tokens in a dialogue, put out of sight."""

from __future__ import annotations

import re
from base64 import b64decode
from dataclasses import replace
from enum import Enum, auto

from smtpsim.transcript.assembly import NO_CODE, is_command
from smtpsim.transcript.dialogue import Client, Content, Dialogue, Entry, Server

MASK = "********"
"""What stands in the place of a secret. It is not base64, so that no server takes it for one."""

# POP3's AUTH is SMTP's, IMAP's AUTHENTICATE stands after a tag (RFC 5034 4, RFC 4959 3)
_AUTH = re.compile(r"((?:AUTH|[^ ]+ AUTHENTICATE)[ \t]+(\S+)[ \t]*)(.*)", re.IGNORECASE | re.DOTALL)
# POP3's PASS and APOP, and IMAP's LOGIN after its tag (RFC 1939 7, RFC 3501 6.2.3)
_PASSWORD = re.compile(r"(PASS |APOP [^ ]+ |[^ ]+ LOGIN (?:\"[^\"]*\"|[^ ]+) )(.+)", re.IGNORECASE | re.DOTALL)
_LITERAL = re.compile(r"[^ ]+ LOGIN .*\{[0-9]+\+?\}", re.IGNORECASE | re.DOTALL)
_CONTINUATIONS = {"LOGIN": 2, "PLAIN": 1, "CRAM-MD5": 1}
_MOST = 3
_OPEN = frozenset({"", "*", "="})


def masked(dialogue: Dialogue) -> Dialogue:
    """The dialogue with a mask for each initial response and each AUTH continuation (RFC 4954 4).

    A cancel (`*`) and an empty response (`=`) are shown. Where the file shows no challenge, because it has no
    replies or because AUTH was refused, the mechanism tells how many lines after AUTH are meant.
    """
    masker = Masker()
    return replace(dialogue, entries=tuple(masker.shown(entry) for entry in dialogue.entries))


def redacted(dialogue: Dialogue) -> Dialogue:
    """The dialogue with a mask before each secret: a replay sends what was recorded, and shows the mask."""
    pairs = zip(dialogue.entries, masked(dialogue).entries, strict=True)
    return replace(dialogue, entries=tuple(_behind(entry, shown) for entry, shown in pairs))


def _behind(entry: Entry, shown: Entry) -> Entry:
    if shown == entry or not isinstance(shown, Client | Content) or not isinstance(entry, Client | Content):
        return entry
    return replace(entry, mask=shown.text)


class _Wait(Enum):
    """What the next client line may be. TOLD: an answer, for a challenge came. SENT: an answer ahead of the
    challenge, if it is no command. REFUSED: an answer to nothing, if it looks like one."""

    NOTHING = auto()
    TOLD = auto()
    SENT = auto()
    REFUSED = auto()


class Masker:
    """One pass over the entries."""

    def __init__(self) -> None:
        self._wait = _Wait.NOTHING
        self._left = 0
        self._literal = False

    def shown(self, entry: Entry) -> Entry:
        """The entry, masked where it holds a secret."""
        match entry:
            case Server():
                self._hear(entry)
            case Content() if self._literal:
                return Content(MASK, entry.line)
            case Client(text):
                self._literal = _LITERAL.fullmatch(text) is not None
                return self._said(entry)
            case _:
                pass
        return entry

    def _hear(self, reply: Server) -> None:
        """A challenge is 334, or a plus sign in POP3 and IMAP."""
        if reply.code == 334 or (reply.code == NO_CODE and self._left and reply.lines[-1].split(" ")[0] == "+"):
            self._wait = _Wait.TOLD
        elif reply.code >= 400 and self._left:
            self._wait = _Wait.REFUSED
        else:
            self._wait, self._left = _Wait.NOTHING, 0

    def _said(self, entry: Client) -> Client:
        if self._answers(entry.text):
            self._wait = _Wait.SENT if self._wait is _Wait.TOLD else self._wait
            self._left = max(0, self._left - 1)
            return entry if entry.text in _OPEN else Client(MASK, entry.line)
        self._wait, self._left = _Wait.NOTHING, 0
        if auth := _AUTH.fullmatch(entry.text):
            self._wait = _Wait.SENT
            self._left = _CONTINUATIONS.get(auth[2].upper(), _MOST) - bool(auth[3])
            return entry if auth[3] in _OPEN else Client(auth[1] + MASK, entry.line)
        password = _PASSWORD.fullmatch(entry.text)
        return Client(password[1] + MASK, entry.line) if password else entry

    def _answers(self, text: str) -> bool:
        if self._wait is _Wait.TOLD:
            return True
        if self._wait is _Wait.REFUSED:
            return self._left > 0 and not is_command(text) and _readable(text)
        return self._wait is _Wait.SENT and self._left > 0 and not is_command(text)


def _readable(text: str) -> bool:
    """Whether a line is base64 of something that can be read, as a name or a password is; the mask is one too."""
    if text == MASK:
        return True
    try:
        decoded = b64decode(text.encode(), validate=True).decode()
    except ValueError:
        return False
    return decoded.replace("\0", "").isprintable() and decoded != ""
