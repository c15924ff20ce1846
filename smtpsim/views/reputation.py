"""The customers of the sending services, as these see them: standing, bounces and complaints."""

from __future__ import annotations

from collections.abc import Iterator

from smtpsim.explain import Words
from smtpsim.views.meter import STANDING_MARKS, meter_rows, standing
from smtpsim.views.page import page, part
from smtpsim.views.row import Panel, Row
from smtpsim.world.model import World
from smtpsim.world.sending.books import Service, books, services


def reputation(world: World, account: str, words: Words) -> Panel:
    """The page; only the account of that name where one is given."""
    parts = (
        part(words("service.at", host=service.name, region=service.sending.region), rows)
        for service in services(world)
        if (rows := tuple(_rows(world, service, account, words)))
    )
    return page(words("service.reputation"), *parts)


def _rows(world: World, service: Service, wanted: str, words: Words) -> Iterator[Row]:
    kept, limits = books(world, service.sending), service.sending.limits
    for name, account in service.sending.accounts.items():
        if wanted not in ("", name):
            continue
        meter = kept.meter(name)
        yield Row(
            name, name, ", ".join(account.domains), STANDING_MARKS[meter.standing], standing(meter, limits, words)
        )
        yield from (row._replace(depth=1) for row in meter_rows(meter, limits, words, f"{name}-"))
