"""The modifiers of RFC 7208 6, one file each: its grammar, its typed term, and its effect."""

from __future__ import annotations

from smtpsim.spf.fault import SyntaxFault
from smtpsim.spf.modifiers import exp, redirect, unknown

Modifier = redirect.Redirect | exp.Exp | unknown.Unknown


def parse_modifier(name: str, column: int, value: str, at: int) -> Modifier | SyntaxFault:
    """Read a modifier; `at` is the column of its value. Names do not depend on case (RFC 7208 12)."""
    return _PARSERS.get(name.lower(), unknown.parse)(name, column, value, at)


_PARSERS = {"redirect": redirect.parse, "exp": exp.parse}
