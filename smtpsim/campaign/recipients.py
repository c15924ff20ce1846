"""A list of recipients from a CSV file: an address a line, and where it is known, after a comma, who stands behind."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable
from typing import NamedTuple

from smtpsim.campaign.audience import Cell, Kind, cells
from smtpsim.kernel.address import mailbox_address

HEADINGS = frozenset({"address", "email", "e-mail", "mail", "recipient"})
"""The first line may name the columns."""

MOST = 10_000_000
"""Lines that a list may have."""


class ListFault(NamedTuple):
    """What is wrong in a list: the words are `campaign.list-KEY`."""

    line: int
    key: str
    found: str = ""


class Listed(NamedTuple):
    """The recipients in cells, and how many lines named an address once more."""

    cells: tuple[Cell, ...]
    repeated: int


def read_list(lines: Iterable[str], kind_of: Callable[[str], Kind]) -> Listed | ListFault:
    """Read a list. `kind_of` tells of an address who stands behind it, where the list does not say."""
    groups: dict[tuple[str, Kind], int] = {}
    seen: set[str] = set()
    repeated = 0
    reader = csv.reader(lines)
    try:
        for row in reader:
            words = [word.strip() for word in row]
            if not any(words) or words[0].startswith("#") or (not seen and words[0].lower() in HEADINGS):
                continue
            if len(seen) >= MOST:
                return ListFault(reader.line_num, "too-long", str(MOST))
            fault = _wrong(words, reader.line_num)
            if fault:
                return fault
            address = mailbox_address(words[0])
            if address in seen:
                repeated += 1
                continue
            seen.add(address)
            kind = Kind(words[1].lower()) if len(words) > 1 and words[1] else kind_of(address)
            group = (address.rpartition("@")[2], kind)
            groups[group] = groups.get(group, 0) + 1
    except csv.Error as wrong:
        return ListFault(reader.line_num, "not-csv", str(wrong))
    return Listed(cells(groups), repeated) if groups else ListFault(reader.line_num, "empty")


def _wrong(words: list[str], line: int) -> ListFault | None:
    local, at, domain = words[0].rpartition("@")
    if not (local and at and domain) or any(map(str.isspace, words[0])):
        return ListFault(line, "not-an-address", words[0])
    if len(words) > 1 and words[1] and words[1].lower() not in set(Kind):
        return ListFault(line, "not-a-kind", words[1])
    return None
