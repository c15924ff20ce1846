"""The policy `rate`: a count in a sliding period, and never chance."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smtpsim.protocol.smtp.question import AskConnection
from smtpsim.protocol.smtp.state import State
from smtpsim.world.judge import judge
from smtpsim.world.memory import remember
from smtpsim.world.model import Setting, UsedPolicy
from smtpsim.world.policies import load
from tests.world.policies.dialogues import HOST, SHIPPED, connected, found, mailing, say, with_policies

BOB = "RCPT TO:<bob@hogefuga.com>"
MAIL = "MAIL FROM:<ann@example.org>"
Settings = dict[str, Setting]

RECIPIENTS: Settings = {"count": "recipients", "limit": 2, "seconds": 60}
MAILS: Settings = {"count": "mails", "limit": 2, "seconds": 60}

CASES: tuple[tuple[Settings, tuple[str, ...], tuple[int, ...]], ...] = (
    (RECIPIENTS, (BOB, BOB, BOB, BOB), (250, 250, 450, 450)),
    (RECIPIENTS, (BOB, BOB, ":wait 60s", BOB, BOB, BOB), (250, 250, 250, 250, 450)),
    (RECIPIENTS, (BOB, ":wait 30s", BOB, ":wait 29s", BOB, ":wait 1s", BOB, BOB), (250, 250, 450, 250, 450)),
    # what was refused does not count
    (RECIPIENTS, (BOB, BOB, ":wait 50s", BOB, ":wait 10s", BOB), (250, 250, 450, 250)),
    # each address by itself
    (RECIPIENTS, (BOB, BOB, BOB, ":ip 203.0.113.10", BOB), (250, 250, 450, 250)),
    # unknown ones count too
    (RECIPIENTS, ("RCPT TO:<x@hogefuga.com>", "RCPT TO:<y@hogefuga.com>", BOB), (550, 550, 450)),
    ({**RECIPIENTS, "reply": "421"}, (BOB, BOB, BOB, BOB), (250, 250, 421, 421)),
    # the mail that was begun is the first
    (MAILS, ("RSET", MAIL, "RSET", MAIL), (250, 250, 250, 450)),
    (MAILS, ("RSET", MAIL, "RSET", MAIL, ":wait 1m", MAIL), (250, 250, 250, 450, 250)),
    ({**MAILS, "limit": 0}, (MAIL,), (450,)),
)


@pytest.mark.parametrize(("settings", "lines", "codes"), CASES)
def test_counts(settings: Settings, lines: tuple[str, ...], codes: tuple[int, ...]) -> None:
    assert say(mailing(with_policies(("rate", settings))), *lines).codes == codes


@pytest.mark.parametrize("reply", ["450", "421"])
def test_connections_are_turned_away_in_the_greeting_with_421(reply: str) -> None:
    world = with_policies(("rate", {"count": "connections", "limit": 2, "seconds": 60, "reply": reply}))
    first = connected(world).after
    said = say(first, ":connect", ":connect", ":wait 60s", ":connect")
    assert said.codes == (220, 421, 220)


def test_the_finding_tells_how_many_there_were() -> None:
    simulation = say(mailing(with_policies(("rate", RECIPIENTS))), BOB).after
    (finding,) = (finding for finding in simulation.connection.findings if finding.kind == "rate")
    assert (finding.result, finding.decided_by, finding.reason) == ("within", "1/2", "recipients")
    simulation = say(simulation, BOB, BOB).after
    assert found(simulation, "rate") == ("over",)


@given(st.integers(1, 5), st.integers(1, 300), st.lists(st.integers(0, 120), max_size=40))
def test_never_more_than_the_limit_in_a_part_less_than_the_period_and_no_refusal_without_cause(
    limit: int, period: int, pauses: list[int]
) -> None:
    settings = {**load("rate").settings, "count": "connections", "limit": limit, "seconds": period}
    host = SHIPPED.hosts[HOST]._replace(policies=(UsedPolicy(load("rate"), settings),))
    world, accepted = SHIPPED, list[int]()
    part = max(1, period // 10)
    for pause in pauses:
        world = world._replace(now=world.now + pause)
        verdict = judge(world, host, "203.0.113.9", State(), AskConnection())
        world = remember(world, verdict.notes)
        if verdict.accepts:
            assert sum(world.now - time <= period - part - period % part for time in accepted) < limit
            accepted.append(world.now)
        else:
            assert sum(world.now - time < period for time in accepted) >= limit
