"""Text from strangers: nothing that could steer a terminal or mislead the eye gets through."""

from __future__ import annotations

import re
import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smtpsim.kernel.printable import decoded, encoded, printable, unseen

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
        ("pay\u00adpal", "pay\\xadpal"),
        ("a\U000e0041\U000e007fb", "a\\U000e0041\\U000e007fb"),
        ("x\u115f\u1160\u3164\uffa0y", "x\\u115f\\u1160\\u3164\\uffa0y"),
        ("a\ufe0fb\U000e0100c", "a\\ufe0fb\\U000e0100c"),
        ("a\u034fb\u180bc\u17b4d\u2800e\u180ef", "a\\u034fb\\u180bc\\u17b4d\\u2800e\\u180ef"),
        ("pay\u200dpal pay\u200cpal", "pay\\u200dpal pay\\u200cpal"),
        ("葛\U000e0100\U000e0101", "葛\U000e0100\\U000e0101"),
        (
            "❤\ufe0f ㊗\ufe0f ‼\ufe0f ↔\ufe0f ©\ufe0e 1\ufe0f\u20e3",
            "❤\ufe0f ㊗\ufe0f ‼\ufe0f ↔\ufe0f ©\ufe0e 1\ufe0f\u20e3",
        ),
        ("1\ufe0f2", "1\\ufe0f2"),
        ("a\u200d🚀 🚀\u200da", "a\\u200d🚀 🚀\\u200da"),
        (
            "👨\u200d👩\u200d👧 🏳\ufe0f\u200d🌈 🤦🏽\u200d♂\ufe0f",
            "👨\u200d👩\u200d👧 🏳\ufe0f\u200d🌈 🤦🏽\u200d♂\ufe0f",
        ),
        ("👩\u200d\u200d🚀", "👩\\u200d\\u200d🚀"),
        ("م\u200c", "م\\u200c"),
        ("\u2065\ufff0\ufdd0\U000e0fff\U0010ffff", "\\u2065\\ufff0\\ufdd0\\U000e0fff\\U0010ffff"),
        ("\U0001fae9\u200d\U0001fae9", "\U0001fae9\u200d\U0001fae9"),
        ("\ue000\U0001f6dc", "\ue000\U0001f6dc"),
        ("\ud800\udc7f\udd00\udfff", "\\ud800\\udc7f\\udd00\\udfff"),
    ],
)
def test_unsafe_characters_become_visible(text: str, shown: str) -> None:
    assert printable(text) == shown


KEPT = (
    "葛\U000e0100飾区の辻\U000e0101さん 神\ufe00",
    "می\u200cخواهم क्\u200dष क्\u200cष",
)
"""Where people write them: variants of ideographs in names, emoji and keycaps, emoji sequences, Persian and Hindi."""


@pytest.mark.parametrize("text", KEPT)
def test_what_people_write_stays_readable(text: str) -> None:
    assert printable(text) == text


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
            or re.fullmatch(r"\\(x[0-9a-f]{2}|u[0-9a-f]{4}|U000[0-9a-f]{5}|U0010[0-9a-f]{4})", shown)
            or shown in "␀␁␂␃␄␅␆␇␈␉␊␋␌␍␎␏␐␑␒␓␔␕␖␗␘␙␚␛␜␝␞␟␡"
        )
        assert not 0xD800 <= ord(shown[0]) <= 0xDFFF


# Default_Ignorable_Code_Point of DerivedCoreProperties.txt, Unicode 15.1, and what is blank without being a space
IGNORABLE = (
    *(0x00AD, 0x034F, 0x061C, 0x115F, 0x1160, 0x17B4, 0x17B5, *range(0x180B, 0x1810), *range(0x200B, 0x2010)),
    *(*range(0x202A, 0x202F), *range(0x2060, 0x2070), 0x3164, *range(0xFE00, 0xFE10), 0xFEFF, 0xFFA0),
    *(*range(0xFFF0, 0xFFF9), *range(0x1BCA0, 0x1BCA4), *range(0x1D173, 0x1D17B), *range(0xE0000, 0xE1000)),
    *(0x2800, 0x1D159, 0x16FE4),
)


def test_what_is_not_drawn_is_shown_as_what_it_is() -> None:
    assert [hex(code) for code in IGNORABLE if not unseen(chr(code)) or printable(f"a{chr(code)}b")[1] != "\\"] == []


def test_the_fast_way_lets_nothing_unseen_through() -> None:
    found = {code for code in range(sys.maxunicode + 1) if chr(code).isprintable() and unseen(chr(code))}
    assert {code for code in range(sys.maxunicode + 1) if printable(chr(code)) != chr(code)} >= found


@given(st.text(st.sampled_from("a1#葛❤👩🏽🚀क्م\u200c\u200d\ufe0f\ufe0e\u20e3\U000e0100\u202e\xad\u3164"), max_size=8))
def test_what_is_kept_stands_between_what_it_belongs_to(text: str) -> None:
    shown = printable(text)
    assert printable(shown) == shown
    for at, character in enumerate(shown):
        if unseen(character):
            before, after = shown[at - 1 : at], shown[at + 1 : at + 2]
            assert character in "\u200c\u200d\ufe0f\ufe0e\U000e0100"
            assert before
            assert before.isascii() <= (after == "\u20e3")


@given(st.binary())
def test_octets_survive_the_way_to_text_and_back(octets: bytes) -> None:
    assert encoded(decoded(octets)) == octets


@given(anything)
def test_any_text_has_octets(text: str) -> None:
    assert encoded(decoded(encoded(text))) == encoded(text)


def test_stray_surrogates_become_replacement_characters() -> None:
    assert encoded("a\ud800b\udfffc\udcff") == "a\ufffdb\ufffdc".encode() + b"\xff"
