"""The fates of the recipients of the mail at hand: which outcomes are its own, and how serious each is."""

from __future__ import annotations

from collections.abc import Iterator

from smtpsim.explain import Words
from smtpsim.reports.reason import said
from smtpsim.session.simulation import Simulation
from smtpsim.views.row import Mark
from smtpsim.world.model import Outcome

MARKS = {
    "rejected": Mark.BAD,
    "accepted": Mark.WAIT,
    "queued": Mark.WAIT,
    "deferred": Mark.WAIT,
    "relayed": Mark.GOOD,
    "delivered": Mark.GOOD,
    "dropped": Mark.BAD,
    "suppressed": Mark.BAD,
    "bounced": Mark.BAD,
    "discarded": Mark.BAD,
}
"""How each status of an outcome is marked."""


def outcomes_of_mail(simulation: Simulation) -> Iterator[tuple[int, Outcome]]:
    """The numbered outcomes since the mail at hand began, its bounces among them. In a world that is shared, the
    numbers between are those of others."""
    outcomes, first = simulation.world.outcomes, simulation.transaction.first_outcome
    for number in sorted(number for number in outcomes if number >= first):
        yield number, outcomes[number]


def reason(outcome: Outcome, words: Words) -> str:
    """Why a recipient came to this fate: the words of a server, or ours."""
    return said(outcome.why, words)


def fate_text(outcome: Outcome, words: Words) -> str:
    """The sentence on one recipient's fate."""
    return words(
        f"fate.{outcome.status}",
        recipient=outcome.recipient,
        host=outcome.host,
        mailbox=outcome.mailbox,
        reason=reason(outcome, words),
        hop=outcome.hop,
        bounce_to=outcome.bounce_to,
    )
