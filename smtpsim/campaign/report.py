"""A campaign that is over: what it was, and its runs side by side."""

from __future__ import annotations

from typing import NamedTuple

from smtpsim.campaign.events import Event, events
from smtpsim.campaign.mailing import Mailing
from smtpsim.campaign.plan import Plan


class Thresholds(NamedTuple):
    """Where the service looks at an account, and where it stops it: events in a thousand mails."""

    bounce_review: int
    bounce_pause: int
    complaint_review: int
    complaint_pause: int


class Run(NamedTuple):
    """One run of the campaign; with `hygiene` the list was kept clean. So far `mailings` are its mailings."""

    hygiene: bool
    mailings: tuple[Mailing, ...]

    @property
    def events(self) -> tuple[Event, ...]:
        return events(self.mailings)


class Report(NamedTuple):
    """`recipients` is how many there were, `service` the sending service and `account` the customer."""

    plan: Plan
    recipients: int
    service: str
    account: str
    thresholds: Thresholds
    runs: tuple[Run, ...]
