"""Letters with ARC chains, made step by step."""

from __future__ import annotations

from functools import cache

from smtpsim.auth.arc.chain import Chain, Reason
from smtpsim.auth.arc.seal import arc_set
from smtpsim.auth.arc.validate import validate
from tests.auth.letters import KEY, LETTER, NAME, NOW, PUBLIC
from tests.auth.names import Names

GOOD = Names({NAME: PUBLIC})
RESULTS = "mx.example.net; spf=pass smtp.mailfrom=ann@example.com; dkim=pass header.d=example.com"


@cache
def sealed(letter: bytes = LETTER, times: int = 1, results: str = RESULTS) -> bytes:
    """The letter after so many forwarders have sealed it."""
    chain = validate(letter, GOOD, NOW)
    for _ in range(times):
        letter = arc_set(letter, KEY, results, chain, NOW) + letter
        chain = Chain(Reason.VALID)
    return letter


def changed(letter: bytes, old: bytes, new: bytes) -> bytes:
    """The letter as a list sends it on that changes something and seals it."""
    after = letter.replace(old, new)
    return arc_set(after, KEY, RESULTS, validate(letter, GOOD, NOW), NOW) + after


def without(letter: bytes, name: bytes, instance: int) -> bytes:
    """The letter without one field of a set."""
    before, start, rest = letter.partition(b"%b: i=%d;" % (name, instance))
    assert start
    lines = rest.split(b"\r\n")
    end = next(number for number, line in enumerate(lines) if number and line[:1] not in (b" ", b"\t"))
    return before + b"\r\n".join(lines[end:])
