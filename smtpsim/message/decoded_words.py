"""Encoded words in a header, read as the text that they stand for (RFC 2047)."""

from __future__ import annotations

import re
from binascii import Error, a2b_base64, a2b_qp
from collections.abc import Iterator
from itertools import groupby

from smtpsim.kernel.printable import encoded
from smtpsim.message.charset import text_of

# encoded-word = "=?" charset "?" encoding "?" encoded-text "?=" ; a language may follow the charset (RFC 2231 5).
# Deviation: blanks in the text, as many mail programs write them
_WORD = re.compile(r"=\?([^?* \t]+)(?:\*[^? \t]*)?\?([BbQq])\?([^?]*)\?=")

# words with only blanks between them; those blanks are not part of the text (RFC 2047 6.2)
_WORDS = re.compile(rf"{_WORD.pattern}(?:[ \t]+{_WORD.pattern})*")


def readable(value: str) -> str:
    """A field's value with its encoded words decoded. What is no such word, or a broken one, stays as it is."""
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
