"""A condition: an object of a turn, by its subject, and the values that matter.

    reply code=550
    outcome recipient=bob@hogefuga.com status=delivered
    not header name=Bcc
    reply text~="Relay access denied"
    envelope count>=3

`=` compares as text, `~=` asks whether the value contains the text, `>=` whether it is at least that number. There is
no expression language: what must hold together stands in conditions of the same step.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import NamedTuple

Value = str | int | tuple[str, ...] | None
Seen = Mapping[str, Value]
"""An object as a condition sees it: plain values by their names. A tuple holds several, of which one must fit."""


class Operator(StrEnum):
    EQUAL = "="
    CONTAINS = "~="
    AT_LEAST = ">="


class Scope(StrEnum):
    """Over what a condition must hold: one turn together with the others of that scope, one mail together with them,
    or the session as a whole."""

    TURN = "turn"
    MAIL = "mail"
    SESSION = "session"


class Term(NamedTuple):
    """A name of the object and what its value is compared with. `exact` tells that upper and lower case differ."""

    name: str
    operator: Operator
    value: str
    exact: bool = False

    def holds(self, found: Value) -> bool:
        """Whether a value, or one of several, is as the term says. An unknown value (None) never is."""
        values = found if isinstance(found, tuple) else (found,)
        return any(self._fits(value) for value in values if value is not None)

    def _fits(self, found: str | int) -> bool:
        if self.operator is Operator.AT_LEAST:
            number = _number(str(found))
            return number is not None and number >= int(self.value)
        here, wanted = str(found), self.value
        if not self.exact:
            here, wanted = here.casefold(), wanted.casefold()
        return here == wanted if self.operator is Operator.EQUAL else wanted in here


class Condition(NamedTuple):
    """`text` is how it is written, for lists and for grading."""

    subject: str
    terms: tuple[Term, ...]
    scope: Scope
    negated: bool
    text: str

    def matches(self, seen: Seen) -> bool:
        """Whether the object is one that the condition speaks of, whatever `not` makes of that."""
        return all(term.holds(seen.get(term.name)) for term in self.terms)


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 19 else None
