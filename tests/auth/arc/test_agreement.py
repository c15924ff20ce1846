"""Generated chains beside dkimpy (arc_sign, arc_verify) and authheaders (check_arc), in both directions.

Where they differ, a row of a table explains it by a section, and no row stands there for nothing.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import cache
from random import Random
from typing import NamedTuple

import dkim as dkimpy
import pytest
from authheaders import check_arc

from smtpsim.auth.arc.chain import Reason
from smtpsim.auth.arc.seal import arc_set
from smtpsim.auth.arc.validate import validate
from smtpsim.kernel.ref import Ref
from tests.auth.arc.chains import without
from tests.auth.letters import KEY, NAME, PUBLIC
from tests.auth.names import Known, Names

CASES = 160
SERVER = "mx.example.net"
NOW = int(time.time())
GOOD = Names({NAME: PUBLIC})
AAR, AMS, SEAL = b"ARC-Authentication-Results", b"ARC-Message-Signature", b"ARC-Seal"


class Case(NamedTuple):
    """A letter with a chain, damaged or not, and what the DNS knows."""

    octets: bytes
    damage: str
    known: Known


def by_dkimpy(letter: bytes, chain: str) -> bytes:
    """dkimpy takes the status of the chain from an Authentication-Results field of the server."""
    found = "spf=pass smtp.mailfrom=ann@example.com" + (f"; arc={chain}" if chain != "none" else "")
    letter = f"Authentication-Results: {SERVER}; {found}\r\n".encode() + letter
    fields = dkimpy.arc_sign(letter, b"k1", b"example.com", KEY.pem.encode(), SERVER.encode())
    return b"".join(fields) + letter


def by_us(letter: bytes, _: str) -> bytes:
    results = f"{SERVER}; spf=pass smtp.mailfrom=ann@example.com;\r\n\tdkim=none"
    return arc_set(letter, KEY, results, validate(letter, GOOD, NOW), NOW) + letter


def reordered(letter: bytes) -> bytes:
    """The fields of the newest set below those of the others."""
    seal = letter[: letter.index(SEAL, 1)] if letter.count(SEAL) > 1 else b""
    rest = letter[len(seal) :]
    return rest.replace(b"From:", seal + b"From:", 1)


DAMAGES: dict[str, Callable[[bytes], bytes]] = {
    "": lambda letter: letter,
    "trace": lambda letter: b"Received: by x\r\n" + letter,
    "body": lambda letter: letter.replace(b"Hello", b"Hallo"),
    "spaces": lambda letter: letter.replace(b"Hello  ", b"Hello "),
    "subject": lambda letter: letter.replace(b"Subject: ", b"Subject: [x] "),
    "from": lambda letter: b"From: eve@example.com\r\n" + letter,
    "results": lambda letter: letter.replace(b"spf=pass smtp", b"spf=fail smtp", 1),
    "first results": lambda letter: letter[::-1].replace(b"spf=pass"[::-1], b"spf=fail"[::-1], 1)[::-1],
    "no seal": lambda letter: without(letter, SEAL, 1),
    "no message signature": lambda letter: without(letter, AMS, 1),
    "no results": lambda letter: without(letter, AAR, 1),
    "status": lambda letter: letter.replace(b"cv=none", b"cv=pass"),
    "failed": lambda letter: letter.replace(b"cv=pass", b"cv=fail", 1),
    "selector": lambda letter: letter.replace(b"s=k1", b"s=k9", 1),
    "order": reordered,
}

KEYS: tuple[Known, ...] = (*[{NAME: PUBLIC}] * 6, {NAME: "v=DKIM1; p="}, {})


@cache
def made(number: int) -> Case:
    random = Random(f"arc {number}")
    letter = (
        b"From: Ann <ann@example.com>\r\nTo: bob@example.net\r\nSubject: A word "
        + b"x" * random.randrange(5)
        + b"\r\n\r\n"
        + b"Hello  Bob \r\n" * random.randrange(1, 4)
        + b"\r\n" * random.randrange(3)
    )
    for sets in range(random.randrange(1, 5)):
        if random.random() < 0.1:
            letter = letter.replace(b"Subject: ", b"Subject: [list] ")
            status = "fail" if sets else "none"
        else:
            status = "pass" if sets else "none"
        if validate(letter, GOOD, NOW).reason is Reason.SEALED_FAIL:
            break
        letter = random.choice((by_us, by_dkimpy))(letter, status)
    damage = random.choice(list(DAMAGES))
    return Case(DAMAGES[damage](letter), damage, random.choice(KEYS))


def theirs(case: Case) -> str:
    """dkimpy has no result for a chain that was sealed as failed; for RFC 8617 4.4 it fails."""

    def look_up(name: bytes, timeout: int = 5) -> bytes | None:
        found = case.known.get(name.decode().rstrip("."))
        return found.encode() if isinstance(found, str) else None

    status, _, _ = dkimpy.arc_verify(case.octets, dnsfunc=look_up)
    other = check_arc(case.octets, dnsfunc=look_up).result
    assert other == (status.decode() if status else "none")
    return status.decode() if status else "fail"


class Difference(NamedTuple):
    ref: Ref
    why: str
    holds: Callable[[Case], bool]


DIFFERENCES = (
    Difference(
        Ref(8617, "5.1.1"),
        "a seal covers the fields in the order of their instances, not in that of the header, as dkimpy has it",
        lambda case: case.damage == "order",
    ),
)


@pytest.mark.parametrize("number", range(CASES))
def test_it_agrees(number: int) -> None:
    case = made(number)
    ours = validate(case.octets, Names(case.known), NOW).result
    assert ours == theirs(case) or any(difference.holds(case) for difference in DIFFERENCES), case


def test_the_cases_are_of_all_kinds_and_every_difference_is_needed() -> None:
    cases = [made(number) for number in range(CASES)]
    reasons = {validate(case.octets, Names(case.known), NOW).reason for case in cases}
    usual = {Reason.VALID, Reason.BODY, Reason.HEADER, Reason.SEAL, Reason.INCOMPLETE, Reason.BAD_STATUS}
    assert reasons >= usual | {Reason.SEALED_FAIL, Reason.NO_KEY, Reason.REVOKED}
    differing = [case for case in cases if validate(case.octets, Names(case.known), NOW).result != theirs(case)]
    assert all(any(difference.holds(case) for case in differing) for difference in DIFFERENCES)
