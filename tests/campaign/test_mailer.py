"""The mailer asks policies to count, and knows none of them by name."""

from __future__ import annotations

import pytest

from smtpsim.campaign.audience import Cell, Kind
from smtpsim.campaign.customer import Customer, customers
from smtpsim.campaign.mailer import Mailer
from smtpsim.campaign.plan import Plan
from smtpsim.campaign.run import run
from smtpsim.kernel.finding import Finding
from smtpsim.kernel.ref import Ref
from smtpsim.world.load import shipped_world
from smtpsim.world.memory import Noted
from smtpsim.world.model import Alike, Case, Policy, UsedPolicy

SERVICE = "email-smtp.ap-northeast-1.amazonses.com"
DOMAIN = "hogefuga.com"
CELLS = (Cell(DOMAIN, Kind.READER, 0, 30), Cell(DOMAIN, Kind.DEAD, 1, 12), Cell("au.com", Kind.READER, 1, 5))

MOST = 40


def counted(case: Case) -> int:
    before = case.world.memory.get(("counter", case.host.name), 0)
    assert isinstance(before, int)
    return before


def at_once(case: Case, mails: tuple[Alike, ...]) -> tuple[object, ...]:
    return (Noted(("counter", case.host.name), counted(case) + sum(mail.size for mail in mails)),)


def holds(case: Case) -> Finding:
    result = "refused" if counted(case) > MOST else "tolerated"
    return Finding("counter", "client", case.client_ip, case.host.name, result, "", "", Ref(5321, "7.9"))


COUNTER = Policy("counter", {}, at_once=at_once, holds=holds)


def customer() -> Customer:
    """One whose mail to hogefuga.com meets a policy that only counts."""
    world = shipped_world()
    host = world.host_for(DOMAIN)
    assert host is not None
    changed = host._replace(policies=(*host.policies, UsedPolicy(COUNTER, {})))
    return customers(world.with_host(changed))[SERVICE]


@pytest.mark.parametrize("days", [1, 2])
def test_a_policy_counts_all_mails_that_come_to_its_host(days: int) -> None:
    mailer = Mailer(customer(), CELLS)
    seen = [mailing.blocked for mailing in run(Plan(47, days=days, every=1), CELLS, mailer, hygiene=False)]
    assert [("mx.hogefuga.com" in blocked) for blocked in seen[:2]] == [False, True]
    assert mailer.world.memory.get(("counter", "mx.hogefuga.com")) == 42 * days
    assert mailer.world.memory.get(("counter", "mx.au.com")) is None


def test_where_a_policy_is_off_nothing_is_counted() -> None:
    bare = customers(shipped_world())[SERVICE]
    mailer = Mailer(bare, CELLS)
    assert [mailing.blocked for mailing in run(Plan(47, days=1), CELLS, mailer, hygiene=False)][-1] == ()
