"""The body as a signature covers it: as dkimpy has it, at a cost in proportion to its size (RFC 6376 3.4.3, 3.4.4)."""

from __future__ import annotations

import hashlib
import re
import time
import tracemalloc

import pytest
from dkim.canonicalization import Relaxed, Simple
from hypothesis import given, settings
from hypothesis import strategies as st

from smtpsim.auth import body as bodies
from smtpsim.auth.body import CHUNK, Body, canonical, split
from smtpsim.auth.sign import signature_field
from smtpsim.auth.signature import Reason
from smtpsim.auth.verify import examine
from tests.auth.letters import KEY, LETTER, NAME, NOW, PUBLIC
from tests.auth.names import Names

lines = st.lists(st.sampled_from([b"a", b" ", b"\t", b"  ", b"\r\n", b"\r\n\r\n", b"\r", b"\n", b"word"]), max_size=24)


def by_dkimpy(octets: bytes, relaxed: bool) -> bytes:
    """The whole body at once; a last line without an end gets one first, as its white space goes with it."""
    octets = re.sub(rb"\r?\n", b"\r\n", octets)
    if octets and not octets.endswith(b"\r\n"):
        octets += b"\r\n"
    found: bytes = (Relaxed if relaxed else Simple).canonicalize_body(octets)
    return found


@settings(max_examples=500)
@given(lines.map(b"".join), st.booleans(), st.integers(1, 12))
def test_in_pieces_it_is_what_it_is_at_once(octets: bytes, relaxed: bool, chunk: int) -> None:
    before, bodies.CHUNK = bodies.CHUNK, chunk
    try:
        assert Body(octets).canonical(relaxed) == by_dkimpy(octets, relaxed)
    finally:
        bodies.CHUNK = before


@pytest.mark.parametrize(
    ("octets", "simple", "relaxed"),
    [
        (b"", b"\r\n", b""),
        (b"\r\n\r\n", b"\r\n", b""),
        (b" \t\r\n", b" \t\r\n", b""),
        (b" C \r\nD \t E\r\n\r\n\r\n", b" C \r\nD \t E\r\n", b" C\r\nD E\r\n"),
        (b"no end", b"no end\r\n", b"no end\r\n"),
        (b"a\r\r\n\r\n", b"a\r\r\n", b"a\r\r\n"),
        (b"a\nb\n\n", b"a\r\nb\r\n", b"a\r\nb\r\n"),
    ],
)
def test_the_canonical_forms(octets: bytes, simple: bytes, relaxed: bytes) -> None:
    assert (Body(octets).canonical(False), Body(octets).canonical(True)) == (simple, relaxed)


@given(
    lines.map(b"".join), st.booleans(), st.sampled_from(["sha1", "sha256"]), st.one_of(st.none(), st.integers(0, 40))
)
def test_the_hash_is_that_of_the_first_octets(octets: bytes, relaxed: bool, algorithm: str, length: int | None) -> None:
    expected = hashlib.new(algorithm, by_dkimpy(octets, relaxed)[:length], usedforsecurity=False).digest()
    held = Body(octets)
    assert held.digest(relaxed, algorithm, length) == held.digest(relaxed, algorithm, length) == expected


def test_a_length_may_end_in_any_piece() -> None:
    octets = b"0123456789abcdef\r\n" * (CHUNK // 6)
    for length in (0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK + 7, len(octets), len(octets) + 5):
        assert Body(octets).digest(False, "sha256", length) == hashlib.sha256(octets[:length]).digest()


@pytest.mark.parametrize(
    ("octets", "parts"),
    [
        (b"", (b"", b"")),
        (b"\r\nbody", (b"", b"body")),
        (b"\nbody", (b"", b"body")),
        (b"A: b\r\n", (b"A: b\r\n", b"")),
        (b"A: b\r\n\r\nbody", (b"A: b\r\n", b"body")),
        (b"A: b\n\nbody", (b"A: b\r\n", b"body")),
        (b"A: b\r\nC: d\n\r\nbody\r\n\r\n", (b"A: b\r\nC: d\r\n", b"body\r\n\r\n")),
    ],
)
def test_where_the_header_ends(octets: bytes, parts: tuple[bytes, bytes]) -> None:
    assert split(octets) == parts


LARGE = 4_900_000
HOSTILE = {
    "empty lines": b"\r\n" * LARGE,
    "empty lines and a word": b"\r\n" * LARGE + b"x\r\n",
    "line ends that do not pair": b"\r\n\n" * (LARGE // 2),
    "returns": b"\r" * LARGE * 2,
    "blanks": b" " * LARGE * 2,
    "blanks at line ends": b" \t\r\n" * (LARGE // 2),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_ten_signatures_cost_in_proportion(name: str) -> None:
    """Ten megabytes, ten signatures with a body length each."""
    field = signature_field(LETTER, KEY, NOW)
    fields = b"".join(field.replace(b"; q=", b"; l=%d; q=" % (LARGE + number)) for number in range(10))
    letter = fields + LETTER + HOSTILE[name]
    begun = time.process_time()
    assert {one.reason for one in examine(letter, Names({NAME: PUBLIC}), NOW)} <= {Reason.BODY, Reason.HEADER}
    assert time.process_time() - begun < 4


def test_the_memory_is_that_of_the_message() -> None:
    letter = signature_field(LETTER, KEY, NOW) * 10 + LETTER + HOSTILE["empty lines"]
    tracemalloc.start()
    examine(letter, Names({NAME: PUBLIC}), NOW)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 3 * len(letter)


def test_a_piece_is_no_larger_than_it_must_be() -> None:
    assert max(map(len, canonical(HOSTILE["empty lines and a word"], relaxed=True))) <= 2 * CHUNK
