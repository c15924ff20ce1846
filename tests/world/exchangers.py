"""A small world of mail exchangers: who is down, who refuses, and with whom there were dialogues."""

from __future__ import annotations

from smtpsim.protocol.smtp.question import Verdict
from smtpsim.protocol.smtp.replies import RULES
from smtpsim.session.simulation import Simulation
from smtpsim.world.model import Outcome, Policy, UsedPolicy, World

ZONE = """\
$ORIGIN test.
start   A    192.0.2.25
        MX   10 start
two     MX   20 second
        MX   10 first
first   A    192.0.2.1
second  A    192.0.2.2
six     MX   10 second6
second6 AAAA 2001:db8::2
dual    MX   10 both
both    AAAA 2001:db8::2
        A    192.0.2.2
null    MX   0 .
gone    MX   10 nowhere
own     MX   10 start
        MX   20 first
backup  MX   10 second
        MX   20 start
        MX   20 first
ring    MX   10 ringer
ringer  A    192.0.2.4
"""

HOSTS = {
    "start.test": 'addresses = ["192.0.2.25"]\ndomains = ["start.test"]\n[mailboxes]\nann = "Ann"\n',
    "first.test": 'addresses = ["192.0.2.1"]\ndomains = ["two.test"]\n[mailboxes]\nbob = "Bob"\neve = "Eve"\n',
    "second.test": """\
addresses = ["192.0.2.2", "2001:db8::2"]
domains = ["six.test", "dual.test", "backup.test"]
extensions = ["pipelining", "size", "eightbitmime", "enhancedstatuscodes"]
policies = ["mailbox"]
[mailboxes]
bob = "Bob"
eve = "Eve"
""",
    "ringer.test": 'addresses = ["192.0.2.4"]\n',
}


def without(world: World, *names: str) -> World:
    """The world while some of its hosts are down."""
    return world._replace(hosts=world.hosts.without(*names))


def with_domains(world: World, name: str, *domains: str) -> World:
    return world.with_host(world.hosts[name]._replace(domains=frozenset(domains)))


def saying(world: World, name: str, stage: str, key: str) -> World:
    """The world where a host's policy answers at a stage with the reply of this key."""
    refusing = UsedPolicy(Policy("refusing", {stage: lambda case, question: Verdict(RULES[key])}), {})
    return world.with_host(world.hosts[name]._replace(policies=(refusing,)))


def outcome(simulation: Simulation, number: int = 1) -> Outcome:
    return simulation.world.outcomes[number]


def servers(simulation: Simulation) -> list[str]:
    """With whom there were dialogues, in their order."""
    return [simulation.world.hops[number].server for number in sorted(simulation.world.hops)]
