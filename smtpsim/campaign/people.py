"""The people of a campaign as the world knows them: a mailbox for each cell that has one, set up as its kind is."""

from __future__ import annotations

from collections.abc import Iterable

from smtpsim.campaign.audience import Cell, Kind
from smtpsim.world.mailbox import Mailbox
from smtpsim.world.model import Host, World
from smtpsim.world.subscriber import Subscriber
from smtpsim.world.switching import with_setting

NAMES = {Kind.READER: "reader", Kind.DEAD: "gone", Kind.TRAP: "trap", Kind.ALLOW_LISTED: "choosy"}

FRIENDS = ("friends.example",)
"""Whose mail the readers with an allow-list take."""


def address_of(cell: Cell) -> str:
    """The address that stands for the whole cell."""
    return f"{NAMES[cell.kind]}.{cell.batch}@{cell.domain}"


def peopled(world: World, cells: Iterable[Cell]) -> World:
    """The world with the people of these cells in it. A trap is an ordinary mailbox where the host has no traps, and an
    allow-list is one that a host without them does not look at."""
    for cell in cells:
        host = world.host_for(cell.domain)
        if host is not None and cell.kind is not Kind.DEAD:
            world = _moved_in(world, host, cell)
    return world


def _moved_in(world: World, host: Host, cell: Cell) -> World:
    address = address_of(cell)
    subscriber = Subscriber(allow=FRIENDS) if cell.kind is Kind.ALLOW_LISTED else Subscriber()
    world = world._replace(mailboxes=world.mailboxes.insert(address, Mailbox(address, "", subscriber=subscriber)))
    traps = next((used for used in host.policies if used.policy.traps), None)
    if cell.kind is not Kind.TRAP or traps is None:
        return world
    setting = traps.policy.traps[-1]
    known = traps.settings[setting]
    assert isinstance(known, tuple)
    return with_setting(world, host, traps.policy, setting, (*known, address))
