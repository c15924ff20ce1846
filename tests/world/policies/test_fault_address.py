"""Addresses that carry their fault."""

from __future__ import annotations

import pytest

from smtpsim.session.simulation import Simulation, Turn
from smtpsim.world.load import shipped_world
from smtpsim.world.policies.fault_address import carried
from tests.shell.commands.orders import run

WORLD = shipped_world()
SENDER = "cgi@example.com"


def dialogue(simulation: Simulation, recipient: str, sender: str = SENDER) -> list[Turn]:
    """One mail, typed as far as it goes."""
    turns = []
    for line in (f"MAIL FROM:<{sender}>", f"RCPT TO:<{recipient}>", "DATA", "Subject: x", "."):
        turns.append(simulation.say(line))
        simulation = turns[-1].after
        reply = turns[-1].reply
        if simulation.over or (reply and not reply.accepts):
            break
    return turns


@pytest.fixture
def ready() -> Simulation:
    return Simulation.start(WORLD, "mx.fault.example").after.say("EHLO cgi.example.com").after


@pytest.mark.parametrize(
    ("recipient", "expected"),
    [
        ("rcpt550_5.1.1@fault.example", [250, (550, "5.1.1")]),
        ("rcpt550@fault.example", [250, (550, "5.1.1")]),
        ("RCPT421@fault.example", [250, (421, "4.3.2")]),
        ("probe+data451@fault.example", [250, 250, (451, "4.3.0")]),
        ("probe+message552_5.3.4@fault.example", [250, 250, 354, None, (552, "5.3.4")]),
        ("probe+rcptdrop@fault.example", [250, None]),
        ("probe+datadelay5s@fault.example", [250, 250, 354, None, 250]),
        ("probe+nothing@fault.example", [250, 250, 354, None, 250]),
        ("probe+rcpt299@fault.example", [250, 250, 354, None, 250]),
        ("nobody@fault.example", [250, (550, "5.1.1")]),
    ],
)
def test_what_an_address_does(ready: Simulation, recipient: str, expected: list[object]) -> None:
    found: list[object] = []
    for turn in dialogue(ready, recipient):
        reply = turn.reply
        found.append(None if reply is None else reply.code if reply.accepts else (reply.code, reply.enhanced))
    assert found == expected


def test_the_senders_address_has_its_say_at_mail(ready: Simulation) -> None:
    turn = dialogue(ready, "probe@fault.example", "mail451_4.7.1@example.com")[-1]
    assert turn.reply is not None
    assert (turn.reply.code, turn.reply.enhanced) == (451, "4.7.1")


def test_a_count_is_used_up_for_this_address_alone(ready: Simulation) -> None:
    ready = ready.say("MAIL FROM:<>").after
    codes = []
    for local in ("rcpt451x2", "rcpt451x2", "RCPT451x2", "rcpt450x1"):
        turn = ready.say(f"RCPT TO:<probe+{local}@fault.example>")
        assert turn.reply is not None
        codes.append(turn.reply.code)
        ready = turn.after
    assert codes == [451, 451, 250, 450]


def test_a_relays_retry_succeeds_once_the_fault_has_passed() -> None:
    simulation = Simulation.start(WORLD, client_ip="192.0.2.10").after.say("EHLO cgi.example.com").after
    last = dialogue(simulation, "probe+message451x1@fault.example")[-1]
    assert [fate.status for fate in last.fates] == ["deferred"]
    waited = run(last.after, ":wait 1h")
    assert isinstance(waited, Turn)
    assert waited.after.world.mailboxes["probe@fault.example"].length == 1


WITHOUT = ["", "rcpt", "rcpt55", "rcpt5500", "lunch451", "rcpt451x", "rcpt 451", "rcpt451_5.1.1"]


@pytest.mark.parametrize("local", WITHOUT)
def test_what_carries_nothing(local: str) -> None:
    assert carried(local) is None
