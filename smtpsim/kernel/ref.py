"""A reference to the rule that decided: an RFC and its section, as data."""

from __future__ import annotations

from typing import NamedTuple


class Ref(NamedTuple):
    """One section of one RFC. `section` is "" when the whole document is meant.

    >>> str(Ref(5321, "4.1.4"))
    'RFC 5321 4.1.4'
    """

    rfc: int
    section: str = ""

    def __str__(self) -> str:
        return f"RFC {self.rfc} {self.section}".rstrip()
