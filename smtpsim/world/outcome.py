"""How the fate of a recipient is written down, and what a failed attempt looks like."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from smtpsim.reports.reason import Cause
from smtpsim.world.model import Outcome, QueuedRecipient, World


class Attempted(NamedTuple):
    """What an attempt came to for one recipient, and the cause."""

    queued: QueuedRecipient
    cause: Cause

    @property
    def temporary(self) -> bool:
        return self.cause.temporary


def failing(recipients: Iterable[QueuedRecipient], cause: Cause) -> tuple[Attempted, ...]:
    """The failures that one cause means for these recipients."""
    return tuple(Attempted(queued, cause) for queued in recipients)


def with_outcome(world: World, outcome: Outcome) -> World:
    """Add an outcome; it gets the next number."""
    return rewritten(world, len(world.outcomes) + 1, outcome)


def rewritten(world: World, number: int, outcome: Outcome) -> World:
    """Write down what became of a recipient."""
    return world._replace(outcomes=world.outcomes.insert(number, outcome), touched=world.touched.push_front(number))
