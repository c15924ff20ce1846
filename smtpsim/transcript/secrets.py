"""Passwords and tokens in a dialogue, put out of sight."""

from __future__ import annotations

import re
from base64 import b64decode
from dataclasses import replace
from enum import Enum, auto
from typing import TYPE_CHECKING

from smtpsim.transcript.assembly import NO_CODE, is_command
from smtpsim.transcript.dialogue import Client, Content, Dialogue, Entry, Server

if TYPE_CHECKING:
    from smtpsim.session.simulation import Turn

MASK = "********"
"""What stands in the place of a secret. It is not base64, so that no server takes it for one."""

_LITERAL = re.compile(r"\s*\S+\s+LOGIN .*\{[0-9]+\+?\}", re.IGNORECASE | re.DOTALL)
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


def hidden(turn: Turn, shown: str) -> Turn:
    """The turn with `shown` in the place of its line. What the server says of the line, what is remarked on it, and
    the name of a log-in that failed can repeat a part of a secret: there it is masked, too."""
    turn = _nameless(turn)
    if shown == turn.line:
        return turn
    secret = _secret(turn.line, shown)
    found = re.compile(rf"\S*(?:{secret.pattern})\S*", re.IGNORECASE)
    faults = tuple(fault._replace(found=found.sub(MASK, fault.found)) for fault in turn.faults)
    reply = turn.reply
    if reply and reply.code != CHALLENGE:
        reply = reply._replace(lines=tuple(secret.sub(MASK, line) for line in reply.lines))
    return turn._replace(line=shown, faults=faults, reply=reply)


def _nameless(turn: Turn) -> Turn:
    """The turn, and a log-in that failed without the name that was tried: who mixes up the answers gives a password
    as the name."""
    from smtpsim.protocol.dialogue import LoginRefused  # who lists transcripts needs no protocol

    if not any(isinstance(fact, LoginRefused) for fact in turn.facts):
        return turn
    hidden = (fact._replace(user=MASK) if isinstance(fact, LoginRefused) else fact for fact in turn.facts)
    return turn._replace(facts=tuple(hidden))


def _secret(line: str, shown: str) -> re.Pattern[str]:
    """What finds the words of the line that `shown` has masked."""
    words = [word for word in line[len(shown.removesuffix(MASK)) :].split() if len(word) >= SHORTEST]
    return re.compile("|".join(re.escape(word) for word in words) or _NOTHING.pattern, re.IGNORECASE)


_NOTHING = re.compile(r"(?!)")

SHORTEST = 4
"""Characters of a word that is looked for: shorter ones stand in every other word."""

CHALLENGE = 334
"""The code of a reply that is the server's own question, in base64 (RFC 4954 4)."""


def _behind(entry: Entry, shown: Entry) -> Entry:
    """A command that shows all of itself is its own mask: it can end a log-in, which then failed for a name that was
    given before."""
    if isinstance(shown, Client) and isinstance(entry, Client):
        return replace(entry, mask=shown.text)
    if isinstance(shown, Content) and isinstance(entry, Content) and shown != entry:
        return replace(entry, mask=shown.text)
    return entry


def redacted_turn(turn: Turn, entry: Client | Content) -> Turn:
    """The turn that an entry of a `redacted` dialogue has made, with the mask in the place of a secret."""
    if not entry.mask:
        return turn
    return hidden(turn, turn.line if entry.mask == entry.text else entry.mask)


class _Wait(Enum):
    """What the next client line may be. TOLD: an answer, for a challenge came. SENT: an answer ahead of the
    challenge, if it is no command. REFUSED: an answer to nothing, if it looks like one: who was refused may type a
    password again without AUTH."""

    NOTHING = auto()
    TOLD = auto()
    SENT = auto()
    REFUSED = auto()


class Masker:
    """One pass over the entries. What an answer to AUTH is depends on the entries before it, so that one masker has to
    see all of a dialogue, in its order."""

    def __init__(self) -> None:
        self._wait = _Wait.NOTHING
        self._left = 0
        self._literal = False
        self._secret = _NOTHING

    def shown(self, entry: Entry) -> Entry:
        """The entry, masked where it holds a secret."""
        match entry:
            case Server():
                self._hear(entry)
                return self._repeated(entry)
            case Content() if self._literal:
                return Content(MASK, entry.line)
            case Client(text):
                self._literal = _LITERAL.fullmatch(text) is not None
                shown = self._said(entry)
                self._secret = _NOTHING if shown == entry else _secret(text, shown.text)
                return shown
            case _:
                pass
        return entry

    def _repeated(self, reply: Server) -> Server:
        """The reply without what it repeats of the secret before it."""
        if reply.code == CHALLENGE:
            return reply
        lines = tuple(self._secret.sub(MASK, line) for line in reply.lines)
        return reply if lines == reply.lines else replace(reply, lines=lines)

    def _hear(self, reply: Server) -> None:
        """A challenge is 334, or a plus sign in POP3 and IMAP."""
        if reply.code == CHALLENGE or (reply.code == NO_CODE and self._left and reply.lines[-1].split(" ")[0] == "+"):
            self._wait = _Wait.TOLD
        elif reply.code >= 400 and self._wait is not _Wait.NOTHING:
            self._wait = _Wait.REFUSED
        else:
            self._wait, self._left = _Wait.NOTHING, 0

    def _said(self, entry: Client) -> Client:
        if self._answers(entry.text):
            self._wait = _Wait.SENT if self._wait is _Wait.TOLD else self._wait
            self._left = max(0, self._left - 1)
            return entry if entry.text in _OPEN else Client(MASK, entry.line)
        if self._wait is not _Wait.REFUSED or is_command(entry.text):
            self._wait, self._left = _Wait.NOTHING, 0
        from smtpsim.transcript.credentials import login_in, without_credentials  # they need the server's parser

        login = login_in(entry.text)
        if login is None:
            return entry
        if login.mechanism:
            self._wait = _Wait.SENT
            self._left = _CONTINUATIONS.get(login.mechanism, _MOST) - (login.start < len(entry.text))
        shown = without_credentials(entry.text, MASK)
        return entry if shown == entry.text else Client(shown, entry.line)

    def _answers(self, text: str) -> bool:
        if self._wait is _Wait.TOLD:
            return True
        if self._wait is _Wait.REFUSED:
            return not is_command(text) and _readable(text)
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
