"""What a campaign is: how many recipients of which kind, how often they get mail, and what they do with it."""

from __future__ import annotations

from typing import NamedTuple


class Plan(NamedTuple):
    """Rates are shares of 1. `dead` addresses exist no more, `traps` are spam traps, `allow_listed` readers take mail
    of other domains only. Of the mails that reach a reader's inbox `opens` are opened and `complaints` are called spam;
    `receipts` of the opened ones are confirmed. A mailing goes out on day 0 and each `every` days, for `days`."""

    recipients: int = 10_000
    dead: float = 0.05
    traps: float = 0.001
    allow_listed: float = 0.02
    complaints: float = 0.001
    opens: float = 0.25
    receipts: float = 0.05
    days: int = 30
    every: int = 5
    seed: int = 1

    @property
    def mailings(self) -> tuple[int, ...]:
        """The days on which a mailing goes out."""
        return tuple(range(0, self.days, self.every))
