"""Untrusted text, made safe to show: no control sequence reaches the terminal."""

from __future__ import annotations

import re

_CONTROLS = "\x00-\x1f\x7f-\x9f"
_DIRECTIONS = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
_LINE_ENDS = "\u2028\u2029"
_UNSEEN = "\u200b\u2060-\u2065\u206a-\u206f\ufeff\ufff9-\ufffb\ufffe\uffff"
_SURROGATES = "\ud800-\udfff"
_UNSAFE = re.compile(f"[{_CONTROLS}{_DIRECTIONS}{_LINE_ENDS}{_UNSEEN}{_SURROGATES}]")


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
    """Replace controls, direction marks, unseen characters and undecodable octets by visible stand-ins.

    A C0 control becomes its Unicode control picture (ESC is U+241B), an octet that was not UTF-8 `\\xNN`.
    """
    return text if text.isprintable() else _UNSAFE.sub(_stand_in, text)


def decoded(octets: bytes) -> str:
    """Octets as text: UTF-8, with undecodable octets kept as lone surrogates (PEP 383)."""
    return octets.decode("utf-8", "surrogateescape")


# surrogates that stand for no octet, as a JSON file may hold them
_STRAY = re.compile("[\ud800-\udc7f\udd00-\udfff]")


def encoded(text: str) -> bytes:
    """The octets that `decoded` made this text from. A stray surrogate becomes U+FFFD."""
    try:
        return text.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        return _STRAY.sub("\ufffd", text).encode("utf-8", "surrogateescape")
