"""A campaign from its first day to its last, one batch of mails after the other."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random
from typing import NamedTuple

from smtpsim.campaign.audience import BATCHES, Cell, Kind
from smtpsim.campaign.mailer import Mailer
from smtpsim.campaign.mailing import Mailing
from smtpsim.campaign.plan import Plan
from smtpsim.campaign.readers import ASKED, REGULAR, Read, Readers
from smtpsim.world.model import Alike

UNOPENED = 2
"""Who keeps the list clean stops mailing those who opened none of so many mailings."""


class Group(NamedTuple):
    """A cell, its people, and its number, by which their chance is drawn."""

    number: int
    cell: Cell
    people: Readers


def run(plan: Plan, cells: tuple[Cell, ...], mailer: Mailer, hygiene: bool) -> Iterator[Mailing]:
    """Give each mailing as it grows: once a batch, and once more when the list has been gone over.

    With `hygiene` addresses that bounced are never mailed again, nor those who complained; and each mail asks to be
    opened within days, so that who lets `UNOPENED` of them lie does not read it. Chance is drawn for each cell and day
    by itself, so that the same people do the same with hygiene and without, but for opening what asks for it.
    """
    plan = _asking(plan) if hygiene else plan
    groups = [Group(number, cell, Readers(cell.size)) for number, cell in enumerate(cells)]
    for day in plan.mailings:
        mailing = Mailing(day)
        failed: list[Group] = []
        for batch in range(BATCHES):
            mailer.begin(day, batch)
            if hygiene and mailer.stopped:
                break  # who keeps the list clean does not send on in spite of a pause
            mailing = _batch(plan, [group for group in groups if group.cell.batch == batch], mailer, mailing, failed)
            yield _metered(mailing, mailer, groups)
        removed = _gone_over(groups, failed) if hygiene else 0
        groups = [group for group in groups if group.people.left]
        yield _metered(mailing._replace(removed=removed), mailer, groups)


def _asking(plan: Plan) -> Plan:
    """The plan of mails that ask to be opened within days."""
    return plan._replace(opens=max(plan.opens, ASKED * REGULAR)) if plan.opens else plan


def _batch(plan: Plan, groups: list[Group], mailer: Mailer, mailing: Mailing, failed: list[Group]) -> Mailing:
    """Mail one batch; what came of it goes into the books of all who keep any."""
    fates = [(group, mailer.mail(group.cell)) for group in groups]
    counted: list[tuple[Cell, Alike]] = []
    for group, fate in fates:
        left = group.people.left
        mailing = mailing.plus(**{fate.name: left})
        read = Read()
        if fate.name in ("delivered", "junked"):
            seed = f"{plan.seed}/{group.number}/{mailing.day}"
            read = group.people.read(plan, Random(seed), fate.name == "junked")
            mailing = mailing.plus(opened=read.opened, receipts=read.receipts, complaints=read.complaints)
        else:
            group.people.passed_over()
        if fate.name == "dropped" and group.cell.kind is Kind.TRAP:
            mailing = mailing.plus(traps=left)
        mails = fate.alike(group.cell, left, read.complaints)
        counted.append((group.cell, mails))
        if mails.unknown:
            failed.append(group)
    mailer.count(counted)
    return mailing


def _gone_over(groups: list[Group], failed: list[Group]) -> int:
    """Take off the list who bounced, complained or never opens; gives how many."""
    gone = sum(group.people.take_off(0) for group in failed)
    return gone + sum(group.people.take_off(UNOPENED) for group in groups)


def _metered(mailing: Mailing, mailer: Mailer, groups: list[Group]) -> Mailing:
    """The mailing with what the meters and lists show behind it."""
    return mailing._replace(
        left=sum(group.people.left for group in groups),
        bounce_rate=mailer.bounce_rate,
        complaint_rate=mailer.complaint_rate,
        standing=mailer.standing,
        listed=mailer.listed,
        blocked=mailer.blocked,
    )
