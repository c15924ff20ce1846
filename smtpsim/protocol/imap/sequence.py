"""Sequence sets: `1`, `2:4`, `7,9:*` (RFC 3501 9). A set is never longer than it was typed, whatever it spans."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import groupby
from typing import NamedTuple

from smtpsim.kernel.fault import Fault
from smtpsim.protocol.imap import grammar
from smtpsim.protocol.imap.scanner import Scanner
from smtpsim.protocol.maildrop import Mail

STAR = 0
"""Stands for `*`, the largest number in use: no number is 0."""


class SequenceSet(NamedTuple):
    """Ranges as typed, both ends included; an end may be `STAR`, and the first the larger one. `column` is where
    the set stands in the line, 0 if in an earlier one."""

    ranges: tuple[tuple[int, int], ...]
    column: int = 0

    def spans(self, largest: int) -> list[tuple[int, int]]:
        """The ranges in order and without overlaps, where `*` is `largest`."""
        known = ((low or largest, high or largest) for low, high in self.ranges)
        merged: list[tuple[int, int]] = []
        for low, high in sorted((min(pair), max(pair)) for pair in known):
            if merged and low <= merged[-1][1] + 1:
                merged[-1] = (merged[-1][0], max(high, merged[-1][1]))
            else:
                merged.append((low, high))
        return merged

    def beyond(self, count: int) -> bool:
        """Whether it names a message number that there is not; `*` is one in an empty mailbox."""
        return not count or any(high > count for _, high in self.spans(count))

    def indexes(self, mails: tuple[Mail, ...], by_uid: bool) -> list[int]:
        """Which of the mails it names, by unique identifier or by number; those that are not there do not count."""
        numbers: range | list[int] = [mail.uid for mail in mails] if by_uid else range(1, len(mails) + 1)
        if not mails:
            return []
        spans = self.spans(numbers[-1])
        bounds = ((bisect_left(numbers, low), bisect_right(numbers, high)) for low, high in spans)
        return [index for low, high in bounds for index in range(low, high)]


def read_sequence_set(scanner: Scanner) -> SequenceSet | Fault:
    start, column = scanner.at, scanner.column()
    match = scanner.take(grammar.SEQUENCE_SET)
    if not match or not (scanner.ended or scanner.text[scanner.at] in " )"):
        return scanner.fault("imap-sequence-syntax", at=start)
    ranges = []
    for piece in match.group().split(","):
        found = _read_range(piece)
        if isinstance(found, str):
            return scanner.fault(found, piece, start)
        ranges.append(found)
        start += len(piece) + 1
    return SequenceSet(tuple(ranges), column)


def _read_range(piece: str) -> tuple[int, int] | str:
    """Both ends, or the key of what is wrong."""
    match = grammar.SEQUENCE_RANGE.fullmatch(piece)
    if not match:
        return "imap-sequence-syntax"
    low, high = match.group(1), match.group(2) or match.group(1)
    if any(end != "*" and not 1 <= int(end) <= grammar.NUMBER_LIMIT for end in (low, high)):
        return "imap-number-range"
    return _end(low), _end(high)


def _end(text: str) -> int:
    return STAR if text == "*" else int(text)


def number_set(numbers: Sequence[int]) -> str:
    """Ascending numbers as a set: `1:3,7` (RFC 4315 3 for uids)."""
    runs = (list(run) for _, run in groupby(enumerate(numbers), lambda pair: pair[1] - pair[0]))
    return ",".join(f"{run[0][1]}:{run[-1][1]}" if len(run) > 1 else f"{run[0][1]}" for run in runs)
