"""The policy `own_list`: dead recipients, counted over a period, put an address off and then turn it away."""

from __future__ import annotations

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule

from smtpsim.kernel.address import split_address
from smtpsim.protocol.smtp.question import AskRecipient
from smtpsim.protocol.smtp.state import State
from smtpsim.session.simulation import open_simulation
from smtpsim.world.judge import judge
from smtpsim.world.memory import remember
from smtpsim.world.model import Setting, UsedPolicy
from smtpsim.world.policies import load
from smtpsim.world.policies.own_list import standing_of
from tests.world.policies.dialogues import BACK, CLIENT, HOST, SHIPPED, found, mailing, say, with_policies

GOOD = "RCPT TO:<bob@hogefuga.com>"
DEAD = "RCPT TO:<nobody@hogefuga.com>"
ELSEWHERE = "RCPT TO:<x@elsewhere.example>"
Settings = dict[str, Setting]

LIST: Settings = {"hours": 24, "minimum": 10, "defer": 10, "refuse": 30, "pause": 60, "cool-down": 24}
NINE = (GOOD,) * 9

CASES: tuple[tuple[Settings, tuple[str, ...], tuple[int, ...]], ...] = (
    # too few to judge by
    ({}, (DEAD,) * 9, (550,) * 9),
    # below the rate
    ({}, (*NINE, GOOD, DEAD, GOOD), (250,) * 10 + (550, 250)),
    # put off: the next reply hangs up, and so does the greeting
    ({}, (*NINE, DEAD, GOOD, ":connect"), (250,) * 9 + (550, 421, 421)),
    ({}, (*NINE, DEAD, ":wait 59m", ":connect"), (250,) * 9 + (550, 421)),
    ({}, (*NINE, DEAD, ":wait 60m", *BACK, GOOD), (250,) * 9 + (550, 220, 250, 250, 250)),
    # known ones do not make it worse, the next dead one does
    (
        {},
        (*NINE, DEAD, ":wait 1h", *BACK, GOOD, DEAD, ":connect"),
        (250,) * 9 + (550, 220, 250, 250, 250, 550, 421),
    ),
    # turned away
    ({}, (DEAD,) * 11, (550,) * 10 + (554,)),
    ({}, (*(DEAD,) * 10, ":connect"), (550,) * 10 + (554,)),
    ({}, (*(DEAD,) * 10, ":wait 23h", ":connect"), (550,) * 10 + (554,)),
    # after that the counts begin anew
    ({}, (*(DEAD,) * 10, ":wait 1d", *BACK, *(DEAD,) * 9, GOOD), (550,) * 10 + (220, 250, 250) + (550,) * 9 + (250,)),
    # the greeting is left alone where the host wants so
    ({"at": "rcpt"}, (*(DEAD,) * 10, *BACK, GOOD), (550,) * 10 + (220, 250, 250, 554)),
    # the period slides
    ({}, (*(DEAD,) * 9, ":wait 1d", *BACK, DEAD, GOOD), (550,) * 9 + (220, 250, 250, 550, 250)),
    # another address
    ({}, (*(DEAD,) * 10, ":ip 203.0.113.10", GOOD), (550,) * 10 + (250,)),
)


@pytest.mark.parametrize(("more", "lines", "codes"), CASES)
def test_counts(more: Settings, lines: tuple[str, ...], codes: tuple[int, ...]) -> None:
    assert say(mailing(with_policies(("own_list", {**LIST, **more}))), *lines).codes == codes


def test_what_is_refused_for_another_reason_says_nothing() -> None:
    world = with_policies(("own_list", LIST), ("relay", {}), ("greylist", {}))
    simulation = say(mailing(world), *(ELSEWHERE, GOOD) * 10).after
    assert found(simulation, "own_list") == ("tolerated",)
    assert standing_of(simulation.world, HOST, CLIENT).named.parts == ()


