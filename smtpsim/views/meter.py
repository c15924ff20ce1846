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
    """The bounces and the complaints; `key` begins the keys of the rows. Few mails are no ground to be alarmed."""
    sent, bounced, complained = meter.total
    alarm = sent >= limits.minimum
    measured = (
        ("bounces", bounced, limits.bounce_review, limits.bounce_pause),
        ("complaints", complained, limits.complaint_review, limits.complaint_pause),
    )
    for name, events, review, pause in measured:
        rate = per_mille(events, sent)
        told = words("service.rate", rate=percent(rate), events=events, sent=sent)
        mark = _mark(rate, review, pause) if alarm and events else Mark.NONE
        yield Row(f"{key}{name}", words(f"service.{name}"), f"{bar(rate, review, pause)} {told}", mark)


def _mark(rate: float, review: int, pause: int) -> Mark:
    return Mark.BAD if rate >= pause else Mark.WARN if rate >= review else Mark.NONE


def standing_mark(meter: Meter, limits: Limits) -> Mark:
    """How the standing is marked; an account with few mails has none yet."""
    return Mark.NONE if _too_few(meter, limits) else STANDING_MARKS[meter.standing]


def standing(meter: Meter, limits: Limits, words: Words) -> str:
    """What the service makes of the account."""
    if _too_few(meter, limits):
        return words("service.too-few", minimum=limits.minimum)
    return words(f"service.standing-{meter.standing}")


def short_standing(meter: Meter, limits: Limits, words: Words) -> str:
    """The same in two or three words."""
    return words("service.short-too-few" if _too_few(meter, limits) else f"service.short-{meter.standing}")


def _too_few(meter: Meter, limits: Limits) -> bool:
    return meter.standing == HEALTHY and meter.total.sent < limits.minimum


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
