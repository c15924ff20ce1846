"""An Authentication-Results field read back: what a server says that it has found out (RFC 8601 2.2)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from smtpsim.message.parameters import unquoted

MOST_RESULTS = 100
"""Results of one field that are read."""

DEEPEST_COMMENT = 10

_COMMENT = re.compile(r"\([^()]*\)")

# a quoted string, or all up to a semicolon or a quote
_PIECE = re.compile(r'"(?:[^"\\]|\\.)*"?|[^;"]+|;', re.DOTALL)

# methodspec = method ["/" version] "=" result ; propspec = ptype "." property "=" pvalue. Deviation: a value is all up
# to a blank, since base64 with its equals signs is written without quotes (header.b).
_PAIR = re.compile(
    r'(?<![\w.\-])([A-Za-z][\w.\-]*+)(?:\s*/\s*\d+)?\s*=\s*((?:"(?:[^"\\]|\\.)*"?|[^\s;"]++)+)', re.DOTALL
)


class MethodResult(NamedTuple):
    """What one method found: `method` and `result` in lower case, and what it speaks of (`smtp.mailfrom`), in the order
    that they are written in."""

    method: str
    result: str
    properties: tuple[tuple[str, str], ...] = ()

    def about(self, name: str) -> str:
        """The value of a property, "" where it is missing."""
        return next((value for known, value in self.properties if known == name), "")


class Results(NamedTuple):
    """The name of the server that speaks (its authserv-id), in lower case, and what it says."""

    server: str
    results: tuple[MethodResult, ...] = ()

    def of(self, method: str) -> tuple[MethodResult, ...]:
        return tuple(one for one in self.results if one.method == method)


def read_results(value: str) -> Results:
    """Read the value of the field. All of it is the word of whoever wrote it; what cannot be read is passed over."""
    server, *parts = _parts(_without_comments(value))
    words = server.split()
    found = (_result(part) for part in parts[:MOST_RESULTS])
    return Results(unquoted(words[0]).lower() if words else "", tuple(one for one in found if one))


def _without_comments(value: str) -> str:
    """The value with a blank for each comment; a comment may hold others."""
    for _ in range(DEEPEST_COMMENT):
        value, count = _COMMENT.subn(" ", value)
        if not count:
            break
    return value


def _parts(value: str) -> Iterator[str]:
    """What stands between semicolons, those in quotes not counted."""
    part: list[str] = []
    for match in _PIECE.finditer(value):
        if match[0] == ";":
            yield "".join(part)
            part = []
        else:
            part.append(match[0])
    yield "".join(part)


def _result(part: str) -> MethodResult | None:
    pairs = [(match[1].lower(), unquoted(match[2])) for match in _PAIR.finditer(part)]
    if not pairs or "." in pairs[0][0]:
        return None
    (method, result), *properties = pairs
    return MethodResult(method, result.lower(), tuple(pair for pair in properties if "." in pair[0]))
