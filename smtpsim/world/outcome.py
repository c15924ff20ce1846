"""How the fate of a recipient is written down, and what a failed attempt looks like."""

from __future__ import annotations

from typing import NamedTuple

from smtpsim.reports.reason import Reason
from smtpsim.world.model import Outcome, QueuedRecipient, World

STATUSES = (
    "rejected",
    "accepted",
    "queued",
    "deferred",
    "relayed",
    "delivered",
    "dropped",
    "suppressed",
    "bounced",
    "discarded",
)


class Failure(NamedTuple):
    """One recipient that an attempt did not serve. `status` is an enhanced code (RFC 3463), `remote` the host that
    was spoken to, "" when none was reached."""

    receiver: QueuedRecipient
    status: str
    why: Reason
    remote: str = ""
    hop: int = 0

    @property
    def temporary(self) -> bool:
        return self.status.startswith("4")


def with_outcome(world: World, outcome: Outcome) -> World:
    """Add an outcome; it gets the next number."""
    return rewritten(world, len(world.outcomes) + 1, outcome)


def rewritten(world: World, number: int, outcome: Outcome) -> World:
    """Write down what became of a recipient."""
    return world._replace(outcomes=world.outcomes.insert(number, outcome), touched=world.touched.push_front(number))
