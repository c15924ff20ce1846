"""One Received field read back: from whom, by whom, how and when (RFC 5321 4.4)."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import NamedTuple

CLAUSES = ("from", "by", "via", "with", "id", "for")

# an address literal, which servers put into the comment after the name in HELO
_ADDRESS = re.compile(r"\[(?:IPv6:)?([0-9A-Fa-f.:]+)\]", re.IGNORECASE)
_COMMENT = re.compile(r"\([^()]*\)")
DEEPEST_COMMENT = 10


class Passage(NamedTuple):
    """What one server wrote down. `client` is the name that was said in HELO, `client_ip` the address that it
    came from, `date` as written; each is "" where the field does not tell."""

    client: str
    client_ip: str
    server: str
    protocol: str
    queue_id: str
    date: str


def read_passage(value: str) -> Passage:
    """Read the value of a Received field; anything can stand there."""
    said, _, date = value.rpartition(";")
    clauses = _clauses(said or value)
    address = _ADDRESS.search(said)
    return Passage(
        client=clauses.get("from", ""),
        client_ip=address[1] if address else "",
        server=clauses.get("by", ""),
        protocol=clauses.get("with", ""),
        queue_id=clauses.get("id", ""),
        date=" ".join(date.split()) if said else "",
    )


def _clauses(said: str) -> dict[str, str]:
    """The word after each keyword; the first time that it comes counts."""
    for _ in range(DEEPEST_COMMENT):
        said = _COMMENT.sub(" ", said)
    words = said.split()
    found: dict[str, str] = {}
    for keyword, word in pairwise(words):
        if keyword.lower() in CLAUSES:
            found.setdefault(keyword.lower(), word)
    return found
