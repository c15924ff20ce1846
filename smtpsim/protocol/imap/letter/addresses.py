"""Address lists of header fields, as ENVELOPE tells them: taken apart, not decoded (RFC 5322 3.4).

What breaks the grammar is read as well as it goes; reading takes time in proportion to the field.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple


class Address(NamedTuple):
    """A mailbox. `name` is its display name, `route` its obsolete source route; None where there is none.

    A group begins with an address whose `host` is None and whose `mailbox` is the group's name, and ends with one
    that is None in all (RFC 3501 7.4.2).
    """

    name: str | None
    route: str | None
    mailbox: str | None
    host: str | None


GROUP_END = Address(None, None, None, None)


class _Token(NamedTuple):
    """`kind` is the special itself, or word, quoted, comment; `spaced`: a blank stands before it."""

    kind: str
    text: str
    spaced: bool


# quoted-string, domain-literal, special, or a run of anything else but spaces. A quote that is never closed goes
# on to the end, so that nothing is read twice.
_TOKEN = re.compile(
    r'"(?P<quoted>(?:[^"\\]|\\.)*)(?:"|\\?\Z)|\[[^\[\]]*\]|(?P<special>[()<>@,:;.\[\]\\])|[^ ()<>@,:;."\[\]\\]+',
    re.DOTALL,
)
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)


def _tokens(value: str) -> Iterator[_Token]:
    depth = start = 0
    for match in _TOKEN.finditer(value):
        if match.group() == "(":
            start = start if depth else match.start()
            depth += 1
        elif not depth:
            yield _token(match)
        elif match.group() == ")":
            depth -= 1
            if not depth:
                yield _Token("comment", value[start + 1 : match.start()], False)


def _token(match: re.Match[str]) -> _Token:
    text, quoted = match.group(), match["quoted"]
    spaced = match.string.startswith(" ", max(match.start() - 1, 0))
    if quoted is not None:
        return _Token("quoted", _ESCAPED.sub(r"\1", quoted), spaced)
    return _Token(text if match["special"] else "word", text, spaced)


def read_addresses(value: str) -> list[Address]:
    """The addresses of an unfolded field."""
    reader = _Reader()
    for token in _tokens(value):
        reader.take(token)
    return reader.all()


class _Reader:
    """Collects tokens until an address is whole. `_angle` is "<" inside angle brackets, "@" inside their route."""

    def __init__(self) -> None:
        self._found: list[Address] = []
        self._pending: list[_Token] = []
        self._angle = ""
        self._group = False

    def take(self, token: _Token) -> None:
        if token.kind == "," and self._angle != "@":
            self._flush()
        elif token.kind == ";" and self._group:
            self._end_group()
        elif token.kind == ":" and not self._angle and not self._group:
            self._found.append(Address(None, None, _phrase(self._pending) or "", None))
            self._group, self._pending = True, []
        else:
            self._angle = self._angle_after(token.kind)
            self._pending.append(token)

    def all(self) -> list[Address]:
        """Everything; what was never closed ends here."""
        if self._group:
            self._end_group()
        self._flush()
        return self._found

    def _angle_after(self, kind: str) -> str:
        if kind == "@" and self._pending and self._pending[-1].kind == "<":
            return "@"
        if kind == "<" or (kind == ":" and self._angle):
            return "<"
        return "" if kind == ">" else self._angle

    def _flush(self) -> None:
        self._found += _address(self._pending)
        self._pending, self._angle = [], ""

    def _end_group(self) -> None:
        self._flush()
        self._found.append(GROUP_END)
        self._group = False


def _address(tokens: list[_Token]) -> list[Address]:
    """One mailbox, or none where nothing stands."""
    words = [token for token in tokens if token.kind != "comment"]
    if not words:
        return []
    comments = [token.text for token in tokens if token.kind == "comment"]
    kinds = [token.kind for token in words]
    if "<" not in kinds:
        return [_mailbox(words, comments[-1] if comments else None)]
    start = kinds.index("<")
    end = kinds.index(">", start) if ">" in kinds[start:] else len(kinds)
    return [_mailbox(words[start + 1 : end], _phrase(words[:start]) or (comments[-1] if comments else None))]


def _mailbox(words: list[_Token], name: str | None) -> Address:
    """addr-spec = local-part "@" domain, perhaps behind a route that ends with a colon"""
    kinds = [token.kind for token in words]
    route = None
    if kinds[:1] == ["@"] and ":" in kinds:
        colon = kinds.index(":")
        route, words, kinds = _joined(words[:colon]), words[colon + 1 :], kinds[colon + 1 :]
    if "@" not in kinds:
        return Address(name, route, _joined(words), "")
    at = len(kinds) - 1 - kinds[::-1].index("@")
    return Address(name, route, _joined(words[:at]), _joined(words[at + 1 :]))


def _joined(words: list[_Token]) -> str:
    return "".join(token.text for token in words)


def _phrase(tokens: list[_Token]) -> str | None:
    """A display name: words with one space where there were blanks."""
    spoken = [token for token in tokens if token.kind != "comment"]
    text = "".join(f" {token.text}" if token.spaced else token.text for token in spoken)
    return text.strip(" ") or None
