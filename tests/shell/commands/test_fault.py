"""Faults on demand: at each stage, for a count, for one recipient, at another host; and that they pass."""

from __future__ import annotations

import pytest

from smtpsim.explain import words
from smtpsim.session.simulation import Simulation, Turn
from smtpsim.shell.answer import Page
from smtpsim.shell.shell import Shell, standing
from smtpsim.views.explanation import explanation
from smtpsim.world.fault_action import STAGES
from tests.shell.commands.orders import done, refused

MAIL = (
    "EHLO cgi.example.com",
    "MAIL FROM:<cgi@example.com>",
    "RCPT TO:<webmaster@example.com>",
    "DATA",
    "Subject: x",
    ".",
    "QUIT",
)
REFUSED_AT = {"helo": 0, "mail": 1, "rcpt": 2, "data": 3, "message": 5, "quit": 6}
"""Which line of MAIL a stage is about."""


def said(simulation: Simulation, *lines: str) -> list[Turn]:
    turns = []
    for line in lines:
        turns.append(done(simulation, line) if line.startswith(":") else simulation.say(line))
        simulation = turns[-1].after
    return turns


def codes(turns: list[Turn]) -> list[int]:
    return [turn.reply.code for turn in turns if turn.reply]


def test_every_stage_is_tried_here() -> None:
    assert set(STAGES) == {*REFUSED_AT, "connect"}


@pytest.mark.parametrize(("stage", "line"), REFUSED_AT.items())
def test_a_stage_refuses_once_and_then_passes(simulation: Simulation, stage: str, line: int) -> None:
    *before, at = MAIL[: line + 1]
    if stage == "quit":
        before = []
    turns = said(simulation, *before, f":fault {stage} 451 4.3.1 next", at)
    assert turns[-1].reply is not None
    assert (turns[-1].reply.code, turns[-1].reply.enhanced) == (451, "4.3.1")
    assert turns[-1].after.world.faults == ()
    again = said(done(turns[-1].after, ":connect").after, *MAIL)
    assert all(code < 400 for code in codes(again))


def test_the_next_connection_can_be_turned_away(simulation: Simulation) -> None:
    turns = said(simulation, ":fault connect 421 x2", ":connect", ":connect", ":connect")
    assert codes(turns) == [421, 421, 220]
    assert turns[1].after.over


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        (":fault rcpt 451 x2", [451, 451, 250, 250]),
        (":fault rcpt 451 2x", [451, 451, 250, 250]),
        (":fault to 451 once", [451, 250, 250, 250]),
        (":FAULT RCPT 451 NEXT", [451, 250, 250, 250]),
        (":fault rcpt 550", [550, 550, 550, 550]),
        (":fault rcpt 550 always", [550, 550, 550, 550]),
        (":fault rcpt 550 for bob@hogefuga.com", [250, 550, 250, 550]),
        (":fault rcpt 450 x1 for <BOB@hogefuga.com>", [250, 450, 250, 250]),
        (":fault rcpt 450 at mx.hogefuga.com", [250, 250, 250, 250]),
    ],
)
def test_how_often_and_for_whom(simulation: Simulation, order: str, expected: list[int]) -> None:
    recipients = ["RCPT TO:<alice@hogefuga.com>", "RCPT TO:<bob@hogefuga.com>"] * 2
    turns = said(simulation, *MAIL[:2], order, *recipients)
    assert codes(turns)[2:] == expected


def test_the_words_can_be_given(simulation: Simulation) -> None:
    turn = said(simulation, ":fault mail 450 4.2.1 next say Come back at {noon}", *MAIL[:2])[-1]
    assert turn.reply is not None
    assert turn.reply.lines == ("4.2.1 Come back at (noon)",)


def test_a_fault_after_the_dot_concerns_only_letters_for_its_recipient(simulation: Simulation) -> None:
    order = ":fault dot 552 for alice@hogefuga.com"
    turns = said(simulation, order, *MAIL[:6], "MAIL FROM:<>", "RCPT TO:<alice@hogefuga.com>", *MAIL[3:6])
    assert codes(turns)[-5:] == [250, 250, 250, 354, 552]


def test_a_late_reply_moves_the_clock_and_is_told(simulation: Simulation) -> None:
    turn = said(simulation, ":fault delay 5s next", "NOOP", "EHLO cgi.example.com")[-1]
    assert turn.reply is not None
    assert turn.reply.code == 250
    assert turn.after.world.now == simulation.world.now + 5
    assert [(fault.key, fault.found) for fault in turn.faults] == [("reply-late", "5")]


