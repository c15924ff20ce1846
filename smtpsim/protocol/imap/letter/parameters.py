"""Content-Type, Content-Disposition and their parameters (RFC 2045 5.1, RFC 2183 2)."""

from __future__ import annotations

import re
from typing import NamedTuple

# token = 1*<any CHAR except SPACE, CTLs or tspecials>
_TOKEN = r"[!#$%&'*+\-.0-9A-Z^_`a-z{|}~]+"

_TYPE = re.compile(rf" ?({_TOKEN}) ?/ ?({_TOKEN})")
_WORD = re.compile(rf" ?({_TOKEN})")

# parameter = attribute "=" value. Deviation: a value without quotes may hold any sign but the semicolon
_PARAMETER = re.compile(rf'; ?({_TOKEN}) ?= ?(?:"((?:[^"\\]|\\.)*)(?:"|\\?\Z)|([^;" ]*))')

_ESCAPED = re.compile(r"\\(.)")

Parameters = tuple[tuple[str, str], ...]


class ContentType(NamedTuple):
    """`kind` and `subtype` in lower case; parameters as they stand there, RFC 2231 pieces and all."""

    kind: str
    subtype: str
    parameters: Parameters = ()

    def parameter(self, name: str) -> str | None:
        return next((value for key, value in self.parameters if key.lower() == name), None)


class Disposition(NamedTuple):
    kind: str
    parameters: Parameters


TEXT = ContentType("text", "plain", (("charset", "us-ascii"),))
"""What a part is that does not say it (RFC 2045 5.2)."""

MESSAGE = ContentType("message", "rfc822")
"""The same inside a digest (RFC 2046 5.1.5)."""


def read_content_type(value: str | None, otherwise: ContentType = TEXT) -> ContentType:
    """Read an unfolded Content-Type; one that makes no sense is `otherwise`."""
    match = _TYPE.match(value or "")
    if not match or value is None:
        return otherwise
    return ContentType(match.group(1).lower(), match.group(2).lower(), _parameters(value, match.end()))


def read_disposition(value: str | None) -> Disposition | None:
    match = _WORD.match(value or "")
    return Disposition(match.group(1), _parameters(value or "", match.end())) if match else None


def _parameters(value: str, at: int) -> Parameters:
    return tuple(
        (match.group(1), _ESCAPED.sub(r"\1", match.group(2)) if match.group(3) is None else match.group(3))
        for match in _PARAMETER.finditer(value, at)
    )
