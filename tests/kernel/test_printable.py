"""Text from strangers: nothing that could steer a terminal or mislead the eye gets through."""

from __future__ import annotations

import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smtpsim.kernel.printable import decoded, encoded, printable

BIDI = [*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x061C, 0x200E, 0x200F]
UNSEEN = [0x200B, 0x2060, 0x206F, 0xFEFF, 0xFFF9, 0xFFFB, 0xFFFE, 0xFFFF]

anything = st.text(st.characters(codec=None, exclude_categories=()))


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("", ""),
        ("plain ~ text", "plain ~ text"),
        ("テスト 例え é", "テスト 例え é"),
        ("全角\u3000空白", "全角\u3000空白"),
        ("👩\u200d🚀", "👩\u200d🚀"),
        ("\x1b[31mred\x1b[0m", "␛[31mred␛[0m"),
        ("a\r\nb\tc\0", "a␍␊b␉c␀"),
        ("\x7f", "␡"),
        ("\x9b31m\x85", "\\x9b31m\\x85"),
        ("abc\u202ecba", "abc\\u202ecba"),
        ("a\u2028b\u2029c", "a\\u2028b\\u2029c"),
        ("ama\u200bzon", "ama\\u200bzon"),
        ("\udcff\udc80", "\\xff\\x80"),
        ("\ud800\udc7f\udd00\udfff", "\\ud800\\udc7f\\udd00\\udfff"),
    ],
)
def test_unsafe_characters_become_visible(text: str, shown: str) -> None:
    assert printable(text) == shown


@given(anything)
def test_nothing_unsafe_gets_through(text: str) -> None:
    shown = printable(text)
    assert not [character for character in shown if unicodedata.category(character) in ("Cc", "Cs", "Zl", "Zp")]
    assert not {ord(character) for character in shown} & {*BIDI, *UNSEEN}


@given(anything)
def test_it_is_the_same_the_second_time(text: str) -> None:
    assert printable(printable(text)) == printable(text)


@given(anything)
def test_what_is_safe_stays_in_its_order(text: str) -> None:
    safe = "".join(character for character in text if printable(character) == character)
    assert printable(safe) == safe


def test_every_character_is_either_kept_or_replaced_by_safe_ones() -> None:
    for code in range(sys.maxunicode + 1):
        shown = printable(chr(code))
        assert (
            shown == chr(code)
            or (2 <= len(shown) <= 6 and shown[0] == "\\")
            or shown in "␀␁␂␃␄␅␆␇␈␉␊␋␌␍␎␏␐␑␒␓␔␕␖␗␘␙␚␛␜␝␞␟␡"
        )
        assert not 0xD800 <= ord(shown[0]) <= 0xDFFF


@given(st.binary())
def test_octets_survive_the_way_to_text_and_back(octets: bytes) -> None:
    assert encoded(decoded(octets)) == octets


@given(anything)
def test_any_text_has_octets(text: str) -> None:
    assert encoded(decoded(encoded(text))) == encoded(text)


def test_stray_surrogates_become_replacement_characters() -> None:
    assert encoded("a\ud800b\udfffc\udcff") == "a\ufffdb\ufffdc".encode() + b"\xff"
