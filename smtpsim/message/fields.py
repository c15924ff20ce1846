"""Header fields as a mail program writes them: encoded where they must be, and folded (RFC 5322 2.2.3)."""

from __future__ import annotations

from collections.abc import Iterable

from smtpsim.message.addresses import NamedAddress, written
from smtpsim.message.encoded_words import encoded_words, needs_encoding

WIDTH = 78
"""Characters of a header line, without CRLF, that RFC 5322 2.1.1 recommends not to exceed."""


def text_field(name: str, text: str) -> tuple[str, ...]:
    """A field whose value is text, such as Subject, as lines. The text holds no control characters."""
    return folded(name, encoded_words(text) if needs_encoding(text) else text)


def address_field(name: str, addresses: Iterable[NamedAddress]) -> tuple[str, ...]:
    """A field whose value is a list of addresses, as lines."""
    return folded(name, ", ".join(map(written, addresses)))


def folded(name: str, value: str) -> tuple[str, ...]:
    """The field as lines, broken before spaces. A word that is too long stays whole."""
    lines: list[str] = []
    line = f"{name}:"
    for word in value.split(" "):
        if word and line.strip() and len(line) + 1 + len(word) > WIDTH:
            lines.append(line)
            line = ""
        line = f"{line} {word}"
    return (*lines, line)
