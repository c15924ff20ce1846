"""The dot before a line's own: it keeps a line of content from being taken for the end (RFC 5321 4.5.2, RFC 1939 3)."""

from __future__ import annotations

from typing import AnyStr


def stuffed(line: AnyStr) -> AnyStr:
    """A line of content as it goes over the wire."""
    return line[:1] + line if line[:1] in _DOTS else line


def unstuffed(line: AnyStr) -> AnyStr:
    """A line of content without the dot that was put before it."""
    return line[1:] if line[:1] in _DOTS else line


_DOTS: tuple[str | bytes, ...] = (".", b".")
