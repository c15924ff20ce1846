""":complain, :suppression and :reputation."""

from __future__ import annotations

import pytest

from smtpsim.session.change import Wrong
from smtpsim.session.simulation import Simulation, open_simulation
from smtpsim.world.hosts import Hosts
from smtpsim.world.model import World
from smtpsim.world.sending.books import books, mode
from tests.shell.commands.orders import arguments, done, refused, run
from tests.world.sending.small import SES, made, sent

TARO, NOBODY = "taro@phone.example", "nobody@phone.example"


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> World:
    """Two customers have written to nobody and to Taro."""
    small = made(tmp_path_factory.mktemp("world"), "vendor")
    return sent(sent(small, "a", NOBODY, TARO).world, "b", NOBODY).world


@pytest.fixture
def simulation(world: World) -> Simulation:
    return open_simulation(world).after


@pytest.fixture
def elsewhere(world: World) -> Simulation:
    return open_simulation(world, world.hosts["mx.phone.example"]).after


def listed(simulation: Simulation) -> tuple[list[str], list[tuple[str, str]]]:
    sending = simulation.world.hosts[SES].sending
    assert sending is not None
    kept = books(simulation.world, sending).lists
    return sorted(kept.shared), sorted(kept.own)


def test_a_complaint_about_the_newest_mail_or_one_by_its_number(simulation: Simulation) -> None:
    for line in (f":complain {TARO}", f":complain {TARO} 1"):
        turn = done(simulation, line)
        assert [(fate.role, fate.mailbox) for fate in turn.fates] == [("complaint", "a@a.example")]
        assert ("a", TARO) in listed(turn.after)[1]


def test_a_mail_that_no_service_brought_is_marked_and_nobody_learns_of_it(simulation: Simulation) -> None:
    turn = done(simulation, ":complain a@a.example 1")
    marked = next(iter(turn.after.world.mailboxes["a@a.example"].mails))
    assert "$Junk" in marked.flags


@pytest.mark.parametrize(
    "line", [":complain", ":complain a b c", ":complain nobody", f":complain {TARO} 9", ":complain b@b.example 7"]
)
def test_a_complaint_needs_a_mail(simulation: Simulation, line: str) -> None:
    assert refused(simulation, line)


def test_an_address_is_taken_off_every_list(simulation: Simulation) -> None:
    assert listed(simulation) == ([NOBODY], [("a", NOBODY), ("b", NOBODY)])
    turn = done(simulation, ":suppression remove <Nobody@PHONE.example>")
    assert listed(turn.after) == ([], [])


@pytest.mark.parametrize("line", [":suppression", f":suppression {NOBODY}", ":reputation", ":reputation A"])
def test_looking_changes_nothing(simulation: Simulation, line: str) -> None:
    turn = done(simulation, line)
    assert turn.after.world is simulation.world
    assert turn.kind == "simulator"


@pytest.mark.parametrize("word", ["shared", "VENDOR", "account"])
def test_the_way_of_using_the_lists_changes_in_the_running_session(
    simulation: Simulation, elsewhere: Simulation, word: str
) -> None:
    for turn in (
        done(simulation, f":suppression mode {word}"),
        done(elsewhere, f":suppression mode {word} {SES}"),
    ):
        sending = turn.after.world.hosts[SES].sending
        assert sending is not None
        assert mode(turn.after.world, sending) == word.lower()


@pytest.mark.parametrize(
    "line",
    [
        ":suppression remove",
        ":suppression remove x@x.example",
        ":suppression mode",
        ":suppression mode global",
        ":suppression mode shared mx.phone.example",
        ":suppression hanako",
        ":suppression a@a.example b@b.example",
        ":reputation nobody",
    ],
)
def test_what_cannot_be_done_is_said_so(simulation: Simulation, line: str) -> None:
    assert refused(simulation, line)


def test_from_another_host_the_service_is_named(elsewhere: Simulation) -> None:
    assert refused(elsewhere, ":suppression mode shared") == "suppression-where"


def test_a_world_without_a_service_says_so(simulation: Simulation) -> None:
    hosts = Hosts.of(host._replace(sending=None) for host in simulation.world.hosts.values())
    bare = simulation._replace(world=simulation.world._replace(hosts=hosts))
    for line in (":suppression", ":reputation"):
        wrong = run(bare, line)
        assert isinstance(wrong, Wrong)
        assert wrong.key == "service-none"


def test_what_can_stand_behind_them(simulation: Simulation) -> None:
    assert arguments("reputation", simulation) == ("a", "b", "old")
    assert f"remove {NOBODY}" in arguments("suppression", simulation)
    assert f"{TARO} 1" in arguments("complain", simulation)
