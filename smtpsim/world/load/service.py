"""What a host offers, from its TOML table: extensions, limits, AUTH mechanisms, its own words for replies."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from smtpsim.protocol.smtp import extensions, offer
from smtpsim.protocol.smtp.extensions.auth import MECHANISMS
from smtpsim.protocol.smtp.replies import RULES
from smtpsim.protocol.smtp.service import Limits, Service
from smtpsim.world import policies
from smtpsim.world.load.table import Table


def read_service(name: str, table: Table) -> Service:
    """The service of the host called `name`; mistakes go into the table's report."""
    return offer.service(
        name,
        known(table, "extensions", extensions.load, "extension-unknown", extensions.names),
        _limits(table.table("limits")),
        _mechanisms(table),
        _texts(table),
    )


def known(
    table: Table, name: str, load: Callable[[str], object], key: str, names: Callable[[], tuple[str, ...]]
) -> tuple[str, ...]:
    """The names in a list that there is a file for, each once; the others are reported."""
    good = []
    for value in dict.fromkeys(table.texts(name)):
        try:
            load(value)
        except LookupError:
            table.wrong(name, key, found=value, known=", ".join(names()))
        else:
            good.append(value)
    return tuple(good)


def _limits(table: Table) -> Limits:
    usual = Limits()
    limits = Limits(
        size=table.number("size", usual.size),
        recipients=table.number("recipients", usual.recipients),
        errors=table.number("errors", usual.errors),
        refused_count=table.flag("refused-count", usual.refused_count),
    )
    table.close()
    return limits


def _mechanisms(table: Table) -> tuple[str, ...]:
    names = table.texts("mechanisms")
    for name in names:
        if name not in MECHANISMS:
            table.wrong("mechanisms", "mechanism-unknown", found=name, known=", ".join(MECHANISMS))
    return tuple(name for name in names if name in MECHANISMS)


def _texts(table: Table) -> dict[str, str]:
    """Other words for replies, also for those that come only when more is switched on."""
    replies = table.table("replies")
    for key in replies.data:
        if key not in RULES and key not in _replies_of_more():
            replies.wrong(key, "reply-unknown")
    return {key: replies.text(key) for key in replies.data}


@cache
def _replies_of_more() -> frozenset[str]:
    """The keys of the replies that extensions and policies bring along."""
    brought = [extensions.load(name).replies for name in extensions.names()]
    brought += [policies.load(name).replies for name in policies.names()]
    return frozenset(rule.key for rules in brought for rule in rules)
