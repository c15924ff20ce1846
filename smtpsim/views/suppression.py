"""The suppression lists of the sending services: how each uses them, and who is on them."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from smtpsim.explain import Words
from smtpsim.views.page import page, part
from smtpsim.views.row import Mark, Panel, Row
from smtpsim.world.calendar import moment
from smtpsim.world.model import World
from smtpsim.world.sending.books import Service, books, mode, services
from smtpsim.world.sending.lists import LIFETIME, Listed, in_force

MOST = 200
"""Addresses of one service that are shown."""


def suppression(world: World, address: str, words: Words) -> Panel:
    """The page; only what is known of the address where one is given."""
    parts = (part(service.name, _rows(world, service, address, words)) for service in services(world))
    return page(words("service.suppression"), *parts)


def _rows(world: World, service: Service, wanted: str, words: Words) -> Iterator[Row]:
    used = mode(world, service.sending)
    yield Row("mode", used, words(f"service.mode-{used}"), Mark.NOTE)
    found = [row for row in _listed(world, service, words) if wanted in ("", row.value)]
    yield from found[:MOST]
    if not found:
        yield Row("none", "", words("service.nobody-listed", address=wanted) if wanted else words("service.list-empty"))
    if len(found) > MOST:
        yield Row("more", "", words("service.more-listed", count=len(found) - MOST), Mark.NOTE)


def _listed(world: World, service: Service, words: Words) -> Iterator[Row]:
    kept = books(world, service.sending).lists
    for address, listed in islice(sorted(kept.shared.items()), 10 * MOST):
        if in_force(listed, world.now):
            until = words("service.until", time=moment(listed.since + LIFETIME, world.now))
            yield Row(
                f"all-{address}", words("service.list-all"), address, Mark.BAD, f"{_why(listed, world, words)}; {until}"
            )
    for (account, address), listed in islice(sorted(kept.own.items()), 10 * MOST):
        label = words("service.list-own", account=account)
        yield Row(f"{account}-{address}", label, address, Mark.BAD, _why(listed, world, words))


def _why(listed: Listed, world: World, words: Words) -> str:
    time = moment(listed.since, world.now)
    return words(f"service.why-{listed.why}", account=listed.account, time=time, words=listed.words)
