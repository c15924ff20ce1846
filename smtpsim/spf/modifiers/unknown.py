"""A modifier that no rule knows: well formed, and ignored (RFC 7208 6).

unknown-modifier = name "=" macro-string
"""

from __future__ import annotations

from typing import NamedTuple

from smtpsim.kernel.ref import Ref
from smtpsim.spf.fault import SyntaxFault
from smtpsim.spf.macro import MacroString, parse_macros, printed


class Unknown(NamedTuple):
    column: int
    name: str
    value: MacroString

    @property
    def ref(self) -> Ref:
        return Ref(7208, "6")

    def __str__(self) -> str:
        return f"{self.name}={printed(self.value)}"


def parse(name: str, column: int, value: str, at: int) -> Unknown | SyntaxFault:
    parts = parse_macros(value, at)
    return parts if isinstance(parts, SyntaxFault) else Unknown(column, name, parts)
