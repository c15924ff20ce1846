"""Text from strangers, made safe to show: no control sequence reaches the terminal."""

from __future__ import annotations

import re

_UNSAFE = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")


def _stand_in(match: re.Match[str]) -> str:
    code = ord(match.group())
    if code < 0x20:
        return chr(0x2400 + code)
    if code == 0x7F:
        return "\u2421"
    if 0xDC80 <= code <= 0xDCFF:
        return f"\\x{code - 0xDC00:02x}"
    return f"\\u{code:04x}" if code > 0xFF else f"\\x{code:02x}"


def printable(text: str) -> str:
    """Replace C0 and C1 controls, direction overrides and undecodable octets by visible stand-ins.

    A C0 control becomes its Unicode control picture (ESC is U+241B), an octet that was not UTF-8 `\\xNN`.
    """
    return text if text.isascii() and text.isprintable() else _UNSAFE.sub(_stand_in, text)


def decoded(octets: bytes) -> str:
    """Octets as text: UTF-8, with undecodable octets kept as lone surrogates (PEP 383)."""
    return octets.decode("utf-8", "surrogateescape")


def encoded(text: str) -> bytes:
    """The octets that `decoded` made this text from."""
    return text.encode("utf-8", "surrogateescape")
