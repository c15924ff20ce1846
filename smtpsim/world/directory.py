"""Which mailbox a local forward-path means on a host, and what VRFY and EXPN tell of it."""

from __future__ import annotations

from smtpsim.protocol.smtp.question import ACCEPTED, AskVerify, Question, Verdict
from smtpsim.kernel.address import Path
from smtpsim.world.model import Host, World


def mailbox_address(world: World, host: Host, path: Path) -> str:
    """The address of the mailbox that `path` is delivered to on `host`, "" when there is none.

    Local parts are compared without case (RFC 5321 2.4 leaves that to the host). A path without a domain
    means the host's own; `postmaster` exists wherever there is a local domain (RFC 5321 4.5.1).
    """
    for domain in (path.host,) if path.domain else sorted(host.domains):
        address = f"{path.mailbox}@{domain}"
        if address in world.mailboxes:
            return address
        if path.mailbox == "postmaster" and domain in host.domains:
            return address
    return ""


def verify(world: World, host: Host, question: Question) -> Verdict:
    """VRFY as most servers have it: no promise for addresses that may exist, no for local ones that do not."""
    assert isinstance(question, AskVerify)
    path = question.path
    away = path.domain and path.host not in host.domains
    if away or mailbox_address(world, host, path):
        return ACCEPTED
    return Verdict(host.service.rule("vrfy-unknown"), {"address": str(path)})


def expand(world: World, host: Host, question: Question) -> Verdict:
    """EXPN as most servers have it: off."""
    return ACCEPTED
