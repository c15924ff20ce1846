"""Quoted strings in header fields (RFC 5322 3.2.4), and those of parameters (RFC 2045 5.1)."""

from __future__ import annotations

import re

_QUOTED_PAIR = re.compile(r"\\(.)", re.DOTALL)


def quoted(text: str) -> str:
    """The text as a quoted-string. That it holds no controls is the caller's care."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def unquoted(word: str) -> str:
    """What a quoted-string stands for; its end may be missing. Any other word is itself."""
    if not word.startswith('"'):
        return word
    return _QUOTED_PAIR.sub(r"\1", word[1:].removesuffix('"'))
