"""The policy `greylist` (RFC 6647): a table of tries, and a state machine that knows all of them."""

from __future__ import annotations

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule

from smtpsim.kernel.address import split_address
from smtpsim.protocol.smtp.question import AskRecipient
from smtpsim.protocol.smtp.state import Envelope, State
from smtpsim.session.simulation import open_simulation
from smtpsim.world.judge import judge
from smtpsim.world.memory import remember
from smtpsim.world.model import Setting, UsedPolicy
from smtpsim.world.policies import load
from tests.world.policies.dialogues import CLIENT, HOST, SHIPPED, found, mailing, say, with_policies

BOB = "RCPT TO:<bob@hogefuga.com>"
ALICE = "RCPT TO:<alice@hogefuga.com>"
AGAIN = "MAIL FROM:<ann@example.org>"
DAY = 86_400

CASES: tuple[tuple[dict[str, Setting], tuple[str, ...], tuple[int, ...]], ...] = (
    # once is not enough, and too early neither
    ({}, (BOB,), (450,)),
    ({}, (BOB, BOB), (450, 450)),
    ({}, (BOB, ":wait 299s", BOB), (450, 450)),
    ({}, (BOB, ":wait 300s", BOB), (450, 250)),
    # trying early does not start anew
    ({}, (BOB, ":wait 299s", BOB, ":wait 1s", BOB), (450, 450, 250)),
    # known from then on, for 35 days after the last mail
    ({}, (BOB, ":wait 5m", BOB, BOB), (450, 250, 250)),
    ({}, (BOB, ":wait 5m", BOB, ":wait 35d", BOB), (450, 250, 250)),
    ({}, (BOB, ":wait 5m", BOB, ":wait 35d", BOB, ":wait 35d", BOB), (450, 250, 250, 250)),
    ({}, (BOB, ":wait 5m", BOB, ":wait 35d 1s", BOB), (450, 250, 450)),
    # too late begins anew
    ({}, (BOB, ":wait 2d", BOB), (450, 250)),
    ({}, (BOB, ":wait 2d 1s", BOB), (450, 450)),
    ({"days": 0}, (BOB, ALICE, "RCPT TO:<x@hogefuga.com>", ":wait 5m", BOB), (450, 450, 450, 250)),
    # another recipient, sender or network is another
    ({}, (BOB, ":wait 5m", ALICE), (450, 450)),
    ({}, (BOB, ":wait 5m", "RSET", "MAIL FROM:<eve@example.org>", BOB), (450, 250, 250, 450)),
    ({}, (BOB, ":wait 5m", ":ip 203.0.114.9", BOB), (450, 450)),
    ({}, (BOB, ":wait 5m", ":ip 203.0.113.200", BOB), (450, 250)),
    ({"ipv4-prefix": 32}, (BOB, ":wait 5m", ":ip 203.0.113.200", BOB), (450, 450)),
    ({}, (":ip 2001:db8::1", BOB, ":wait 5m", ":ip 2001:db8::ffff:1", BOB), (450, 250)),
    ({}, (":ip 2001:db8::1", BOB, ":wait 5m", ":ip 2001:db8:0:1::1", BOB), (450, 450)),
    ({"ipv6-prefix": 128}, (":ip 2001:db8::1", BOB, ":wait 5m", ":ip 2001:db8::2", BOB), (450, 450)),
    # however the address is written
    ({}, (BOB, ":wait 5m", "RCPT TO:<BOB@HogeFuga.com.>"), (450, 250)),
    # bounces are let through, as their senders may ask just once, unless the host wants otherwise
    ({}, ("RSET", "MAIL FROM:<>", BOB), (250, 250, 250)),
    ({"null-sender": "greylist"}, ("RSET", "MAIL FROM:<>", BOB), (250, 250, 450)),
    # no delay, no greylisting
    ({"delay": 0}, (BOB,), (250,)),
    # an unknown user is unknown once the time has come
    ({}, ("RCPT TO:<nobody@hogefuga.com>", ":wait 5m", "RCPT TO:<nobody@hogefuga.com>"), (450, 550)),
)


@pytest.mark.parametrize(("settings", "lines", "codes"), CASES)
def test_tries(settings: dict[str, Setting], lines: tuple[str, ...], codes: tuple[int, ...]) -> None:
    assert say(mailing(with_policies(("greylist", settings))), *lines).codes == codes


