"""The verbs of RFC 5321, found by their files: one that has `VERBS` brings these commands to every server.

A file holds one command, or several that are read alike (HELO with EHLO). Verbs of extensions stand in the extensions'
own files.
"""

from __future__ import annotations

from functools import cache

from smtpsim.protocol.dialogue import verbs_in
from smtpsim.protocol.smtp.service import Verb


@cache
def core() -> tuple[Verb, ...]:
    """All verbs that every server has."""
    return tuple(sorted(verbs_in(__name__, __path__), key=by_rank))


def by_rank(verb: Verb) -> tuple[int, str]:
    """What verbs are listed by."""
    return verb.rank, verb.name
