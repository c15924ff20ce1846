"""Accepted, and yet not delivered as usual: a letter that a host drops without a word, puts among the junk, or has,
and nothing more is known."""

from __future__ import annotations

from typing import NamedTuple

from smtpsim.protocol.smtp.question import Disposition
from smtpsim.reports.reason import Reason
from smtpsim.world.model import Connection, DeliveryStatus, QueuedRecipient, World
from smtpsim.world.outcome import rewritten

JUNK = "Junk"
"""The folder for mail that nobody may want (RFC 6154 2)."""


class Handled(NamedTuple):
    world: World
    recipients: tuple[QueuedRecipient, ...]


def handled(
    world: World, connection: Connection, recipients: tuple[QueuedRecipient, ...], handling: tuple[Disposition, ...]
) -> Handled:
    """The recipients who are left to deliver to, once the fate of the others is written down."""
    left: list[QueuedRecipient] = []
    weightiest = _weightiest(handling)
    for queued in recipients:
        about = [weightiest[address] for address in ("", str(queued.recipient.path)) if address in weightiest]
        found = min(about, default=None, key=_weight)
        if found is None:
            left.append(queued)
        elif found.action == "junk":
            left.append(queued._replace(folder=JUNK))
        elif found.action == "drop":
            world = _dropped(world, connection, queued, found)
    return Handled(world, tuple(left))


def _weightiest(handling: tuple[Disposition, ...]) -> dict[str, Disposition]:
    """By address, "" for all: the first of what weighs most."""
    found: dict[str, Disposition] = {}
    for one in sorted(handling, key=_weight):
        found.setdefault(one.address, one)
    return found


def _weight(disposition: Disposition) -> int:
    return _WEIGHT[disposition.action]


_WEIGHT = {"drop": 0, "stay": 1, "junk": 2}
"""What is dropped is not sorted; of a letter that stays where it is nothing more is known."""


def _dropped(world: World, connection: Connection, queued: QueuedRecipient, handling: Disposition) -> World:
    """Nobody is told of it: the client has been given its 250."""
    outcome = world.outcomes[queued.outcome]._replace(
        status=DeliveryStatus.DROPPED,
        hop=connection.hop,
        host=connection.host.name,
        why=Reason(key=f"handling.{handling.reason}"),
        next_try=0,
        way=(*connection.way, connection.host.name),
    )
    return rewritten(world, queued.outcome, outcome)