def test_it_counts_whoever_says_that_the_user_is_unknown() -> None:
    """A trap that still bounces is a dead address like others."""
    traps: Settings = {"traps": ("bob@hogefuga.com",), "watched-from": "2030-01-01"}
    world = with_policies(("own_list", LIST), ("traps", traps))
    assert say(mailing(world), *(GOOD,) * 11).codes == (550,) * 10 + (554,)


def test_the_finding_shows_the_rate() -> None:
    simulation = say(mailing(with_policies(("own_list", LIST))), GOOD, DEAD, GOOD).after
    (finding,) = (finding for finding in simulation.connection.findings if finding.kind == "own_list")
    assert (finding.result, finding.decided_by, finding.reason) == ("tolerated", "1/3", "few")
    refused = say(simulation, *(DEAD,) * 7).after
    assert found(refused, "own_list") == ("refused",)


def test_a_relay_that_is_put_off_comes_again_and_one_that_is_turned_away_gives_the_mail_back() -> None:
    turn = open_simulation(SHIPPED, SHIPPED.hosts["mx.bigpost.example"], "192.0.2.25")
    good, dead = "RCPT TO:<mika@bigpost.example>", "RCPT TO:<x@bigpost.example>"
    for count, fates in ((1, ["deferred", "delivered"]), (10, ["bounced", "bounced"])):
        begun = say(turn.after, "EHLO smtp.example.com", "MAIL FROM:<webmaster@example.com>")
        simulation = say(begun.after, *[good] * (10 - count), *[dead] * count, ":connect smtp.example.com").after
        simulation = say(simulation, ":ip 192.0.2.10", "HELO a", "MAIL FROM:<webmaster@example.com>", good).after
        simulation = say(simulation, "DATA", "Subject: x", "", ".").after
        last = next(number for number, one in simulation.world.outcomes.items() if not one.follows and one.letter)
        later = say(simulation, ":wait 2h").after
        assert [each.world.outcomes[last].status for each in (simulation, later)] == fates


class Recipients(RuleBasedStateMachine):
    """Named and unknown ones, at any time; beside the counts, all of them as they were."""

    HOURS, MINIMUM, REFUSE = 10, 5, 50

    def __init__(self) -> None:
        super().__init__()
        self.world = SHIPPED
        mine = {"hours": self.HOURS, "minimum": self.MINIMUM, "refuse": self.REFUSE, "defer": 101, "cool-down": 5}
        used = UsedPolicy(load("own_list"), {**load("own_list").settings, **mine})
        policies = (used, UsedPolicy(load("mailbox"), {}))
        self.host = SHIPPED.hosts[HOST]._replace(policies=policies)
        self.named: list[tuple[int, bool]] = []

    @rule(seconds=st.integers(0, 4 * 3600))
    def wait(self, seconds: int) -> None:
        self.world = self.world._replace(now=self.world.now + seconds)

    @rule(dead=st.booleans())
    def name(self, dead: bool) -> None:
        local = "nobody" if dead else "bob"
        question = AskRecipient(split_address(f"{local}@hogefuga.com"), ())
        before = standing_of(self.world, HOST, CLIENT)
        verdict = judge(self.world, self.host, CLIENT, State(), question)
        self.world = remember(self.world, verdict.notes)
        code = verdict.rule.code if verdict.rule else 250
        assert code == (554 if before.level else 550 if dead else 250)
        if not before.level:
            self.named.append((self.world.now, dead))
            self.check_level()

    def check_level(self) -> None:
        """Whoever is refused has named enough, and enough dead ones, within the period."""
        if standing_of(self.world, HOST, CLIENT).level:
            recent = [dead for time, dead in self.named if self.world.now - time < self.HOURS * 3600]
            assert len(recent) >= self.MINIMUM
            assert sum(recent) >= 1
            # the oldest part of the period may be forgotten already
            surely = [dead for time, dead in self.named if self.world.now - time <= self.HOURS * 3600 * 9 // 10]
            assert sum(recent) * 100 >= self.REFUSE * max(self.MINIMUM, len(surely))
            self.named.clear()


Recipients.TestCase.settings = settings(max_examples=60, stateful_step_count=50)
TestRecipients = Recipients.TestCase
