"""The ESMTP parameters behind the path (RFC 5321 4.1.1.11)."""

from __future__ import annotations

from typing import NamedTuple

from smtpsim.protocol.smtp import grammar
from smtpsim.protocol.smtp.fault import Fault, fault


class Parameter(NamedTuple):
    """`SIZE=100` is ("SIZE", "100", column); `value` is None where no `=` was written."""

    name: str
    value: str | None
    column: int


def read_parameters(line: str, start: int) -> tuple[Parameter, ...] | Fault:
    """Cut the words from index `start` on. The path must be followed by a space or by nothing."""
    if start < len(line) and line[start] not in " \t":
        return fault("after-path", start + 1, line[start:])
    found: list[Parameter] = []
    at = start
    for word in line[start:].split():
        at = line.index(word, at)
        name, equals, value = word.partition("=")
        if not grammar.KEYWORD.fullmatch(name):
            return fault("parameter-syntax", at + 1, word)
        found.append(Parameter(name.upper(), value if equals else None, at + 1))
        at += len(word)
    return tuple(found)
