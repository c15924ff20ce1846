"""Bytes to units: however they arrive, the same units come out (RFC 5321 2.3.8, RFC 3030 2)."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise
from typing import SupportsIndex

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smtpsim.protocol.smtp.framing import CRLF, LONGEST_LINE, Framer, Line, Octets, Unit

LF = b"\n"
CUT = b""


def units(*pieces: bytes, octets: int = 0) -> list[Unit]:
    """What comes out of a framer that gets these pieces and is asked for a chunk of `octets` first."""
    framer, found, wanted = Framer(), [], octets
    for piece in pieces:
        framer.feed(piece)
        while (unit := framer.take(wanted)) is not None:
            found.append(unit)
            wanted -= len(unit.data) if isinstance(unit, Octets) else 0
    return found


def joined(found: list[Unit]) -> list[Unit]:
    """The same units with the pieces of a chunk put together."""
    data = b"".join(unit.data for unit in found if isinstance(unit, Octets))
    lines = [unit for unit in found if isinstance(unit, Line)]
    return [Octets(data), *lines] if data else [*lines]


TABLE: list[tuple[bytes, list[Unit], bytes]] = [
    # data, units, what is left
    (b"", [], b""),
    (b"NOOP\r\n", [Line(b"NOOP")], b""),
    (b"NOOP\r\nQU", [Line(b"NOOP")], b"QU"),
    (b"\r\n", [Line(b"")], b""),
    (b"\n", [Line(b"", LF)], b""),
    (b"a\nb\r\n", [Line(b"a", LF), Line(b"b")], b""),
    (b"a\rb\r\n", [Line(b"a\rb")], b""),
    (b"a\r\r\n", [Line(b"a\r")], b""),
    (b"a\n\r\n", [Line(b"a", LF), Line(b"")], b""),
    (b"a\r", [], b"a\r"),
    (b"\0\xff\r\n", [Line(b"\0\xff")], b""),
    (b"x" * LONGEST_LINE, [], b"x" * LONGEST_LINE),
    (b"x" * LONGEST_LINE + b"\n", [Line(b"x" * LONGEST_LINE, LF)], b""),
    (b"x" * (LONGEST_LINE - 1) + b"\r\n", [Line(b"x" * (LONGEST_LINE - 1))], b""),
    (b"x" * LONGEST_LINE + b"\r\n", [Line(b"x" * LONGEST_LINE, CUT), Line(b"")], b""),
    (b"x" * (LONGEST_LINE + 1), [Line(b"x" * LONGEST_LINE, CUT)], b"x"),
    (b"\n" + b"x" * (LONGEST_LINE + 1), [Line(b"", LF), Line(b"x" * LONGEST_LINE, CUT)], b"x"),
    (b"x" * (LONGEST_LINE + 9) + b"\r\n", [Line(b"x" * LONGEST_LINE, CUT), Line(b"x" * 9)], b""),
]


@pytest.mark.parametrize(("data", "expected", "rest"), TABLE, ids=range(len(TABLE)))
def test_whole(data: bytes, expected: list[Unit], rest: bytes) -> None:
    framer = Framer()
    framer.feed(data)
    assert [framer.take(0) for _ in expected] == expected
    assert framer.take(0) is None
    assert framer.rest() == rest


@pytest.mark.parametrize(("data", "expected", "rest"), TABLE, ids=range(len(TABLE)))
def test_in_pieces(data: bytes, expected: list[Unit], rest: bytes) -> None:
    size = 1 if len(data) < 100 else 997
    assert units(*(data[at : at + size] for at in range(0, len(data), size))) == expected


@pytest.mark.parametrize(("data", "expected", "rest"), TABLE, ids=range(len(TABLE)))
def test_with_trailing_data(data: bytes, expected: list[Unit], rest: bytes) -> None:
    if not rest:
        assert units(data + b"NOOP\r\n") == [*expected, Line(b"NOOP")]


def test_octets_are_given_as_they_come_and_never_too_many() -> None:
    assert units(b"ab", b"c\r\nNOOP\r\n", octets=5) == [Octets(b"ab"), Octets(b"c\r\n"), Line(b"NOOP")]
    assert units(b"", octets=5) == []
    assert units(b"\n\n\n\n", octets=3) == [Octets(b"\n\n\n"), Line(b"", LF)]


TEXTS = st.lists(st.sampled_from([b"a", b"\r", b"\n", b"\r\n", b".", b"\0", b"\xff"]), max_size=40).map(b"".join)


@given(TEXTS, st.lists(st.integers(0, 60), max_size=10), st.integers(0, 20))
def test_any_split_gives_the_same_units(data: bytes, cuts: list[int], octets: int) -> None:
    places = sorted({0, len(data), *(cut for cut in cuts if cut < len(data))})
    pieces = [data[start:end] for start, end in pairwise(places)]
    assert joined(units(*pieces, octets=octets)) == joined(units(data, octets=octets))


@given(TEXTS)
def test_nothing_is_lost_and_nothing_added(data: bytes) -> None:
    framer = Framer()
    framer.feed(data)
    found = []
    while (unit := framer.take(0)) is not None:
        assert isinstance(unit, Line)
        assert b"\n" not in unit.text
        assert not (unit.end == LF and unit.text.endswith(b"\r"))
        found.append(unit.text + unit.end)
    assert b"".join(found) + framer.rest() == data


def test_what_is_dropped_is_gone() -> None:
    framer = Framer()
    framer.feed(b"NOOP\r\nQUIT")
    framer.take(0)
    assert (framer.drop(), framer.drop(), framer.rest()) == (4, 0, b"")
    framer.feed(b"RSET\r\n")
    assert framer.take(0) == Line(b"RSET")


# A letter is taken in blocks, as far as it has no line that needs a look of its own.

PIECES = st.lists(
    st.sampled_from([b"a", b"\r", b"\n", b"\r\n", b"\r\n", b".", b"\r\n.\r\n", b"x" * 30_000]), max_size=30
).map(b"".join)


def written(framer: Framer, ends: bytes = CRLF) -> Iterable[Line]:
    """The lines of a letter as far as they have come: in blocks where a line before ended with CRLF, `ends` is how the
    last one did."""
    while True:
        block = framer.take_lines() if ends == CRLF else None
        if block is not None:
            yield from map(Line, block.split(CRLF))
        unit = framer.take(0)
        if unit is None:
            return
        assert isinstance(unit, Line)
        ends = unit.end
        yield unit


def in_blocks(pieces: Iterable[bytes], framer: Framer) -> list[Line]:
    found: list[Line] = []
    for piece in pieces:
        framer.feed(piece)
        found += written(framer, found[-1].end if found else CRLF)
    return found


@given(PIECES, st.lists(st.integers(0, 200_000), max_size=10))
def test_blocks_hold_the_lines_that_come_one_by_one(data: bytes, cuts: list[int]) -> None:
    places = sorted({0, len(data), *(cut % (len(data) + 1) for cut in cuts)})
    framer, by_line = Framer(), Framer()
    found = in_blocks([data[begin:end] for begin, end in pairwise(places)], framer)
    by_line.feed(data)
    assert found == list(iter(lambda: by_line.take(0), None))
    assert framer.rest() == by_line.rest()


@given(st.lists(st.sampled_from([b"a", b"\r", b"\n", b"\r\n", b"."]), max_size=30).map(b"".join))
def test_any_cutting_gives_the_same_lines_as_octet_by_octet(data: bytes) -> None:
    single = in_blocks([data[at : at + 1] for at in range(len(data))], Framer())
    for size in range(2, 9):
        assert in_blocks([data[at : at + size] for at in range(0, len(data), size)], Framer()) == single


@pytest.mark.parametrize(
    ("data", "block"),
    [
        (b"", None),
        (b"a", None),
        (b"a\n", None),
        (b".\r\n", None),
        (b"\r\n", b""),
        (b"a\r\nb\r\nc", b"a\r\nb"),
        (b"a\r\n.\r\nb\r\n", b"a"),
        (b"a\r\n.b\r\n", b"a\r\n.b"),
        (b"a\nb\r\n", None),
        (b"a\rb\r\n", None),
        (b"a\r\nb\r\r\n", None),
        (b"x" * LONGEST_LINE + b"\r\n", b"x" * LONGEST_LINE),
        (b"x" * (LONGEST_LINE + 1) + b"\r\n", None),
    ],
    ids=range(13),
)
def test_what_is_a_block(data: bytes, block: bytes | None) -> None:
    framer = Framer()
    framer.feed(data)
    assert framer.take_lines() == block
    assert framer.take_lines() is None


def test_behind_the_last_stray_line_end_blocks_go_on() -> None:
    framer = Framer()
    framer.feed(b"a\r\nb\nc\r\nd\r\ne\r\n")
    assert framer.take_lines() is None
    assert [framer.take(0) for _ in range(3)] == [Line(b"a"), Line(b"b", LF), Line(b"c")]
    assert framer.take_lines() == b"d\r\ne"


class Counted(bytearray):
    """A buffer that counts how many of its octets are looked at."""

    looked = 0

    def _count(self, start: SupportsIndex | None, end: int) -> None:
        self.looked += end - int(start or 0)

    def find(self, sub, start=0, end=None):  # type: ignore[no-untyped-def]
        last = len(self) if end is None else min(len(self), end)
        found = super().find(sub, start, last)
        self._count(start, last if found < 0 else found)
        return found

    def rfind(self, sub, start=0, end=None):  # type: ignore[no-untyped-def]
        found = super().rfind(sub, start)
        self._count(start if found < 0 else found, len(self))
        return found

    def __getitem__(self, key):  # type: ignore[no-untyped-def]
        assert isinstance(key, slice)
        start, end, _ = key.indices(len(self))
        self._count(start, end)
        return super().__getitem__(key)


LETTER_LINE = b"x" * 70 + b"\r\n"
MOST_LOOKS = 8


def lines_of(size: int) -> bytes:
    return LETTER_LINE * (size // len(LETTER_LINE))


@pytest.mark.parametrize(
    ("letter", "size"),
    [
        (lines_of(200_000), 0),
        (lines_of(200_000) + b"x\nx\r\n", 0),
        (lines_of(200_000) + b"x\rx\r\n", 0),
        (b"x\nx\r\n" + lines_of(200_000), 0),
        (b"x" * 80_000 + b"\r\n" + lines_of(200_000), 0),
        ((lines_of(1_000) + b"x\n") * 200, 5_000),
        ((lines_of(1_000) + b"x\r") * 200, 1_460),
        (b"x" * 1_000_000, 0),
        (b"x" * 1_000_000 + b"\n", 1_460),
        (b"x" * 60_000 + b"\r\n", 1),
        (b"x\n" * 50_000, 0),
        (b".\r" * 50_000, 1_460),
    ],
    ids=range(12),
)
def test_each_octet_is_looked_at_a_few_times_only(letter: bytes, size: int) -> None:
    """Whatever a stranger sends in whatever pieces: a count, since time says little on a machine that others use."""
    framer, step = Framer(), size or len(letter)
    framer._buffer = counted = Counted()
    in_blocks((letter[at : at + step] for at in range(0, len(letter), step)), framer)
    assert len(letter) // 2 <= counted.looked <= MOST_LOOKS * len(letter)
