"""relay: mail for other domains is taken only from known networks and from people who logged in.

Without this rule the host is an open relay (RFC 5321 7.1; RFC 2505 2.1).
"""

from __future__ import annotations

from functools import lru_cache

from smtpsim.kernel.ref import Ref
from smtpsim.protocol.smtp.question import AskRecipient, Verdict
from smtpsim.protocol.smtp.reply import ReplyRule
from smtpsim.world.directory import is_local
from smtpsim.world.model import Case, Policy

DENIED = ReplyRule("relay-denied", 550, "5.7.1", "<{address}> Relaying denied", Ref(2505, "2.1"))


def _judge(case: Case, question: AskRecipient) -> Verdict | None:
    path = question.path
    return None if is_known(case) or is_local(case.host, path) else Verdict(DENIED, {"address": str(path)})


def is_known(case: Case) -> bool:
    """Whether the client has logged in, or comes from one of the host's own networks."""
    return case.state.user is not None or in_networks(case.client_ip, case.host.relay_for)


@lru_cache(maxsize=1024)
def in_networks(address: str, networks: tuple[str, ...]) -> bool:
    """Whether the address lies in one of the networks (CIDR notation)."""
    from ipaddress import ip_address, ip_network

    return any(ip_address(address) in ip_network(network) for network in networks)


POLICY = Policy("relay", {"rcpt": _judge}, (DENIED,))
