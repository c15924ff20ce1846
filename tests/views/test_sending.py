"""What a sending service's part in a mail looks like: the panel, :suppression and :reputation."""

from __future__ import annotations

import pytest

from smtpsim.explain import words
from smtpsim.session.simulation import open_simulation
from smtpsim.views.meter import bar, percent
from smtpsim.views.panel import panel
from smtpsim.views.reputation import reputation
from smtpsim.views.row import Mark, Panel, Row
from smtpsim.views.suppression import suppression
from smtpsim.world.load import shipped_world
from smtpsim.world.model import World
from smtpsim.world.queue import wait
from smtpsim.world.sending.books import with_books
from smtpsim.world.transport import run_queue
from tests.world.sending.small import books_of, made, mailed, sending_of, sent

EN = words("en")
NOBODY = "nobody@phone.example"


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> World:
    return made(tmp_path_factory.mktemp("world"), "shared")


@pytest.fixture(scope="module")
def vendor(tmp_path_factory: pytest.TempPathFactory) -> World:
    return made(tmp_path_factory.mktemp("world"), "vendor")


def told(page: Panel) -> str:
    return "\n".join(" ".join((row.label, row.value, row.remark)) for part in page.sections for row in part.rows)


def service(world: World, account: str, *recipients: str) -> dict[str, Row]:
    shown = panel(mailed(world, account, *recipients), EN)
    return {row.key: row for section in shown.sections if section.key == "service" for row in section.rows}


def outcome(world: World, account: str, *recipients: str) -> list[Row]:
    shown = panel(mailed(world, account, *recipients), EN)
    return [row for section in shown.sections if section.key == "outcome" for row in section.rows]


def test_another_host_has_no_such_section() -> None:
    assert "service" not in [section.key for section in panel(open_simulation(shipped_world()), EN).sections]


def test_before_a_login_the_service_knows_nobody(small: World) -> None:
    shown = panel(open_simulation(small), EN)
    (section,) = [section for section in shown.sections if section.key == "service"]
    assert "nobody has logged in" in section.digest.value


def test_the_envelope_sender_that_the_service_writes(small: World) -> None:
    rows = service(small, "a", "taro@phone.example")
    assert rows["sender"].value == "0100-gz6xq37n-0@one.ses.example"
    assert "a@a.example" in rows["sender"].remark


def test_a_domain_of_its_own_that_is_not_set_up_is_pointed_out(small: World) -> None:
    assert service(small, "b", "taro@phone.example")["sender"].mark is Mark.NOTE
    bare = small._replace(zones=small.zones.without("bounce.b.example", ""))
    row = service(bare, "b", "taro@phone.example")["sender"]
    assert (row.mark, "bounce.b.example has no single MX" in row.remark) == (Mark.WARN, True)


def test_meters_alarm_once_there_are_enough_mails(small: World) -> None:
    few = service(small, "a", NOBODY)
    assert (few["bounces"].mark, few["account"].mark) == (Mark.NONE, Mark.NONE)
    assert "100\N{NO-BREAK SPACE}% (1 of 1)" in few["bounces"].value
    many = service(small, "a", NOBODY, *(f"taro+{n}@phone.example" for n in range(9)))
    assert (many["bounces"].mark, many["account"].mark) == (Mark.BAD, Mark.BAD)
    assert "paused" in many["account"].remark


def test_a_suppressed_mail_is_told_with_its_reason_and_its_bounce(small: World) -> None:
    world = sent(small, "a", NOBODY).world
    first, bounce, *_ = outcome(world, "b", NOBODY)
    assert (
        first.value
        == "client \N{RIGHTWARDS ARROW}\N{NO-BREAK SPACE}ses.example \N{BALLOT X}\N{NO-BREAK SPACE}nobody@phone.example"
    )
    assert first.remark == (
        "not sent: ses.example has the address on its suppression list (Permanent/Suppressed: 550 5.1.1"
        " <nobody@phone.example> User unknown); a bounce went to b@b.example"
    )
    assert (first.mark, bounce.value.startswith("bounce: ")) == (Mark.BAD, True)


def test_a_dropped_mail_is_told_to_nobody(tmp_path_factory: pytest.TempPathFactory) -> None:
    world = sent(made(tmp_path_factory.mktemp("world"), "account"), "a", NOBODY).world
    (row,) = outcome(world, "a", NOBODY)
    assert "Dropped/Bounced Address" in row.remark
    assert row.remark.endswith("nobody is told")


def test_the_lists_on_a_page(small: World, vendor: World) -> None:
    assert "nobody is on a list" in told(suppression(small, "", EN))
    shown = told(suppression(sent(small, "a", NOBODY).world, "", EN))
    assert f"of all {NOBODY} a mail of a bounced at 09:00: 550 5.1.1" in shown
    assert "until 2026-04-15 09:00" in shown
    shown = told(suppression(sent(vendor, "a", NOBODY).world, "", EN))
    assert f"of a {NOBODY} a mail of a bounced" in shown


def test_an_address_on_a_page(small: World) -> None:
    world = sent(small, "a", NOBODY, "other@phone.example").world
    assert "other@" not in told(suppression(world, NOBODY, EN))
    assert "x@y.example is on no list here" in told(suppression(world, "x@y.example", EN))


def test_who_has_been_on_the_list_of_all_for_14_days_is_gone_from_the_page(small: World) -> None:
    world = wait(sent(small, "a", NOBODY).world, 14 * 86400, run_queue)
    assert NOBODY not in told(suppression(world, "", EN))


def test_what_a_server_said_is_safe_to_print(small: World) -> None:
    world = sent(small, "a", NOBODY).world
    kept = books_of(world)
    evil = kept.lists.shared[NOBODY]._replace(words="550 \x1b[31mred")
    lists = kept.lists._replace(shared=kept.lists.shared.insert(NOBODY, evil))
    shown = told(suppression(with_books(world, sending_of(world), kept._replace(lists=lists)), "", EN))
    assert "\x1b" not in shown


def test_accounts_on_a_page(small: World) -> None:
    world = sent(small, "a", NOBODY, *(f"taro+{n}@phone.example" for n in range(9))).world
    shown = told(reputation(world, "", EN))
    assert "a a.example paused" in shown
    assert "b b.example too few mails yet (under 10)" in shown
    assert "b.example" not in told(reputation(world, "a", EN))


@pytest.mark.parametrize(
    ("rate", "drawn"),
    [
        (0, "·····|····|·········"),
        (1, "■····|····|·········"),
        (50, "■■■■■|····|·········"),
        (100, "■■■■■|■■■■|·········"),
        (199, "■■■■■|■■■■|■■■■■■■■■"),
        (1000, "■■■■■|■■■■|■■■■■■■■■"),
    ],
)
def test_bars_are_readable_without_colour(rate: int, drawn: str) -> None:
    assert bar(rate, 50, 100) == drawn


@pytest.mark.parametrize(("rate", "told"), [(0, "0"), (1, "0.1"), (66.667, "6.67"), (50, "5"), (1000, "100")])
def test_rates_as_people_read_them(rate: float, told: str) -> None:
    assert percent(rate) == f"{told}\N{NO-BREAK SPACE}%"
