"""From octets to text by the name of a charset, which may be wrong, unknown or missing."""

from __future__ import annotations

import re

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:+-]{0,40}")

_NO_CHARSETS = frozenset({"idna", "punycode", "unicode_escape", "raw_unicode_escape", "undefined", "mbcs", "oem"})
"""Codecs that Python knows by name and no mail is written in."""

_JIS = b"\x1b$"
"""What begins Japanese characters in ISO-2022-JP (RFC 1468)."""


def text_of(octets: bytes, charset: str) -> str:
    """The text. What the charset does not have becomes U+FFFD; an unknown charset is taken for UTF-8."""
    try:
        return octets.decode(_codec(octets, charset), "replace")
    except (LookupError, ValueError):
        return octets.decode("utf-8", "replace")


def _codec(octets: bytes, charset: str) -> str:
    """Python's name. Mail that calls itself ASCII, or nothing, is often more than that."""
    if charset.lower() in ("", "us-ascii", "ascii"):
        return "iso-2022-jp" if _JIS in octets else "utf-8"
    if not _NAME.fullmatch(charset):
        raise LookupError(charset)
    from codecs import lookup

    codec = lookup(charset).name
    if codec.replace("-", "_") in _NO_CHARSETS:
        raise LookupError(charset)
    return charset
