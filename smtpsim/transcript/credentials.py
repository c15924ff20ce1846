"""Where in a line the credentials of a client stand: decided by the parser that decides what the server takes, and for
lines that nearly are a log-in by what could be meant, so that a mistyped password is hidden, too.

Passwords of POP3 and IMAP as well (RFC 1939 7, RFC 3501 6.2.3): a line is judged without knowing which protocol it is.
"""

from __future__ import annotations

import re
import unicodedata
from base64 import b64decode
from typing import NamedTuple

from smtpsim.protocol.smtp.command import read_command
from smtpsim.protocol.smtp.extensions.auth import MECHANISMS
from smtpsim.protocol.smtp.service import Command
from smtpsim.protocol.smtp.table import KNOWN
from smtpsim.world.lookalike import one_edit


class Login(NamedTuple):
    """A line that logs in, or nearly does. `mechanism` is its SASL mechanism in upper case, "" where it names none; the
    credentials begin at index `start`, which is the line's length where it holds none."""

    mechanism: str
    start: int


# sasl-mech = 1*20mech-char (RFC 4422 3.1), written all large or all small: base64 is hardly ever either
_MECHANISM = re.compile(r"[A-Z0-9_-]{1,20}|[a-z0-9_-]{1,20}")

_OTHERS = (
    *("ANONYMOUS", "DIGEST-MD5", "EXTERNAL", "GSSAPI", "NTLM", "OAUTHBEARER", "XOAUTH2"),
    "SCRAM-SHA-[0-9]+(?:-PLUS)?",
)
_KNOWN = "|".join((*MECHANISMS, *_OTHERS))
_KNOWN_MECHANISM = re.compile(_KNOWN, re.IGNORECASE)

# a mechanism of these behind a word, and the signs after it
_MECHANISM_BEHIND = re.compile(rf"[\s=:,;.-]*({_KNOWN})(?![A-Za-z0-9-])[\s:,;.-]*", re.IGNORECASE)
_SIGNS = re.compile(r"[\s=:,;.-]*")
_FIRST_WORD = re.compile(r"[^A-Za-z]*([A-Za-z]+)")

# AUTHENTICATE stands behind a tag in IMAP, as LOGIN does; beginners leave the tag out
_AUTHENTICATE = re.compile(r"\s*\S+\s+AUTHENTICATE\s+(\S*)\s*", re.IGNORECASE)
_LOGIN = re.compile(r"\s*(?:\S+\s+)?LOGIN\s+(?:\"(?:\\.|[^\"\\])*\"|\S+)\s+(?=\S)", re.IGNORECASE)
_PASS = re.compile(r"\s*(?:PASS(?:[\s:=]+|(?=[^A-Za-z\s]))|APOP[\s:=]+\S+\s+)(?=\S)", re.IGNORECASE)


def login_in(line: str) -> Login | None:
    """The log-in that a line is, or could be meant to be; None for every other line."""
    command = read_command(line)
    if not isinstance(command, Command):
        return None
    if command.verb == "AUTH":
        return _after_auth(line, command.start)
    nearly = None if command.verb in KNOWN else _of_mailboxes(line) or _nearly_auth(line)
    return nearly or _proof(line)


def without_credentials(line: str, mask: str = "") -> str:
    """The line with a mask in the place of its credentials."""
    login = login_in(line)
    hidden = login and line[login.start :].strip() not in _OPEN
    return line[: login.start] + mask if login and hidden else line


_OPEN = frozenset({"", "*", "="})
"""What answers nothing: no response, a cancel, an empty response (RFC 4954 4). A mask over these would mislead."""


def _after_auth(line: str, start: int) -> Login:
    """Behind AUTH stands a mechanism; what is no name of one may be the response without it."""
    name, *behind = re.split(r"(?<=\S)(?=\s)", line[start:], maxsplit=1)
    if not _MECHANISM.fullmatch(name):
        return Login("", start)
    blanks = len(behind[0]) - len(behind[0].lstrip()) if behind else 0
    return Login(name.upper(), start + len(name) + blanks)


def _of_mailboxes(line: str) -> Login | None:
    """The passwords of POP3 and IMAP, and IMAP's AUTHENTICATE."""
    for pattern in (_LOGIN, _PASS):
        if found := pattern.match(line):
            return Login("", found.end())
    authenticate = _AUTHENTICATE.match(line)
    return Login(authenticate[1].upper(), authenticate.end()) if authenticate else None


def _nearly_auth(line: str) -> Login | None:
    """AUTH mistyped, written together with what follows, or with signs that are no blanks."""
    text, places = _letters(line)
    word = _FIRST_WORD.match(text)
    letters = word[1].upper() if word else ""
    if word is None or letters in _NO_AUTH:
        return None
    together = letters.startswith("AUTH") and letters != "AUTHENTICATE"
    if not together and letters != "AUTHENTICATE" and not one_edit(letters, "AUTH"):
        return None
    end = word.start(1) + len("AUTH") if together else word.end()
    mechanism = _MECHANISM_BEHIND.match(text, end)
    if mechanism:
        return Login(mechanism[1].upper(), places[mechanism.end()])
    signs = _SIGNS.match(text, end)
    return Login("", places[signs.end() if signs else end])


_NO_AUTH = frozenset({"AUTHOR", "AUTHORS"})
"""Words that begin so and mean something else: header fields that were typed too early."""


def _proof(line: str) -> Login | None:
    """A word that is base64 of a user and a password, as PLAIN has them (RFC 4616 2), wherever it stands; or that can
    be read so behind the name of a mechanism."""
    before = ""
    for word in re.finditer(r"\S+", line):
        read = _decoded(word.group())
        if read.count("\0") == 2 or (read and _KNOWN_MECHANISM.fullmatch(before)):
            return Login("", word.start())
        before = word.group()
    return None


def _decoded(word: str) -> str:
    """What base64 stands for, "" where it is none or no text."""
    try:
        text = b64decode(word, validate=True).decode("utf-8")
    except ValueError:
        return ""
    return text if text.replace("\0", "").isprintable() else ""


class _Letters(NamedTuple):
    """A line in its plain letters: full-width ones as ASCII, without what cannot be seen. `places` are the indices
    that its characters have in the line, and the line's length."""

    text: str
    places: tuple[int, ...]


def _letters(line: str) -> _Letters:
    seen = [
        (plain, index)
        for index, character in enumerate(line)
        if character == "\t" or unicodedata.category(character) not in _UNSEEN
        for plain in unicodedata.normalize("NFKC", character)
    ]
    return _Letters("".join(plain for plain, _ in seen), (*(index for _, index in seen), len(line)))


_UNSEEN = frozenset({"Cc", "Cf", "Mn"})
"""The Unicode categories of controls, formats and marks without a place of their own."""
