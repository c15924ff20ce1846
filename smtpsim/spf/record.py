"""A published record as typed terms (RFC 7208 4.6.1), and its text."""

from __future__ import annotations

from itertools import chain
from typing import NamedTuple

from smtpsim.spf.modifiers import Modifier
from smtpsim.spf.modifiers.exp import Exp
from smtpsim.spf.modifiers.redirect import Redirect
from smtpsim.spf.modifiers.unknown import Unknown
from smtpsim.spf.networks import Networks
from smtpsim.spf.run import Mechanism

VERSION = "v=spf1"


Part = Networks | Mechanism | Modifier


class Record(NamedTuple):
    """`parts` in the order published; `evaluated`, `redirect` and `exp` are picked out of them.

    str() prints every term at its column, so that parsing the text gives the same record again.
    """

    parts: tuple[Part, ...]
    evaluated: tuple[Networks | Mechanism, ...]
    redirect: Redirect | None
    exp: Exp | None

    def __eq__(self, other: object) -> bool:
        """Records are equal when their terms are: +ip4:192.0.2.1/32 is ip4:192.0.2.1."""
        return isinstance(other, Record) and self.terms == other.terms

    def __hash__(self) -> int:
        return hash(self.terms)

    @property
    def terms(self) -> tuple[Mechanism | Modifier, ...]:
        """Every term, typed."""
        return tuple(chain.from_iterable(part.terms if isinstance(part, Networks) else (part,) for part in self.parts))

    @property
    def mechanisms(self) -> tuple[Mechanism, ...]:
        return tuple(term for term in self.terms if not isinstance(term, Redirect | Exp | Unknown))

    def __str__(self) -> str:
        pieces, length = [VERSION], len(VERSION)
        for term in self.terms:
            spaces = max(1, term.column - 1 - length)
            text = str(term)
            pieces += (" " * spaces, text)
            length += spaces + len(text)
        return "".join(pieces)
