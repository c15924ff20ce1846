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
    for queued in recipients:
        found = _most_severe(queued, handling)
        if found is None:
            left.append(queued)
        elif found.action == "junk":
            left.append(queued._replace(folder=JUNK))
        elif found.action == "drop":
            world = _dropped(world, connection, queued, found)
    return Handled(world, tuple(left))


def _most_severe(queued: QueuedRecipient, handling: tuple[Disposition, ...]) -> Disposition | None:
    """What is said of this recipient: the first of what weighs most."""
    address = str(queued.recipient.path)
    about = [one for one in handling if one.address in ("", address)]
    return min(about, key=lambda one: _WEIGHT[one.action], default=None)


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