@pytest.mark.parametrize(("stage", "line"), REFUSED_AT.items())
def test_a_connection_breaks_without_a_reply(simulation: Simulation, stage: str, line: int) -> None:
    *before, at = MAIL[: line + 1]
    turn = said(simulation, *before, f":fault {stage} drop next", at)[-1] if stage != "quit" else None
    turn = turn or said(simulation, ":fault quit drop", "QUIT")[-1]
    assert turn.reply is None
    assert turn.after.over
    assert [fault.key for fault in turn.faults] == ["connection-broken"]
    assert not any(outcome.status == "delivered" for outcome in turn.after.world.outcomes.values())


def test_alone_it_lists_those_that_stand(simulation: Simulation) -> None:
    stands = done(simulation, ":fault dot drop next").after
    page = Shell(standing(stands), words("en")).answer(":fault")
    assert isinstance(page, Page)
    (section,) = page.make(frozenset()).sections
    assert [(row.label, "drop" in row.value) for row in section.rows] == [("1", True)]


@pytest.mark.parametrize(("order", "left"), [(":fault off", "0"), (":fault off 1", "1"), (":fault mail 450", "3")])
def test_how_many_stand_is_said_after_each_change(simulation: Simulation, order: str, left: str) -> None:
    *_, before, turn = said(simulation, ":fault mail 450", ":fault rcpt 451", order)
    assert f": {left}." in explanation(turn, before, words("en")).why.value


def test_several_stand_and_are_called_off_one_by_one(simulation: Simulation) -> None:
    turns = said(simulation, ":fault mail 450", ":fault rcpt 451", ":fault off 1")
    assert [fault.stage for fault in turns[-1].after.world.faults] == ["rcpt"]
    assert said(turns[-1].after, ":fault off")[-1].after.world.faults == ()


# A fault at the next host: the relay deals with it, and its retry succeeds

RELAYED = ("EHLO a.example", "MAIL FROM:<cgi@example.com>", "RCPT TO:<alice@hogefuga.com>", "DATA", "Subject: x", ".")


@pytest.mark.parametrize(
    "order",
    [
        "rcpt 451 x2",
        "connect 421 x2",
        "connect drop x2",
        "helo drop x2",
        "mail drop x2",
        "rcpt drop x2",
        "data drop x2",
        "dot drop x2",
        "dot 452 x2",
        "mail delay 6m x2",
        "connect delay 6m x2",
    ],
)
def test_what_passes_after_some_tries_is_delivered_in_the_end(simulation: Simulation, order: str) -> None:
    turns = said(simulation, f":fault {order} at mx.hogefuga.com", *RELAYED)
    assert [fate.status for fate in turns[-1].fates] == ["deferred"]
    turns = said(turns[-1].after, ":wait 31m", ":wait 2h")
    assert turns[0].after.world.outcomes[1].status == "deferred"
    assert turns[-1].after.world.outcomes[1].status == "delivered"
    assert len(turns[-1].after.world.hops) == 3


def test_a_reply_that_comes_within_the_clients_patience_is_waited_for(simulation: Simulation) -> None:
    turns = said(simulation, ":fault rcpt delay 4m at mx.hogefuga.com", *RELAYED)
    assert [fate.status for fate in turns[-1].fates] == ["delivered"]


def test_a_late_answer_to_the_dot_brings_the_letter_twice(simulation: Simulation) -> None:
    """The server has taken it, the client does not know (RFC 1047)."""
    turns = said(simulation, ":fault dot delay 11m next at mx.hogefuga.com", *RELAYED, ":wait 1h")
    assert turns[-1].after.world.mailboxes["alice@hogefuga.com"].length == 2


def test_a_refusal_for_good_at_the_next_host_bounces(simulation: Simulation) -> None:
    turns = said(simulation, ":fault data 554 at mx.hogefuga.com", *RELAYED)
    assert "bounced" in [fate.status for fate in turns[-1].fates]


@pytest.mark.parametrize(
    ("order", "key"),
    [
        (":fault", "fault-missing"),
        (":fault rcpt", "fault-action"),
        (":fault lunch 451", "fault-action"),
        (":fault rcpt 250", "fault-action"),
        (":fault rcpt 4511", "fault-action"),
        (":fault rcpt 451 5.1.1", "fault-action"),
        (":fault delay", "fault-action"),
        (":fault delay 5", "fault-action"),
        (":fault delay 99999h", "fault-action"),
        (":fault rcpt 451 x0", "fault-word"),
        (":fault rcpt 451 often", "fault-word"),
        (":fault rcpt 451 for", "fault-word"),
        (":fault rcpt 451 at nowhere.example", "host-unknown"),
        (":fault off", "fault-none-stands"),
        (":fault off 7", "fault-none"),
    ],
)
def test_what_is_refused(simulation: Simulation, order: str, key: str) -> None:
    assert refused(simulation, order) == key
