"""What came of one mailing, in numbers that add up."""

from __future__ import annotations

from typing import NamedTuple

FATES = ("delivered", "junked", "dropped", "deferred", "bounced", "suppressed", "refused")
"""What becomes of a mail that was handed in: in the inbox, among the junk, accepted and dropped, still on its way,
bounced by the receiver, held back by the service's suppression list, not taken by the service. Every mail has one."""


class Mailing(NamedTuple):
    """`sent` is the sum of the fates. `opened`, `receipts` and `complaints` are of those delivered or junked; `traps`
    counts the mails to spam traps that were taken. `removed` recipients were taken off the list afterwards, `left` are
    on it. Behind the mailing the service's meters stand at so many per mille; `standing` is the account's, `listed`
    names the blocklists with the service's address, `blocked` the hosts that turn the address away by themselves."""

    day: int
    delivered: int = 0
    junked: int = 0
    dropped: int = 0
    deferred: int = 0
    bounced: int = 0
    suppressed: int = 0
    refused: int = 0
    opened: int = 0
    receipts: int = 0
    complaints: int = 0
    traps: int = 0
    removed: int = 0
    left: int = 0
    bounce_rate: float = 0.0
    complaint_rate: float = 0.0
    standing: str = "healthy"
    listed: tuple[str, ...] = ()
    blocked: tuple[str, ...] = ()

    @property
    def sent(self) -> int:
        """How many mails were handed in."""
        return sum(getattr(self, fate) for fate in FATES)

    def plus(self, **counts: int) -> Mailing:
        """With these counts added."""
        return self._replace(**{name: getattr(self, name) + count for name, count in counts.items()})


COUNTS = (*FATES, "opened", "receipts", "complaints", "traps", "removed")
"""What can be summed up over mailings."""


def totals(mailings: tuple[Mailing, ...]) -> dict[str, int]:
    """The sums over all mailings, with the mails sent."""
    sums = {name: sum(getattr(mailing, name) for mailing in mailings) for name in COUNTS}
    return {"sent": sum(mailing.sent for mailing in mailings), **sums}
