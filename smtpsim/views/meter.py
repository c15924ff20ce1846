"""An account's meters as rows: how many bounces and complaints there are among its mails, and where the limits lie."""

from __future__ import annotations

from collections.abc import Iterator

from smtpsim.explain import Words
from smtpsim.views.row import Mark, Row
from smtpsim.world.sending.account import Limits
from smtpsim.world.sending.rates import HEALTHY, PAUSED, REVIEW, SUSPENDED, Meter, per_mille

WIDTH = 20
"""Cells of a bar, whose end is twice the limit at which an account is paused."""

FULL, EMPTY, LIMIT = "\N{BLACK SQUARE}", "\N{MIDDLE DOT}", "|"

STANDING_MARKS = {HEALTHY: Mark.GOOD, REVIEW: Mark.WARN, PAUSED: Mark.BAD, SUSPENDED: Mark.BAD}


def meter_rows(meter: Meter, limits: Limits, words: Words, key: str) -> Iterator[Row]:
    """The bounces and the complaints; `key` begins the keys of the rows."""
    sent, bounced, complained = meter.total
    yield _row(
        f"{key}bounces", words("service.bounces"), bounced, sent, limits.bounce_review, limits.bounce_pause, words
    )
    yield _row(
        f"{key}complaints",
        words("service.complaints"),
        complained,
        sent,
        limits.complaint_review,
        limits.complaint_pause,
        words,
    )


def standing(meter: Meter, limits: Limits, words: Words) -> str:
    """What the service makes of the account, and by how many mails."""
    told = words(f"service.standing-{meter.standing}")
    if meter.total.sent < limits.minimum and meter.standing == HEALTHY:
        return words("service.too-few", minimum=limits.minimum)
    return told


def _row(key: str, label: str, events: int, sent: int, review: int, pause: int, words: Words) -> Row:
    rate = per_mille(events, sent)
    mark = Mark.BAD if events and rate >= pause else Mark.WARN if events and rate >= review else Mark.NONE
    told = words("service.rate", rate=percent(rate), events=events, sent=sent)
    limits = words("service.limits", review=percent(review), pause=percent(pause))
    return Row(key, label, f"{bar(rate, review, pause)} {told}", mark, limits)


def bar(rate: float, review: int, pause: int) -> str:
    """A bar in which both limits are drawn: `■■■■■|····|·········`."""
    end = 2 * max(pause, 1)
    cells = [FULL if rate * WIDTH > end * cell else EMPTY for cell in range(WIDTH)]
    for limit in (review, pause):
        cells[min(round(limit * WIDTH / end), WIDTH - 1)] = LIMIT
    return "".join(cells)


def percent(per_thousand: float) -> str:
    """A rate of a thousand as people read it: `6.7 %`."""
    return f"{per_thousand / 10:.2f}".rstrip("0").rstrip(".") + "\N{NO-BREAK SPACE}%"
