"""Mail to the hosts of the shipped world, and what came of it: the reply after the dot, the fates, the reasons."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from smtpsim.session.simulation import Simulation, open_simulation
from smtpsim.world import policies
from smtpsim.world.load import shipped_world
from smtpsim.world.model import Setting, UsedPolicy, World

WORLD = shipped_world()


class Sent(NamedTuple):
    """A mail. `author` is the value of the From header, "" for that of the envelope, None for no such header."""

    recipient: str
    helo: str = "email-smtp.ap-northeast-1.amazonses.com"
    sender: str = "shop@example.org"
    author: str | None = ""
    client_ip: str = "198.51.100.130"
    to: str = "you@example.net"


SHOP = Sent("")
"""The shop's mail by way of the sending service: HELO passes, the shop's own domain does not."""

FRIEND = Sent("", "mx.hogefuga.com", "bob@hogefuga.com", "", "198.51.100.25")
"""All three identities pass."""

FORGER = Sent("", "mx.amazon.co.jp", "order-update@amazon.co.jp", "", "203.0.113.66")
"""None passes."""


class Found(NamedTuple):
    """The reply that decided, each recipient's fate, and the reasons that each policy gave, in their order."""

    reply: str
    fates: dict[str, str]
    reasons: dict[str, list[str]]
    after: Simulation

    @property
    def code(self) -> int:
        return int(self.reply[:3])


def sent(world: World, host: str, mail: Sent, *more: str) -> Found:
    """Type the mail to a host, for one recipient or more. The reply is the first refusal, or that after the dot."""
    turn = open_simulation(world, world.hosts[host], mail.client_ip)
    author = mail.sender if mail.author == "" else mail.author
    header = [f"From: {author}"] if author else []
    rcpts = [f"RCPT TO:<{recipient}>" for recipient in (mail.recipient, *more)]
    replies = []
    for line in (f"EHLO {mail.helo}", f"MAIL FROM:<{mail.sender}>", *rcpts, "DATA", *header, f"To: {mail.to}", "", "."):
        turn = turn.after.say(line)
        if turn.reply is None:
            continue
        replies.append(f"{turn.reply.code} {turn.reply.lines[0]}")
        if turn.reply.code >= 400:
            break
    reasons: dict[str, list[str]] = {}
    for finding in turn.after.connection.findings:
        if finding.kind in ("spoofing", "allowlist"):
            reasons.setdefault(finding.decided_by, []).append(finding.reason)
    fates = {one.recipient: str(one.status) for one in turn.after.world.outcomes.values() if not one.role}
    return Found(replies[-1], fates, reasons, turn.after)


def on_host(host: str, policy: str, settings: Mapping[str, Setting], alone: bool = False) -> World:
    """The shipped world with a policy on a host, before all others or alone, with some settings other than usual."""
    found = policies.load(policy)
    server = WORLD.hosts[host]
    used = UsedPolicy(found, {**found.settings, **settings})
    others = () if alone else tuple(one for one in server.policies if one.policy.name not in (policy, "spf"))
    return WORLD.with_host(server._replace(policies=(used, *others)))
