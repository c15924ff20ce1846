"""An account's meters: bounces and complaints among its last mails, and what the service makes of them. Pure; the work
for a mail does not grow with the number of mails."""

from __future__ import annotations

from typing import NamedTuple

from smtpsim.world.sending.account import Limits

STEPS = 10
"""The volume slides on by a tenth at a time, so that ten counts stand for all its mails."""

HEALTHY, REVIEW, PAUSED, SUSPENDED = STANDINGS = ("healthy", "review", "paused", "suspended")
"""From the best to the worst. Nobody comes back from the last two by waiting."""


class Tally(NamedTuple):
    """Mails that were sent, that failed for good, and that a reader called spam."""

    sent: int = 0
    bounced: int = 0
    complained: int = 0

    def plus(self, other: Tally) -> Tally:
        return Tally(self.sent + other.sent, self.bounced + other.bounced, self.complained + other.complained)

    def minus(self, other: Tally) -> Tally:
        return Tally(self.sent - other.sent, self.bounced - other.bounced, self.complained - other.complained)


NOTHING = Tally()


class Meter(NamedTuple):
    """`total` counts what is looked at: the step that is being filled and those in `past`, the oldest first. `refused`
    counts the letters that were handed in while the account was paused."""

    total: Tally = NOTHING
    filling: Tally = NOTHING
    past: tuple[Tally, ...] = ()
    standing: str = HEALTHY
    refused: int = 0

    @property
    def stopped(self) -> bool:
        return self.standing in (PAUSED, SUSPENDED)


NEW = Meter()


def counted(meter: Meter, limits: Limits, news: Tally) -> Meter:
    """The meter after some more mails, bounces or complaints."""
    meter = meter._replace(total=meter.total.plus(news), filling=meter.filling.plus(news))
    if meter.filling.sent * STEPS >= limits.volume:
        meter = _slid(meter)
    return meter if meter.stopped else meter._replace(standing=_judged(meter, limits))


def _slid(meter: Meter) -> Meter:
    """The step that is full joins the past, whose oldest step is forgotten."""
    past = (*meter.past, meter.filling)
    if len(past) < STEPS:
        return meter._replace(filling=NOTHING, past=past)
    return meter._replace(total=meter.total.minus(past[0]), filling=NOTHING, past=past[1:])


def _judged(meter: Meter, limits: Limits) -> str:
    sent, bounced, complained = meter.total
    if sent < limits.minimum:
        return meter.standing
    if _reach(bounced, limits.bounce_pause, sent) or _reach(complained, limits.complaint_pause, sent):
        return PAUSED
    if _reach(bounced, limits.bounce_review, sent) or _reach(complained, limits.complaint_review, sent):
        return REVIEW
    return HEALTHY


def _reach(events: int, limit: int, sent: int) -> bool:
    """Whether the events are `limit` or more in a thousand mails."""
    return events > 0 and events * 1000 >= limit * sent


def handed_in(meter: Meter, limits: Limits) -> Meter:
    """The meter after one more letter from an account that is stopped."""
    refused = meter.refused + 1
    return meter._replace(refused=refused, standing=SUSPENDED if refused >= limits.patience else meter.standing)


def per_mille(events: int, sent: int) -> float:
    """How many events there were in a thousand mails; 0 where none was sent."""
    return 1000 * events / sent if sent else 0.0
