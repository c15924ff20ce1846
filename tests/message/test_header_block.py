"""Where the header of a whole letter ends, and fields taken out of it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smtpsim.message.header_block import header_octets, occurrences, without_fields

BLOCKS = {
    b"": b"",
    b"\r\nbody\r\n": b"",
    b"A: b\r\n\r\nbody\r\n": b"A: b\r\n",
    b"A: b\r\nC: d\r\n": b"A: b\r\nC: d\r\n",
    b"A: b\r\n folded\r\n\tagain\r\n\r\nX: y\r\n": b"A: b\r\n folded\r\n\tagain\r\n",
    b"A : b\r\nno field\r\nC: d\r\n": b"A : b\r\n",
    b"no field\r\nA: b\r\n": b"",
    b" blank first\r\nA: b\r\n": b"",
    b"A: \xff\r\n\r\n": b"A: \xff\r\n",
    b"A: no end": b"",
}


@pytest.mark.parametrize(("octets", "header"), BLOCKS.items())
def test_the_header_of_a_letter(octets: bytes, header: bytes) -> None:
    assert header_octets(octets) == header


LETTER = (
    b"To: a\r\nRECEIVED: x\r\nReceived-SPF: no\r\nreceived :\r\n y\r\n\tz\r\nX: Received: no\r\n\r\nReceived: no\r\n"
)


def test_fields_are_counted_in_any_case_and_only_in_the_header() -> None:
    assert occurrences(LETTER, "Received") == 2
    assert occurrences(LETTER, "received-spf") == 1
    assert occurrences(LETTER, "Subject") == 0


def test_fields_are_taken_out_with_their_folded_lines() -> None:
    left = b"To: a\r\nReceived-SPF: no\r\nX: Received: no\r\n\r\nReceived: no\r\n"
    assert without_fields(LETTER, "Received") == left
    assert without_fields(left, "Received") is left


@given(
    st.lists(st.sampled_from((b"A: b\r\n", b" c\r\n", b"\r\n", b"Received: x\r\n", b"x\r\n", b"\n", b"\r"))).map(
        b"".join
    )
)
def test_any_octets_are_a_header_and_a_rest(octets: bytes) -> None:
    header = header_octets(octets)
    assert octets.startswith(header)
    left = without_fields(octets, "Received")
    assert occurrences(left, "Received") == 0 or not header
    assert left.endswith(octets[len(header) :])


def test_a_large_letter_without_an_empty_line_is_read_in_one_go() -> None:
    large = b"A: b\r\n" * 200_000
    assert header_octets(large) == large
    assert occurrences(large, "A") == 200_000
