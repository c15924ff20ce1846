"""What people do with the mail that reached them: open it, confirm it, call it spam, or let it lie."""

from __future__ import annotations

from random import Random
from typing import NamedTuple

from smtpsim.campaign.plan import Plan

REGULAR = 0.6
"""So many open mail at times, the others never do (an assumption of this model)."""

ASKED = 0.9
"""So many of those who open mail at times open one that asks to be opened within days (an assumption of this model)."""

IN_JUNK = 0.1
"""Mail among the junk is looked at a tenth as often (an assumption of this model)."""

COMPLAINED = 1 << 30
"""Stands in the place of the number of unopened mailings for somebody who has called the mail spam."""


class Read(NamedTuple):
    """How many mails were opened, confirmed by a read receipt, called spam."""

    opened: int = 0
    receipts: int = 0
    complaints: int = 0

    def plus(self, other: Read) -> Read:
        return Read(self.opened + other.opened, self.receipts + other.receipts, self.complaints + other.complaints)


class Chances(NamedTuple):
    """A number drawn below `complain` is a complaint, below `confirm` an opening with a read receipt, below `look` one
    without."""

    complain: float
    confirm: float
    look: float


class Readers:
    """The people of one cell: for each of them how many mailings went by unopened, and who is still on the list."""

    def __init__(self, size: int) -> None:
        regular = round(size * REGULAR)
        self._regular, self._silent = [0] * regular, [0] * (size - regular)

    @property
    def left(self) -> int:
        """How many are on the list."""
        return len(self._regular) + len(self._silent)

    def read(self, plan: Plan, random: Random, junked: bool) -> Read:
        """A mail reaches all of them. Who never opens mail is the first to call it spam (this model assumes)."""
        part = IN_JUNK if junked else 1
        by_silent = min(plan.complaints / (1 - REGULAR), 1) * part
        complain = max(plan.complaints - (1 - REGULAR), 0) / REGULAR * part
        opens = min(plan.opens * part / REGULAR, 1 - complain)
        chances = Chances(complain, complain + opens * plan.receipts, complain + opens)
        never = Chances(by_silent, by_silent, by_silent)
        return _read(self._regular, chances, random).plus(_read(self._silent, never, random))

    def passed_over(self) -> None:
        """A mail was sent that nobody could open."""
        self._regular = [before + 1 for before in self._regular]
        self._silent = [before + 1 for before in self._silent]

    def take_off(self, limit: int) -> int:
        """Take those off the list who opened none of the last `limit` mailings or complained; gives how many."""
        before = self.left
        self._regular = [unopened for unopened in self._regular if unopened < limit]
        self._silent = [unopened for unopened in self._silent if unopened < limit]
        return before - self.left


def _read(unopened: list[int], chances: Chances, random: Random) -> Read:
    """Draw what each does, and note how many mailings each has let lie."""
    complain, confirm, look = chances
    draw = random.random
    opened = receipts = complaints = 0
    for number, before in enumerate(unopened):
        drawn = draw()
        if drawn >= look:
            unopened[number] = before + 1
        elif drawn < complain:
            complaints += 1
            unopened[number] = COMPLAINED
        else:
            opened += 1
            receipts += drawn < confirm
            unopened[number] = 0
    return Read(opened, receipts, complaints)
