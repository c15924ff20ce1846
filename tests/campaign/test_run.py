"""Campaigns in the shipped world: the numbers add up, lists and meters turn on their days, hygiene helps."""

from __future__ import annotations

from collections import Counter
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from smtpsim.campaign.audience import Cell, Kind, audience, size_of
from smtpsim.campaign.customer import Customer, customers
from smtpsim.campaign.events import Event, events
from smtpsim.campaign.mailer import Mailer
from smtpsim.campaign.mailing import FATES, Mailing, totals
from smtpsim.campaign.people import address_of
from smtpsim.campaign.plan import Plan
from smtpsim.campaign.run import run
from smtpsim.world.load import shipped_world

SERVICE = "email-smtp.ap-northeast-1.amazonses.com"
PLAN = Plan(recipients=4000)


@cache
def customer() -> Customer:
    return customers(shipped_world())[SERVICE]


@cache
def mailings(plan: Plan = PLAN, hygiene: bool = False) -> tuple[Mailing, ...]:
    """Each mailing as it was in the end."""
    cells = audience(plan, customer().domains)
    last = {mailing.day: mailing for mailing in run(plan, cells, Mailer(customer(), cells), hygiene)}
    return tuple(last.values())


def turned(plan: Plan = PLAN, hygiene: bool = False) -> tuple[Event, ...]:
    return events(mailings(plan, hygiene))


def test_everybody_on_the_list_has_one_fate_a_mailing() -> None:
    assert [mailing.sent for mailing in mailings()] == [PLAN.recipients] * 6
    assert [mailing.day for mailing in mailings()] == [0, 5, 10, 15, 20, 25]


@settings(max_examples=6)
@given(
    st.integers(1, 300),
    st.floats(0, 0.3),
    st.floats(0, 0.3),
    st.floats(0, 0.3),
    st.floats(0, 0.2),
    st.booleans(),
)
def test_whatever_the_shares_nothing_is_lost(
    count: int, dead: float, traps: float, choosy: float, complaints: float, hygiene: bool
) -> None:
    plan = Plan(count, dead, traps, choosy, complaints, days=15)
    on_list = count = size_of(audience(plan, customer().domains))
    for mailing in mailings(plan, hygiene):
        assert mailing.sent == on_list or (hygiene and mailing.standing in ("paused", "suspended"))
        assert mailing.opened + mailing.complaints <= mailing.delivered + mailing.junked
        assert mailing.receipts <= mailing.opened
        on_list -= mailing.removed
        assert mailing.left == on_list
    assert on_list <= count


def test_the_same_seed_gives_the_same_campaign_and_another_one_another() -> None:
    cells = audience(PLAN, customer().domains)
    again = {mailing.day: mailing for mailing in run(PLAN, cells, Mailer(customer(), cells), False)}
    assert tuple(again.values()) == mailings()
    assert mailings(PLAN._replace(seed=2)) != mailings()


def test_a_clean_list_of_readers_arrives_and_leaves_no_trace() -> None:
    plan = Plan(2000, dead=0, traps=0, allow_listed=0, complaints=0)
    assert totals(mailings(plan))["delivered"] + totals(mailings(plan))["junked"] == 12_000
    assert turned(plan) == ()
    assert mailings(plan)[-1].bounce_rate == 0


def test_dead_addresses_bounce_then_are_suppressed_for_two_weeks_and_then_bounce_again() -> None:
    plan = Plan(2000, dead=0.04, traps=0, allow_listed=0)
    assert [(one.bounced, one.suppressed) for one in mailings(plan)] == [(80, 0), (0, 80), (0, 80)] * 2


def test_readers_with_an_allow_list_look_dead_to_the_sender() -> None:
    plan = Plan(2000, dead=0, traps=0, allow_listed=0.02)
    first = mailings(plan)[0]
    assert first.bounced + first.dropped == 40
    assert first.bounced > 0


@pytest.mark.parametrize(("dead", "standing"), [(0.0, "healthy"), (0.06, "review"), (0.2, "suspended")])
def test_the_bounce_rate_decides_the_accounts_standing(dead: float, standing: str) -> None:
    assert mailings(Plan(2000, dead, traps=0, allow_listed=0, complaints=0))[-1].standing == standing


