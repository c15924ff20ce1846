"""Text beyond ASCII in a header, written as encoded words (RFC 2047)."""

from __future__ import annotations

LONGEST_WORD = 200
"""A word longer than this cannot be folded within the limit of a line; it is encoded, and thereby cut."""

WIDTH = 60
"""Columns of one encoded word. RFC 2047 2 has 75 as the limit; so short, two fit well on folded lines."""


def needs_encoding(text: str) -> bool:
    """Whether text can stand in a header only as encoded words, or would be taken for some."""
    if not text.isascii() or "=?" in text:
        return True
    return max(map(len, text.split(" "))) > LONGEST_WORD


def encoded_words(text: str) -> str:
    """The text as encoded words in UTF-8, with a space between them that readers pass over (RFC 2047 6.2)."""
    from email.header import Header

    return Header(text, "utf-8", maxlinelen=WIDTH).encode(linesep="\n").replace("\n", "")
