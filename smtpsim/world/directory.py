"""What a local forward-path means on a host: a mailbox, an alias, a list, or nobody; and what VRFY tells of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from smtpsim.kernel.address import Path
from smtpsim.protocol.smtp.question import ACCEPTED, AskExpand, AskVerify, Verdict
from smtpsim.world.batv import secret, untagged
from smtpsim.world.model import Host, World
from smtpsim.world.routing import literal_address
from smtpsim.world.srs import original_sender

if TYPE_CHECKING:
    from smtpsim.world.sending.account import Sending

BOUNCES = "-bounces"
"""A list TEAM sends as TEAM-bounces, so that failures of its members reach its owner (RFC 5321 3.9.2)."""


class Box(NamedTuple):
    """A mailbox, by its address."""

    address: str


class Alias(NamedTuple):
    """Other addresses to deliver to; the reverse-path stays as it is (RFC 5321 3.9.1)."""

    address: str
    targets: tuple[str, ...]


class MailingList(NamedTuple):
    """Members, the reverse-path that the list sends with (RFC 5321 3.9.2), and what it writes before each subject;
    `own_from` tells when it writes its own address into From, `unsubscribe` where one click leads, "" for nowhere."""

    address: str
    members: tuple[str, ...]
    bounces: Path
    tag: str = ""
    own_from: str = "keep"
    unsubscribe: str = ""


class Returns(NamedTuple):
    """Where a sending service takes in what comes back: bounces of a letter, or complaints."""

    address: str


Place = Box | Alias | MailingList | Returns


def is_local(host: Host, path: Path) -> bool:
    """Whether the host itself delivers for this forward-path: it has no domain, one of the host's, or its address."""
    if host.accepts_any or not path.domain or path.host in host.domains:
        return True
    return literal_address(path.host) in host.addresses


def place(world: World, host: Host, path: Path) -> Place | None:
    """Where a local `path` leads on `host`, None when there is nobody of that name.

    Local parts are compared without case (RFC 5321 2.4 leaves that to the host). A path without a domain, or
    with the host's address for one, means the host's own; `postmaster` exists wherever there is a local
    domain (RFC 5321 4.5.1). Whether a tag of BATV is good is the policy's business.
    """
    if host.sending and _comes_back(world, host.sending, path):
        return Returns(str(path))
    if secret(host):
        path = untagged(path)
    if host.srs and path.host in host.domains and (sender := original_sender(world, host, path)):
        return Alias(str(path), (sender,))
    known = path.host in host.domains or (host.accepts_any and path.host)
    for domain in (path.host,) if known else sorted(host.domains):
        for local in _names(host, path.mailbox):
            found = _named(world, host, local, domain)
            if found:
                return found
    return None


def _comes_back(world: World, sending: Sending, path: Path) -> bool:
    """Whether the path is an envelope sender that the service wrote, or its address for complaints."""
    from smtpsim.world.sending.books import sent_as

    complaints = path.host == sending.return_domain and path.mailbox == sending.feedback
    return complaints or sent_as(world, sending, path) is not None


def _names(host: Host, local: str) -> tuple[str, ...]:
    """The local part as it stands, and without its plus-address where the host knows these (RFC 5233)."""
    base, plus, _ = local.partition("+")
    return (local, base) if host.plus and plus and base else (local,)


def _named(world: World, host: Host, local: str, domain: str) -> Place | None:
    address = f"{local}@{domain}"
    if local in host.aliases:
        return Alias(address, host.aliases[local])
    if local in host.lists:
        own_from, unsubscribe = host.list_from.get(local, "keep"), host.list_unsubscribe.get(local, "")
        bounces, tag = Path(f"{local}{BOUNCES}", domain), host.list_tags.get(local, "")
        return MailingList(address, host.lists[local], bounces, tag, own_from, unsubscribe)
    known = local == "postmaster" or address in world.mailboxes or local.removesuffix(BOUNCES) in host.lists
    return Box(address) if known or host.accepts_any else None


def own_domain(host: Host) -> str:
    """The domain that a host's own mail comes from, and its people are meant in where none is named."""
    return min(host.domains, default=host.name)


def verify(world: World, host: Host, question: AskVerify) -> Verdict:
    """VRFY: yes or no for addresses of this host, no promise for those of others (RFC 5321 3.5.3, 7.3). Who is there is
    told with the domain, also where none was asked with (RFC 5321 3.5.1)."""
    path = question.path
    if not is_local(host, path):
        return ACCEPTED
    if not place(world, host, path):
        return Verdict(host.service.rule("vrfy-unknown"), {"address": str(path)})
    whole = path if path.domain else path._replace(domain=own_domain(host))
    return Verdict(host.service.rule("vrfy-ok"), {"address": str(whole)})


def expand(world: World, host: Host, question: AskExpand) -> Verdict:
    """EXPN as most servers have it: off."""
    return ACCEPTED
