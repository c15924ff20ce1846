"""Text beyond ASCII in a header, as encoded words: written, and read (RFC 2047)."""

from __future__ import annotations

import re
from binascii import Error, a2b_base64, a2b_qp
from collections.abc import Iterator
from itertools import groupby

from smtpsim.kernel.printable import encoded
from smtpsim.message.charset import text_of

LONGEST_WORD = 200
"""A word longer than this cannot be folded within the limit of a line; it is encoded, and thereby cut."""

WIDTH = 60
"""Columns of one encoded word. RFC 2047 2 has 75 as the limit; so short, two fit well on folded lines."""

# encoded-word = "=?" charset "?" encoding "?" encoded-text "?=" ; a language may follow the charset (RFC 2231 5).
# Deviation: blanks in the text, as many mail programs write them
_WORD = re.compile(r"=\?([^?* \t]+)(?:\*[^? \t]*)?\?([BbQq])\?([^?]*)\?=")

# words with only blanks between them; those blanks are not part of the text (RFC 2047 6.2)
_WORDS = re.compile(rf"{_WORD.pattern}(?:[ \t]+{_WORD.pattern})*")


def needs_encoding(text: str) -> bool:
    """Whether text can stand in a header only as encoded words, or would be taken for some."""
    if not text.isascii() or "=?" in text:
        return True
    return max(map(len, text.split(" "))) > LONGEST_WORD


def encoded_words(text: str) -> str:
    """The text as encoded words in UTF-8, with a space between them that readers pass over (RFC 2047 6.2)."""
    from email.header import Header

    return Header(text, "utf-8", maxlinelen=WIDTH).encode(linesep="\n").replace("\n", "")


def readable(value: str) -> str:
    """A field's value with its encoded words decoded. What is no such word, or a broken one, stays as it is.

    `email.header.decode_header` was tried: it raises for broken base64, and does not join a character that two words
    share.
    """
    return _WORDS.sub(_decoded, value) if "=?" in value else value


def _decoded(words: re.Match[str]) -> str:
    pieces = _WORD.finditer(words.group())
    return "".join(text for charset, group in groupby(pieces, _charset) for text in _joined(charset, group))


def _charset(word: re.Match[str]) -> str:
    return word[1].lower()


def _joined(charset: str, words: Iterator[re.Match[str]]) -> Iterator[str]:
    """The text of words in one charset. A character may be cut in two by the end of a word, against RFC 2047 5."""
    octets = b""
    for word in words:
        found = _octets(word)
        if found is None:
            yield text_of(octets, charset) + word.group()
            octets = b""
        else:
            octets += found
    yield text_of(octets, charset)


def _octets(word: re.Match[str]) -> bytes | None:
    """What the word encodes, None when it is broken."""
    text = encoded(word[3])
    if word[2] in "Qq":
        return a2b_qp(text, header=True)
    try:
        return a2b_base64(text + b"=" * (-len(text) % 4))
    except Error:
        return None
