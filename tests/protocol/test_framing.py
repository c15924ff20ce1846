"""Bytes to units: however they arrive, the same units come out (RFC 5321 2.3.8, RFC 3030 2)."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smtpsim.protocol.smtp.framing import LONGEST_LINE, Framer, Line, Octets, Unit

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
