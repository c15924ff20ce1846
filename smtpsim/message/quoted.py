"""Quoted strings in header fields (RFC 5322 3.2.4)."""

from __future__ import annotations


def quoted(text: str) -> str:
    """The text as a quoted-string. That it holds no controls is the caller's care."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
