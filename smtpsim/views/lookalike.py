"""Look-alikes: a domain that could be taken for another one, and the letters that tell them apart."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from smtpsim.explain import Words
from smtpsim.kernel.finding import Finding
from smtpsim.kernel.printable import printable
from smtpsim.views.row import Badge, Mark, Row, cited
from smtpsim.views.trace import IDENTITIES
from smtpsim.world.lookalike import unicode_form

GAP = "\N{MIDDLE DOT}"
"""Stands where the other name has a letter more."""

POINTER = "^"

SHORTEST_SHARED = 2
"""Fewer letters that are alike between two differences belong to one difference: `ag` for `ga`."""


class Aligned(NamedTuple):
    """Two names below each other, as long as each other, and a line that points at what differs."""

    one: str
    other: str
    pointer: str


def lookalike_rows(findings: Iterable[Finding], words: Words) -> Iterator[Row]:
    """A group of rows for each pair of domains: the warning, and below it both names."""
    for number, (finding, *more) in enumerate(_grouped(findings).values()):
        key = f"lookalike-{number}"
        shown = unicode_form(finding.domain)
        who = ", ".join(IDENTITIES[found.identity] for found in (finding, *more))
        text = words("panel.resembles", domain=shown, original=finding.decided_by)
        why = words(f"panel.lookalike-{finding.reason}", who=who)
        yield Row(key, words("panel.lookalike"), text, Mark.WARN, f"{why} ({cited(finding.ref)})")
        if shown != finding.domain:
            yield Row(f"{key}-wire", "", words("panel.lookalike-wire", domain=finding.domain), depth=1)
        for line, value in enumerate(aligned(printable(shown), finding.decided_by)):
            yield Row(f"{key}-{line}", "", value, depth=1)
        for letter in _foreign(shown):
            yield Row(f"{key}-{letter}", "", _named(letter), depth=1)


def lookalike_badges(findings: Iterable[Finding], words: Words) -> Iterator[Badge]:
    """The warnings in short, to stand beside the verdicts of SPF."""
    for finding, *_ in _grouped(findings).values():
        yield Badge(words("panel.lookalike"), finding.decided_by, Mark.WARN)


def aligned(one: str, other: str) -> Aligned:
    """Both names with gaps, so that the same letters stand below each other."""
    top, bottom, pointer = "", "", ""
    for same, left, right in _pieces(one, other):
        length = max(len(left), len(right))
        top += left.ljust(length, GAP)
        bottom += right.ljust(length, GAP)
        pointer += (" " if same else POINTER) * length
    return Aligned(top, bottom, pointer.rstrip())


def _pieces(one: str, other: str) -> Iterator[tuple[bool, str, str]]:
    """The names cut into pieces that are the same in both, and pieces that are not."""
    from difflib import SequenceMatcher

    left, right = 0, 0
    for at, there, size in SequenceMatcher(None, one, other, autojunk=False).get_matching_blocks():
        if 0 < size < SHORTEST_SHARED and (at, there) != (0, 0):
            continue
        if (left, right) != (at, there):
            yield False, one[left:at], other[right:there]
        yield True, one[at : at + size], other[there : there + size]
        left, right = at + size, there + size


def _grouped(findings: Iterable[Finding]) -> dict[tuple[str, str], list[Finding]]:
    """Envelope and letter often name the same domain: that is one finding."""
    groups: dict[tuple[str, str], list[Finding]] = {}
    for finding in findings:
        if finding.kind == "lookalike":
            groups.setdefault((finding.domain.lower(), finding.decided_by), []).append(finding)
    return groups


def _foreign(domain: str) -> str:
    """The letters of a domain that are not ASCII, each once."""
    return "".join(dict.fromkeys(letter for letter in domain if not letter.isascii()))


def _named(letter: str) -> str:
    """What Unicode calls a letter: the same in every language."""
    from unicodedata import name

    return f"{letter}  U+{ord(letter):04X} {name(letter, '')}".rstrip()
