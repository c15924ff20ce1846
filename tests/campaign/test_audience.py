"""Recipients in cells: every one is in exactly one, and the shares are as asked."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from smtpsim.campaign.audience import BATCHES, Cell, Kind, audience, size_of
from smtpsim.campaign.plan import Plan

ALL = tuple(Kind)
DOMAINS = {"a.example": ALL, "b.example": ALL, "c.example": (Kind.READER, Kind.DEAD)}

shares = st.floats(0, 0.33)


def count(cells: tuple[Cell, ...], kind: Kind) -> int:
    return size_of(cell for cell in cells if cell.kind is kind)


@given(st.integers(0, 100_000), shares, shares, shares)
def test_nobody_is_lost_or_mailed_twice(recipients: int, dead: float, traps: float, choosy: float) -> None:
    cells = audience(Plan(recipients, dead, traps, choosy), DOMAINS)
    wanted = {Kind.DEAD: dead, Kind.TRAP: traps, Kind.ALLOW_LISTED: choosy}
    counts = {kind: round(recipients * share) for kind, share in wanted.items()}
    assert {kind: count(cells, kind) for kind in counts} == counts
    assert size_of(cells) == max(recipients, sum(counts.values()))
    assert len({(cell.domain, cell.kind, cell.batch) for cell in cells}) == len(cells)


@given(st.integers(1, 100_000))
def test_domains_and_batches_get_their_shares_to_within_one(recipients: int) -> None:
    cells = audience(Plan(recipients, 0, 0, 0), DOMAINS)
    domains = [size_of(cell for cell in cells if cell.domain == domain) for domain in DOMAINS]
    assert max(domains) - min(domains) <= 1
    batches = [size_of(cell for cell in cells if cell.batch == batch) for batch in range(BATCHES)]
    assert max(batches) - min(batches) <= len(DOMAINS)


def test_kinds_live_only_where_there_are_such_people() -> None:
    cells = audience(Plan(1000, 0.1, 0.1, 0.1), DOMAINS)
    assert {cell.kind for cell in cells if cell.domain == "c.example"} == {Kind.READER, Kind.DEAD}


def test_where_nobody_is_of_a_kind_they_are_readers() -> None:
    cells = audience(Plan(1000, 0, 0.1, 0.1), {"c.example": (Kind.READER, Kind.DEAD)})
    assert {cell.kind for cell in cells} == {Kind.READER}
    assert size_of(cells) == 1000


def test_batches_come_in_their_order() -> None:
    batches = [cell.batch for cell in audience(Plan(1000), DOMAINS)]
    assert batches == sorted(batches)
