"""The people of a campaign as the world knows them: a mailbox for each cell that has one, set up as its kind is."""

from __future__ import annotations

from collections.abc import Iterable

from smtpsim.campaign.audience import Cell, Kind
from smtpsim.campaign.office import host_of, uses
from smtpsim.world.model import Host, Mailbox, UsedPolicy, World
from smtpsim.world.subscriber import Subscriber

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
        host = host_of(world, cell.domain)
        if host is not None and cell.kind is not Kind.DEAD:
            world = _moved_in(world, host, cell)
    return world


def _moved_in(world: World, host: Host, cell: Cell) -> World:
    address = address_of(cell)
    subscriber = Subscriber(allow=FRIENDS) if cell.kind is Kind.ALLOW_LISTED else Subscriber()
    world = world._replace(mailboxes=world.mailboxes.insert(address, Mailbox(address, "", subscriber=subscriber)))
    if cell.kind is not Kind.TRAP or not uses(host, "traps"):
        return world
    policies = tuple(_with_trap(used, address) if used.policy.name == "traps" else used for used in host.policies)
    return world._replace(hosts={**world.hosts, host.name: host._replace(policies=policies)})


def _with_trap(used: UsedPolicy, address: str) -> UsedPolicy:
    traps = used.settings["pristine"]
    assert isinstance(traps, tuple)
    return used._replace(settings={**used.settings, "pristine": (*traps, address)})
