"""The customers of the sending services, as these see them: standing, bounces and complaints."""

from __future__ import annotations

from collections.abc import Iterator

from smtpsim.explain import Words
from smtpsim.views.meter import meter_rows, percent, standing, standing_mark
from smtpsim.views.page import page, part
from smtpsim.views.row import Mark, Panel, Row
from smtpsim.world.model import World
from smtpsim.world.sending.account import Sending
from smtpsim.world.sending.books import Service, books, services


def reputation(world: World, account: str, words: Words) -> Panel:
    """The page; only the account of that name where one is given."""
    parts = (
        part(service.name, rows)
        for service in services(world)
        if (rows := tuple(_rows(world, service, account, words)))
    )
    return page(words("service.reputation"), *parts)


def _rows(world: World, service: Service, wanted: str, words: Words) -> Iterator[Row]:
    kept, limits = books(world, service.sending), service.sending.limits
    yield _limits(service.sending, words)
    for name, account in service.sending.accounts.items():
        if wanted not in ("", name):
            continue
        meter = kept.meter(name)
        yield Row(name, name, ", ".join(account.domains), standing_mark(meter, limits), standing(meter, limits, words))
        if meter.total.sent:
            yield from (row._replace(depth=1) for row in meter_rows(meter, limits, words, f"{name}-"))


def _limits(sending: Sending, words: Words) -> Row:
    """What the marks in the bars stand for."""
    limits = sending.limits
    return Row(
        "limits",
        words("service.region"),
        sending.region,
        Mark.NONE,
        words(
            "service.limits",
            bounce_review=percent(limits.bounce_review),
            bounce_pause=percent(limits.bounce_pause),
            complaint_review=percent(limits.complaint_review),
            complaint_pause=percent(limits.complaint_pause),
        ),
    )
