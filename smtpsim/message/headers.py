"""The header of a letter as it is typed, field by field (RFC 5322 2.2). A turn costs the same however long the
letter has become."""

from __future__ import annotations

import re
from typing import NamedTuple

from smtpsim.kernel.printable import decoded
from smtpsim.message.decoded_words import readable

__all__ = ["NO_HEADERS", "Field", "Headers", "read_headers", "readable"]

MOST_FIELDS = 500
"""Fields beyond these are not kept: a letter may hold any number of them."""

LONGEST_VALUE = 16_384
"""Characters of a value beyond these are not kept."""

_BLANKS = " \t"

# field-name = 1*ftext ; any printable character but the colon. Spaces before the colon are obsolete syntax.
_FIELD = re.compile(r"([!-9;-~]+)[ \t]*:[ \t]*(.*)", re.DOTALL)


class Field(NamedTuple):
    """One header field, unfolded. `value` is as typed, encoded words and all."""

    name: str
    value: str


class Headers(NamedTuple):
    """What is known of the header so far. `ended` by an empty line; `broken` by a line that is no field; `skipped`
    counts the fields that are not kept."""

    fields: tuple[Field, ...] = ()
    ended: bool = False
    broken: bool = False
    skipped: int = 0

    def add(self, line: bytes) -> Headers:
        """Take the next line of the letter. Lines of the body change nothing."""
        if self.ended:
            return self
        if not line:
            return Headers(self.fields, ended=True)
        text = decoded(line)
        if text[0] in _BLANKS and self.fields:
            return self if self.skipped else self._folded(text)
        match = _FIELD.fullmatch(text)
        if not match:
            return Headers(self.fields, ended=True, broken=True)
        if len(self.fields) >= MOST_FIELDS:
            return self._replace(skipped=self.skipped + 1)
        return Headers((*self.fields, Field(match[1], match[2][:LONGEST_VALUE])))

    def _folded(self, text: str) -> Headers:
        """A line that begins with a space goes on with the field before it (RFC 5322 2.2.3)."""
        last = self.fields[-1]
        if len(last.value) >= LONGEST_VALUE:
            return self
        value = f"{last.value} {text.strip(_BLANKS)}".strip(_BLANKS)[:LONGEST_VALUE]
        return Headers((*self.fields[:-1], Field(last.name, value)))

    def values(self, name: str) -> tuple[str, ...]:
        """The values of every field of that name, in any case."""
        return tuple(field.value for field in self.fields if field.name.lower() == name.lower())


NO_HEADERS = Headers()


def read_headers(lines: list[bytes]) -> Headers:
    """The header of a whole letter."""
    headers = NO_HEADERS
    for line in lines:
        headers = headers.add(line)
        if headers.ended:
            break
    return headers