def test_complaints_alone_stop_an_account() -> None:
    assert mailings(Plan(4000, dead=0, traps=0, allow_listed=0, complaints=0.02))[-1].standing == "suspended"


def test_a_suspended_account_sends_nothing_more() -> None:
    after = mailings(Plan(2000, dead=0.2))[1:]
    assert [mailing.refused for mailing in after] == [2000] * 5


def test_mail_to_traps_over_some_time_lists_the_services_address() -> None:
    listed = [event for event in turned() if event.key == "listed"]
    assert [event.what for event in listed] == ["zen.spamhaus.org"]
    assert listed[0].day >= 7
    assert [event for event in turned(PLAN._replace(traps=0)) if event.key == "listed"] == []


def test_hygiene_takes_the_dead_and_the_silent_off_and_keeps_off_the_lists() -> None:
    clean, as_it_is = mailings(PLAN, True), mailings()
    assert clean[1].bounced == 0
    assert clean[-1].bounce_rate < as_it_is[-1].bounce_rate
    assert [event for event in turned(PLAN, True) if event.key == "listed"] == []
    assert totals(clean)["opened"] > totals(as_it_is)["opened"]
    assert clean[-1].left < PLAN.recipients * 0.6


def test_the_list_as_it_is_ends_suspended_and_the_clean_one_delivers() -> None:
    """The shipped example's story: who bounced goes, and who lets lie what asks to be opened within days."""
    clean, as_it_is = mailings(PLAN, True), mailings()
    assert (clean[-1].standing, as_it_is[-1].standing) == ("healthy", "suspended")
    assert clean[-1].delivered == clean[-1].sent
    assert clean[-1].left > PLAN.recipients * 0.5


def test_whether_mail_is_opened_counts() -> None:
    """Where nobody opens anything, all are taken off after two mailings."""
    nobody = mailings(PLAN._replace(opens=0), True)
    assert [mailing.left == 0 for mailing in nobody] == [False, True, True, True, True, True]


def test_who_keeps_the_list_clean_does_not_send_on_in_spite_of_a_pause() -> None:
    plan = Plan(2000, dead=0.2)
    assert mailings(plan, True)[-1].standing == "paused"
    assert totals(mailings(plan, True))["refused"] == 0


def test_one_mail_stands_for_its_cell() -> None:
    """The sums of a campaign are those of mail that is really sent to each of its recipients."""
    plan = Plan(64, dead=0.1, traps=0.05, allow_listed=0.1, days=1)
    cells = audience(plan, customer().domains)
    alone = [cell._replace(size=1, batch=1000 + number) for number, cell in enumerate(_singles(cells))]
    limits = customer().sending.limits._replace(minimum=1000)  # so few mails are no ground for a pause
    host = customer().host._replace(sending=customer().sending._replace(limits=limits))
    patient = customer()._replace(world=customer().world.with_host(host), host=host)
    mailer = Mailer(patient, alone)
    mailer.begin(0, 0)
    found = Counter(mailer.mail(cell).name for cell in alone)
    *_, mailing = run(plan, cells, Mailer(patient, cells), hygiene=False)
    assert {fate: count for fate in FATES if (count := getattr(mailing, fate))} == found


def _singles(cells: tuple[Cell, ...]) -> list[Cell]:
    return [cell for cell in cells for _ in range(cell.size)]


def test_addresses_of_cells_differ() -> None:
    cells = audience(PLAN, customer().domains)
    assert len({address_of(cell) for cell in cells}) == len(cells)


@pytest.mark.parametrize(
    ("address", "kind"),
    [
        ("test@hogefuga.com", Kind.READER),
        ("nobody@hogefuga.com", Kind.DEAD),
        ("ann@no-such.example", Kind.DEAD),
        ("tanaka2@bigpost.example", Kind.TRAP),
        ("mika@bigpost.example", Kind.READER),
    ],
)
def test_the_world_knows_who_stands_behind_an_address(address: str, kind: Kind) -> None:
    assert customer().kind_of(address) is kind
