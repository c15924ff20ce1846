"""Domains that look like another one to a human eye. SPF cannot see them: each has a record of its own."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from smtpsim.kernel.printable import unseen


class Lookalike(NamedTuple):
    """`domain` could be taken for `original`; `key` says why: unseen-characters, confusable-letters, one-letter-off."""

    domain: str
    original: str
    key: str


_PAIRS = (("rn", "m"), ("vv", "w"), ("cl", "d"))
_LETTERS = str.maketrans("01358", "olesb")
"""ASCII letters and pairs that look alike in most typefaces."""

SHORTEST = 5
"""One letter off means nothing between very short names."""


@lru_cache(maxsize=1024)
def lookalike(domain: str, known: tuple[str, ...]) -> Lookalike | None:
    """The known domain that this one could be taken for; None when it is known itself, or like none.

    `known` are the domains that the receiver's people trust. Domains may be U-labels or A-labels
    (RFC 5890 2.3.2.1).
    """
    shown = unicode_form(domain.lower().rstrip("."))
    trusted = sorted({unicode_form(other.lower()) for other in known})
    if shown in trusted or any(shown.endswith(f".{other}") for other in trusted):
        return None
    plain = shown if shown.isascii() else "".join(letter for letter in shown if not unseen(letter))
    for other in trusted:
        if plain != shown and (plain == other or plain.endswith(f".{other}")):
            return Lookalike(domain, other, "unseen-characters")
    skeleton = _skeleton(plain)
    for other in trusted:
        if skeleton == _skeleton(other):
            return Lookalike(domain, other, "confusable-letters")
    for other in trusted:
        if len(other) >= SHORTEST and one_edit(plain, other):
            return Lookalike(domain, other, "one-letter-off")
    return None


def unicode_form(domain: str) -> str:
    """The domain as a reader sees it: A-labels as the letters that they stand for (RFC 5890 2.3.2.1)."""
    if "xn--" not in domain:
        return domain
    try:
        return domain.encode("ascii").decode("idna")
    except UnicodeError:
        return domain


@lru_cache(maxsize=4096)
def _skeleton(domain: str) -> str:
    """What is left when every letter is replaced by the plainest one that looks like it."""
    plain = domain if domain.isascii() else "".join(map(_latin, domain))
    for pair, single in _PAIRS:
        plain = plain.replace(pair, single)
    return plain.translate(_LETTERS).replace("i", "l")


def _latin(letter: str) -> str:
    """The ASCII letter that a letter of another script can be taken for (Unicode TS 39), or the letter itself."""
    if letter.isascii():
        return letter
    from unicodedata import normalize

    from confusable_homoglyphs.confusables import is_confusable

    folded = normalize("NFKD", letter)[0]
    if folded.isascii():
        return folded
    found = is_confusable(letter, greedy=True, preferred_aliases=[])
    likes = [glyph["c"] for entry in found or () for glyph in entry["homoglyphs"]]
    return next((like.lower() for like in likes if like.isascii()), letter)


def one_edit(one: str, other: str) -> bool:
    """Whether one letter more, less or other, or two changed places, make one text of the other."""
    if abs(len(one) - len(other)) > 1 or one == other:
        return False
    start = next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    one, other = one[start:], other[start:]
    if len(one) == len(other):
        return one[1:] == other[1:] or (one[:2] == other[1::-1] and one[2:] == other[2:])
    longer, shorter = (one, other) if len(one) > len(other) else (other, one)
    return longer[1:] == shorter
