"""Untrusted text, made safe to show: no control sequence reaches the terminal, and nothing is unseen."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

_UNSEEN_CATEGORIES = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
"""Controls, format characters (direction marks, joiners, tags, the soft hyphen), lone surrogates, line ends."""

# Unicode has a property for what is not drawn, Default_Ignorable_Code_Point, which `unicodedata` does not tell. What it
# holds beside category Cf are selectors and fillers, found by their names, and code points that are reserved.
_SELECTOR = "VARIATION SELECTOR"
_UNSEEN_NAMES = re.compile(f"{_SELECTOR}|GRAPHEME JOINER|VOWEL INHERENT|BRAILLE PATTERN BLANK|NULL NOTEHEAD")
_RESERVED = ((0x2065, 0x2065), (0xFFF0, 0xFFF8), (0xFDD0, 0xFDEF), (0xE0000, 0xE0FFF))

# What str.isprintable() lets through all the same. Written down, as the search must be fast; a test finds it again by
# property for every code point of the running Python.
_SEEMING = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180d\u180f\u2800\u3164\ufe00-\ufe0f\uffa0"
    "\U00016fe4\U0001d159\U000e0100-\U000e01ef]"
)

_ZWNJ, _ZWJ, _TEXT_STYLE, _EMOJI_STYLE, _KEYCAP = "\u200c", "\u200d", "\ufe0e", "\ufe0f", "\u20e3"
_VIRAMA = 9
"""The canonical combining class of the signs that take a consonant's vowel away."""


def _stand_in(code: int) -> str:
    if code < 0x20:
        return chr(0x2400 + code)
    if code == 0x7F:
        return "\u2421"
    if 0xDC80 <= code <= 0xDCFF:
        return f"\\x{code - 0xDC00:02x}"
    if code > 0xFFFF:
        return f"\\U{code:08x}"
    return f"\\u{code:04x}" if code > 0xFF else f"\\x{code:02x}"


def printable(text: str) -> str:
    """Replace what a terminal obeys or does not show by what it is: ESC by U+241B, an octet that was not UTF-8 by
    `\\xNN`, a direction mark, joiner, filler, tag or selector by `\\uNNNN` or `\\UNNNNNNNN`.

    A selector or joiner stays where people write it, since text would otherwise be unreadable: variants of ideographs
    in Japanese names, emoji and their sequences, Persian and Indic words. Everywhere else, in a domain for example, it
    is there to deceive. Flags that are spelled with tag characters (U+E0020 to U+E007F) are taken apart: few terminals
    draw them, and any text could hide in them.
    """
    return visible(text, _stand_in)


def visible(text: str, stand_in: Callable[[int], str]) -> str:
    """The same with another stand-in for a code point: where the text is to be read back, one that can be."""
    if text.isprintable() and (text.isascii() or not _SEEMING.search(text)):
        return text
    if not any(map(unseen, set(text))):
        return text
    return "".join(printed(text, stand_in))


def printed(text: str, stand_in: Callable[[int], str] = _stand_in) -> list[str]:
    """What is shown for each character."""
    shown: list[str] = []
    before = ""
    for at, character in enumerate(text):
        kept = not unseen(character) or _belongs(before, character, text[at + 1 : at + 2])
        before = character if kept else ""
        shown.append(character if kept else stand_in(ord(character)))
    return shown


@lru_cache(maxsize=8192)
def unseen(character: str) -> bool:
    """Whether a terminal shows nothing for this character by itself, or obeys it."""
    # late, since ASCII alone, which is most that is shown, does not need its half a megabyte
    from unicodedata import category, name

    code = ord(character)
    if category(character) in _UNSEEN_CATEGORIES or code & 0xFFFE == 0xFFFE:
        return True
    if any(first <= code <= last for first, last in _RESERVED):
        return True
    called = name(character, "")
    return _UNSEEN_NAMES.search(called) is not None or ("FILLER" in called and category(character) in ("Lo", "Mn"))


def _belongs(before: str, character: str, after: str) -> bool:
    """Whether people write this unseen character between these two; `before` is "" for what is not shown."""
    if not before:
        return False
    if character in (_ZWJ, _ZWNJ):
        return _joins(before, character, after)
    from unicodedata import name

    return name(character, "").startswith(_SELECTOR) and _has_variants(before, character, after)


def _joins(before: str, joiner: str, after: str) -> bool:
    """Joiners between emoji, both kinds after a virama, non-joiners between joined letters (RFC 5892 A.1, A.2)."""
    from unicodedata import bidirectional, combining

    if combining(before) == _VIRAMA:
        return True
    if joiner == _ZWJ:
        return _pictured(after) and (before == _EMOJI_STYLE or _pictured(before))
    # of the letters written from right to left those of class AL join, Arabic and Syriac among them
    return bidirectional(before) == "AL" and after != "" and bidirectional(after) == "AL" and not unseen(after)


def _has_variants(before: str, selector: str, after: str) -> bool:
    """Ideographs have variants of all numbers, symbols and punctuation those of text or emoji and of position."""
    from unicodedata import category, name

    if name(before, "").startswith(("CJK UNIFIED IDEOGRAPH", "CJK COMPATIBILITY IDEOGRAPH")):
        return True
    if not "\ufe00" <= selector <= "\ufe0f" or unseen(before):
        return False
    if before.isascii():
        return selector in (_TEXT_STYLE, _EMOJI_STYLE) and before in "0123456789#*" and after == _KEYCAP
    return category(before)[0] in "SP"


@lru_cache(maxsize=1024)
def _pictured(character: str) -> bool:
    """Whether this is a symbol: an emoji is one, and so is the tone of its skin. Those that are younger than the
    Unicode of this Python are taken by their block."""
    from unicodedata import category

    if not character or unseen(character):
        return False
    kind = category(character)
    return kind in ("So", "Sk", "Sm") or (kind == "Cn" and 0x1F000 <= ord(character) <= 0x1FAFF)


def decoded(octets: bytes) -> str:
    """Octets as text: UTF-8, with undecodable octets kept as lone surrogates (PEP 383)."""
    return octets.decode("utf-8", "surrogateescape")


# surrogates that stand for no octet, as a JSON file may hold them
_STRAY = re.compile("[\ud800-\udc7f\udd00-\udfff]")


def encoded(text: str) -> bytes:
    """The octets that `decoded` made this text from. A stray surrogate becomes U+FFFD."""
    try:
        return text.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        return _STRAY.sub("\ufffd", text).encode("utf-8", "surrogateescape")
