"""Who may send to whom: the relay and mailbox policies, each by a table of cases."""

from __future__ import annotations

from typing import NamedTuple

import pytest

from smtpsim.kernel.address import Path, split_address
from smtpsim.protocol.smtp.question import AskRecipient, Verdict
from smtpsim.protocol.smtp.state import State
from smtpsim.world import policies
from smtpsim.world.load import shipped_world
from smtpsim.world.model import Case

WORLD = shipped_world()
OUTSIDER = "203.0.113.66"
INSIDER = "192.0.2.10"


class Row(NamedTuple):
    """A client at an address, logged in as somebody ("" for nobody), names a recipient to a host."""

    host: str
    client_ip: str
    user: str
    path: str
    refusal: str


SMTP = "smtp.example.com"
MX = "mx.hogefuga.com"

RELAY = (
    # its own domain, from anywhere
    Row(SMTP, OUTSIDER, "", "webmaster@example.com", ""),
    Row(SMTP, OUTSIDER, "", "nobody@example.com", ""),
    Row(SMTP, OUTSIDER, "", "webmaster@EXAMPLE.com", ""),
    Row(SMTP, OUTSIDER, "", "webmaster@example.com.", ""),
    Row(SMTP, OUTSIDER, "", "postmaster", ""),
    Row(SMTP, OUTSIDER, "", "webmaster@[192.0.2.25]", ""),
    # other domains: from its networks, or with a login
    Row(SMTP, INSIDER, "", "test@hogefuga.com", ""),
    Row(SMTP, "192.0.2.255", "", "test@hogefuga.com", ""),
    Row(SMTP, "192.0.3.0", "", "test@hogefuga.com", "relay-denied"),
    Row(SMTP, OUTSIDER, "", "test@hogefuga.com", "relay-denied"),
    Row(SMTP, "2001:db8::10", "", "test@hogefuga.com", "relay-denied"),
    Row(SMTP, OUTSIDER, "webmaster@example.com", "test@hogefuga.com", ""),
    Row(SMTP, OUTSIDER, "", "test@sub.example.com", "relay-denied"),
    Row(SMTP, OUTSIDER, "", "test@notexample.com", "relay-denied"),
    Row(SMTP, OUTSIDER, "", "test@[192.0.2.26]", "relay-denied"),
    # no networks at all
    Row(MX, INSIDER, "", "webmaster@example.com", "relay-denied"),
    Row(MX, OUTSIDER, "", "alice@hogefuga.com", ""),
    Row(MX, OUTSIDER, "", "alice@[198.51.100.25]", ""),
    Row(MX, OUTSIDER, "", "alice@[IPv6:2001:DB8:51::25]", ""),
    Row(MX, OUTSIDER, "", "alice@[IPv6:2001:db8:51::26]", "relay-denied"),
)

MAILBOX = (
    Row(MX, OUTSIDER, "", "alice@hogefuga.com", ""),
    Row(MX, OUTSIDER, "", "ALICE@HogeFuga.Com", ""),
    Row(MX, OUTSIDER, "", '"alice"@hogefuga.com', ""),
    Row(MX, OUTSIDER, "", r'"\al\ice"@hogefuga.com', ""),
    Row(MX, OUTSIDER, "", "alice", ""),
    Row(MX, OUTSIDER, "", "alice@[198.51.100.25]", ""),
    Row(MX, OUTSIDER, "", "alice@hogefuga.com.", ""),
    Row(MX, OUTSIDER, "", "postmaster", ""),
    Row(MX, OUTSIDER, "", "Postmaster@hogefuga.com", ""),
    Row(MX, OUTSIDER, "", "postmaster@[198.51.100.25]", ""),
    Row(MX, OUTSIDER, "", "nobody@hogefuga.com", "user-unknown"),
    Row(MX, OUTSIDER, "", "alicee@hogefuga.com", "user-unknown"),
    Row(MX, OUTSIDER, "", '"al ice"@hogefuga.com', "user-unknown"),
    Row(MX, OUTSIDER, "", "nobody", "user-unknown"),
    Row(MX, OUTSIDER, "", "nobody@[198.51.100.25]", "user-unknown"),
    # a mailbox of another host is none here, and nobody else's business
    Row(MX, INSIDER, "", "webmaster@example.com", ""),
    Row(MX, INSIDER, "", "webmaster@hogefuga.com", "user-unknown"),
    Row(MX, INSIDER, "webmaster@example.com", "nobody@hogefuga.com", "user-unknown"),
)


def judged(policy: str, row: Row) -> str:
    """The key of the refusal, "" where there is none."""
    state = State(user=row.user or None)
    case = Case(WORLD, WORLD.hosts[row.host], row.client_ip, state, {})
    path: Path = split_address(row.path)
    verdict: Verdict | None = policies.load(policy).stages["rcpt"](case, AskRecipient(path, ()))
    if verdict is None or verdict.rule is None:
        return ""
    assert not verdict.accepts
    assert verdict.values["address"] == row.path
    return verdict.rule.key


@pytest.mark.parametrize("row", RELAY, ids=lambda row: f"{row.client_ip} {row.user} {row.path}")
def test_relay(row: Row) -> None:
    assert judged("relay", row) == row.refusal


@pytest.mark.parametrize("row", MAILBOX, ids=lambda row: row.path)
def test_mailbox(row: Row) -> None:
    assert judged("mailbox", row) == row.refusal
