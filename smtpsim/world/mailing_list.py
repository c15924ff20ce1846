"""What a mailing list makes of a letter before its members get it: its own fields, its own words before the subject
and, where the author's domain would have the letter refused by then, its own address in From.

What a list changes, its author has not signed; a list that has a key signs it anew (RFC 6377 5.1).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from smtpsim.auth.record import Policy
from smtpsim.auth.sign import SigningKey
from smtpsim.kernel.address import split_address
from smtpsim.kernel.printable import encoded
from smtpsim.message.addresses import NamedAddress, addresses, author_domains, written
from smtpsim.message.header_block import occurrences, with_field
from smtpsim.message.headers import Headers, headers_in
from smtpsim.reports.trace import delivered_to, with_tag
from smtpsim.world.directory import MailingList
from smtpsim.world.model import Host, World
from smtpsim.world.signing import is_published

FROM_SETTINGS = ("keep", "dmarc", "always")
"""When a list writes its own address into From: never, where the author's domain has a policy of DMARC that harms the
list's mail, or always. Custom: Mailman's `dmarc_mitigate_action`."""

HARMFUL = frozenset({Policy.QUARANTINE, Policy.REJECT})


def posted(
    world: World, host: Host, mailing_list: MailingList, octets: bytes, members: Sequence[str]
) -> Iterator[tuple[int, bytes]]:
    """The letter as the list sends it, each time with how many of the members, in their order, it is for: all, or each
    alone where one click must tell who has clicked (RFC 8058 3.1), which needs a signature (RFC 8058 4)."""
    key, changed = _key(world, host, mailing_list), _changed(world, mailing_list, octets)
    if key and mailing_list.unsubscribe:
        for member in members:
            yield 1, _sent(world, mailing_list, key, _one_click(mailing_list, key, member), changed)
    else:
        yield len(members), _sent(world, mailing_list, key, "", changed)


def _changed(world: World, mailing_list: MailingList, octets: bytes) -> bytes:
    """What the list makes of the letter itself."""
    octets = encoded(delivered_to(mailing_list.address)) + octets
    if mailing_list.tag:
        octets = with_tag(octets, mailing_list.tag)
    if _rewrites_from(world, mailing_list, octets):
        octets = _from_list(mailing_list, octets)
    return octets


def _sent(world: World, mailing_list: MailingList, key: SigningKey | None, leaving: str, changed: bytes) -> bytes:
    """The letter below the list's own fields (RFC 2919 3, RFC 2369 3.4); `leaving` are those that tell how to leave."""
    name, _, domain = mailing_list.address.partition("@")
    fields = f"List-Id: <{name}.{domain}>\r\nList-Post: <mailto:{mailing_list.address}>\r\n{leaving}"
    octets = encoded(fields) + changed
    return _signed(octets, key, world.now) if key and _is_careful(mailing_list) else octets


def _is_careful(mailing_list: MailingList) -> bool:
    """Whether the list answers for what it sends."""
    return bool(mailing_list.unsubscribe) or mailing_list.own_from != "keep"


def _key(world: World, host: Host, mailing_list: MailingList) -> SigningKey | None:
    domain = mailing_list.bounces.host
    return next((key for key in host.signs if key.domain == domain and is_published(world, key)), None)


def _signed(octets: bytes, key: SigningKey, now: int) -> bytes:
    from smtpsim.auth.sign import signature_field

    return signature_field(octets, key, now) + octets


def _one_click(mailing_list: MailingList, key: SigningKey, member: str) -> str:
    """How a member leaves the list with one click (RFC 8058 3.1)."""
    name = mailing_list.address.partition("@")[0]
    uri = f"{mailing_list.unsubscribe.rstrip('/')}/{name}/{_token(key, mailing_list, member)}"
    return f"List-Unsubscribe: <{uri}>\r\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n"


def _token(key: SigningKey, mailing_list: MailingList, member: str) -> str:
    """What names the member to the list alone, and cannot be made up by others (RFC 8058 3.1)."""
    from hashlib import sha256
    from hmac import new

    return new(key.pem.encode(), f"{mailing_list.address}/{member}".encode(), sha256).hexdigest()[:20]


def _rewrites_from(world: World, mailing_list: MailingList, octets: bytes) -> bool:
    if mailing_list.own_from != "dmarc":
        return mailing_list.own_from == "always"
    from smtpsim.auth.discover import discover

    return any(discover(domain, world.zones).applied in HARMFUL for domain in author_domains(headers_in(octets)))


def _from_list(mailing_list: MailingList, octets: bytes) -> bytes:
    """The list in From, by the author's name; answers go to the author, unless the letter says where they go."""
    author = _author(headers_in(octets))
    if author is None:
        return octets
    local = mailing_list.address.partition("@")[0]
    name = f"{author.name or split_address(author.address).local} via {local}"
    fields = f"From: {written(NamedAddress(name, mailing_list.address))}\r\n"
    if not occurrences(octets, "Reply-To"):
        fields += f"Reply-To: {written(author)}\r\n"
    return with_field(octets, "From", encoded(fields))


def _author(headers: Headers) -> NamedAddress | None:
    """The first who is named as an author; only they are rewritten who could be answered."""
    found = (one for value in headers.values("From") for one in addresses(value) if "@" in one.address)
    return next(found, None)
