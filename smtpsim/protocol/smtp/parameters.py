"""The ESMTP parameters after the path (RFC 5321 4.1.1.11)."""

from __future__ import annotations

from typing import NamedTuple

from smtpsim.kernel.fault import Fault
from smtpsim.protocol.smtp import grammar
from smtpsim.protocol.smtp.fault import fault


class Parameter(NamedTuple):
    """`SIZE=100` is ("SIZE", "100", column); `value` is None where no `=` was written."""

    name: str
    value: str | None
    column: int

    @property
    def value_column(self) -> int:
        """Where the value begins; without one, where the name does."""
        return self.column if self.value is None else self.column + len(self.name) + 1


def read_parameters(line: str, start: int) -> tuple[Parameter, ...] | Fault:
    """Cut the words from index `start` on. The path must be followed by a space or by nothing."""
    if start < len(line) and line[start] not in " \t":
        return fault("after-path", start + 1, line[start:])
    found: list[Parameter] = []
    for word in grammar.WORD.finditer(line, start):
        name, equals, value = word.group().partition("=")
        keyword = grammar.KEYWORD.match(name)
        end = keyword.end() if keyword else 0
        if end == 0 or end < len(name):
            return fault("parameter-syntax", word.start() + end + 1, word.group())
        found.append(Parameter(name.upper(), value if equals else None, word.start() + 1))
    return tuple(found)