def test_the_reply_says_what_it_is_and_how_long_to_wait() -> None:
    simulation = mailing(with_policies(("greylist", {})))
    reply = say(simulation, BOB, ":wait 100s").after.say(BOB).reply
    assert reply is not None
    assert reply.lines == (
        "4.2.0 <bob@hogefuga.com>: Recipient address rejected: Greylisted, try again in 200 seconds",
    )


def test_the_findings_tell_how_it_stands() -> None:
    simulation = mailing(with_policies(("greylist", {})))
    results = []
    for line in (BOB, BOB, ":wait 5m", BOB, BOB):
        simulation = say(simulation, line).after
        results.append(found(simulation, "greylist"))
    assert results == [("new",), ("early",), (), ("passed",), ("known",)]


def test_who_logged_in_or_is_of_the_house_does_not_wait() -> None:
    world = with_policies(("greylist", {}))
    host = world.hosts[HOST]._replace(relay_for=(f"{CLIENT}/32",))
    assert say(mailing(world.with_host(host)), BOB).codes == (250,)


def test_a_relay_comes_again_by_itself_and_the_mail_arrives() -> None:
    turn = open_simulation(SHIPPED)
    lines = ("HELO cgi.example.com", "MAIL FROM:<webmaster@example.com>", "RCPT TO:<mio@patient.example>")
    for line in (*lines, "DATA", "Subject: x", "", "."):
        turn = turn.after.say(line)
    (outcome,) = turn.after.world.outcomes.values()
    assert (outcome.status, outcome.reason.split()[:2]) == ("deferred", ["450", "4.2.0"])
    later = say(turn.after, ":wait 29m").after
    assert [one.status for one in later.world.outcomes.values()] == ["deferred"]
    later = say(later, ":wait 1m").after
    assert [one.status for one in later.world.outcomes.values()] == ["delivered"]
    again = say(later, ":connect", *lines, "DATA", "Subject: y", "", ".").after
    assert [one.status for one in again.world.outcomes.values()] == ["delivered", "delivered"]


class Tries(RuleBasedStateMachine):
    """Mail of few senders to few recipients, at any time."""

    DELAY, WINDOW, DAYS = 300, 1, 3

    def __init__(self) -> None:
        super().__init__()
        self.world = SHIPPED
        used = {**load("greylist").settings, "delay": self.DELAY, "window": self.WINDOW, "days": self.DAYS}
        self.host = SHIPPED.hosts[HOST]._replace(policies=(UsedPolicy(load("greylist"), used),))
        self.first: dict[tuple[str, str, str], int] = {}
        self.passed: dict[tuple[str, str, str], int] = {}

    @rule(seconds=st.one_of(st.integers(0, 700), st.integers(0, 4 * DAY)))
    def wait(self, seconds: int) -> None:
        self.world = self.world._replace(now=self.world.now + seconds)

    @rule(
        ip=st.sampled_from(["203.0.113.9", "203.0.113.77", "203.0.112.9"]),
        sender=st.sampled_from(["ann@example.org", "eve@example.org"]),
        recipient=st.sampled_from(["bob@hogefuga.com", "alice@hogefuga.com"]),
    )
    def attempt(self, ip: str, sender: str, recipient: str) -> None:
        state = State(envelope=Envelope(split_address(sender)))
        verdict = judge(self.world, self.host, ip, state, AskRecipient(split_address(recipient), ()))
        self.world = remember(self.world, verdict.notes)
        key, now = (ip.rpartition(".")[0], sender, recipient), self.world.now
        assert verdict.accepts == self.expected(key, now)

    def expected(self, key: tuple[str, str, str], now: int) -> bool:
        if key in self.passed and now - self.passed[key] <= self.DAYS * DAY:
            self.passed[key] = now
            return True
        self.passed.pop(key, None) is None or self.first.pop(key)
        if key not in self.first or now - self.first[key] > self.WINDOW * DAY:
            self.first[key] = now
            return False
        if now - self.first[key] < self.DELAY:
            return False
        self.passed[key] = now
        return True


Tries.TestCase.settings = settings(max_examples=60, stateful_step_count=50)
TestTries = Tries.TestCase
