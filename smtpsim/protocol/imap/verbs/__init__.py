"""The verbs of IMAP, found by their files: one that has `VERBS` brings these commands."""

from __future__ import annotations

from functools import cache

from smtpsim.protocol.dialogue import verbs_in
from smtpsim.protocol.imap.service import AnyVerb


@cache
def every() -> tuple[AnyVerb, ...]:
    """All verbs, by rank."""
    return tuple(sorted(verbs_in(__name__, __path__), key=lambda verb: (verb.rank, verb.name)))
