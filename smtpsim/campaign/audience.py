"""The recipients of a campaign, in cells of people who are alike: same domain, same kind, mailed in the same hours."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import NamedTuple

from smtpsim.campaign.plan import Plan

BATCHES = 8
"""A mailing goes out in so many batches; what happens to one can change the fate of the next."""


class Kind(StrEnum):
    """Who stands behind an address."""

    READER = "reader"
    DEAD = "dead"  # an address that exists no more, or never did
    TRAP = "trap"  # abandoned long ago, and watched by the operator of a blocklist
    ALLOW_LISTED = "allow-listed"  # a reader who takes mail of other domains only


class Cell(NamedTuple):
    """`size` recipients of one kind at one domain, who are mailed in the same batch."""

    domain: str
    kind: Kind
    batch: int
    size: int


def audience(plan: Plan, domains: Mapping[str, tuple[Kind, ...]]) -> tuple[Cell, ...]:
    """Share the plan's recipients out among the domains, each of which has people of these kinds. Kinds and domains get
    their shares to within one recipient, so that nothing is left to chance here. Where no domain has people of a kind,
    there are readers in their place."""
    shares = {Kind.DEAD: plan.dead, Kind.TRAP: plan.traps, Kind.ALLOW_LISTED: plan.allow_listed}
    kinds = {kind for there in domains.values() for kind in there}
    counts = {kind: round(plan.recipients * share) for kind, share in shares.items() if kind in kinds}
    counts[Kind.READER] = max(plan.recipients - sum(counts.values()), 0)
    groups: dict[tuple[str, Kind], int] = {}
    for kind, count in counts.items():
        places = [domain for domain, kinds in domains.items() if kind in kinds]
        for domain, size in zip(places, _split(count, len(places)), strict=True):
            groups[domain, kind] = size
    return cells(groups)


def cells(groups: Mapping[tuple[str, Kind], int]) -> tuple[Cell, ...]:
    """Cut groups of alike recipients into batches, in the order in which they are mailed."""
    cut = [
        Cell(domain, kind, batch, size)
        for (domain, kind), count in groups.items()
        for batch, size in enumerate(_split(count, BATCHES))
        if size
    ]
    return tuple(sorted(cut, key=lambda cell: cell.batch))


def size_of(cells: Iterable[Cell]) -> int:
    return sum(cell.size for cell in cells)


def _split(count: int, parts: int) -> list[int]:
    """Share a count out as evenly as whole numbers can; the first ones get what is left over."""
    each, over = divmod(count, parts) if parts else (0, 0)
    return [each + (number < over) for number in range(parts)]
