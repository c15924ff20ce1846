"""A published record as typed terms (RFC 7208 4.6.1), and its text."""

from __future__ import annotations

from typing import NamedTuple

from smtpsim.spf.modifiers import Modifier
from smtpsim.spf.modifiers.exp import Exp
from smtpsim.spf.modifiers.redirect import Redirect
from smtpsim.spf.run import Mechanism

VERSION = "v=spf1"


class Record(NamedTuple):
    """`terms` in the order published; `mechanisms`, `redirect` and `exp` are picked out of them.

    str() prints every term at its column, so that parsing the text gives the same record again.
    """

    terms: tuple[Mechanism | Modifier, ...]
    mechanisms: tuple[Mechanism, ...]
    redirect: Redirect | None
    exp: Exp | None

    def __str__(self) -> str:
        pieces, length = [VERSION], len(VERSION)
        for term in self.terms:
            spaces = max(1, term.column - 1 - length)
            text = str(term)
            pieces += (" " * spaces, text)
            length += spaces + len(text)
        return "".join(pieces)
