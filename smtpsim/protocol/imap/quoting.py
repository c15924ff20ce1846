"""How IMAP writes strings and lists (RFC 3501 4.3, 4.4, 4.5)."""

from __future__ import annotations

import re
from collections.abc import Iterable

from smtpsim.kernel.printable import decoded, encoded

NIL = "NIL"

# Custom: controls and very long texts go as literals too, though quoted could hold them
_QUOTABLE = re.compile(r"[ -~]{0,1000}")


def string(text: str) -> str:
    """quoted, or a literal where quoted cannot hold the text"""
    if not _QUOTABLE.fullmatch(text):
        return literal(encoded(text))
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def nstring(text: str | None) -> str:
    """string / "NIL" """
    return NIL if text is None else string(text)


def literal(octets: bytes) -> str:
    """literal = "{" number "}" CRLF *CHAR8. Deviation: NUL octets stay as they are in the mail."""
    return f"{{{len(octets)}}}\r\n{decoded(octets)}"


def nliteral(octets: bytes | None) -> str:
    return NIL if octets is None else literal(octets)


def listed(items: Iterable[str]) -> str:
    return f"({' '.join(items)})"
