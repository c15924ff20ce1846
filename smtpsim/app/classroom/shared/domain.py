"""The domain of a class: each pupil has a mailbox there, and one appears for any other address with its first mail."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container
from itertools import count

from smtpsim.kernel.dns import MX, Record
from smtpsim.world.accept_any import accepting_any
from smtpsim.world.mailbox import Mailbox
from smtpsim.world.model import World

DOMAIN = "class.example"
HOST = f"mx.{DOMAIN}"
ADDRESS = "198.51.100.200"

QUOTA = 2_097_152
"""Octets that lie in a pupil's mailbox; what comes then is refused (RFC 3463 3.3, 4.2.2)."""

_LOCAL_PART = re.compile(r"[a-z0-9](?:[a-z0-9_-]*[a-z0-9])?")

RECORDS: tuple[tuple[str, str, Record], ...] = (
    (HOST, "A", ADDRESS),
    (DOMAIN, "MX", MX(10, HOST)),
    (DOMAIN, "TXT", b"v=spf1 ip4:192.0.2.0/24 -all"),
)
"""SPF passes for the machines that all pupils sit at: it tells the networks of a domain, and not its people."""


def with_class_domain(world: World) -> World:
    """The world with the mail exchanger of the class, which is run as the host that sessions begin at. It takes mail
    for everybody, and lets nobody pick it up: who knows an address could read its mail."""
    zones = world.zones
    for name, kind, record in RECORDS:
        zones = zones.with_record(name, kind, record)
    usual = world.hosts[world.start.host]
    host = usual._replace(
        name=HOST, addresses=(ADDRESS,), domains=frozenset((DOMAIN,)), users={}, about={}, reacts={}, sending=None
    )
    made = accepting_any(world._replace(zones=zones), host)
    return made.with_host(made.hosts[HOST]._replace(listens=("smtp",), serves=()))


def address_of(alias: str, number: int, taken: Container[str]) -> str:
    """The address of a pupil: the name where it can be typed without SMTPUTF8 and nobody has it, else a number."""
    plain = unicodedata.normalize("NFKC", alias).casefold().replace(" ", "-")
    wanted = f"{plain}@{DOMAIN}"
    if _LOCAL_PART.fullmatch(plain) and wanted not in taken:
        return wanted
    numbered = (f"pupil{one}@{DOMAIN}" for one in count(number))
    return next(address for address in numbered if address not in taken)


def with_mailbox(world: World, address: str, owner: str) -> World:
    """The world in which a mailbox is somebody's; mail that has come to the address before lies in it."""
    mailbox = world.mailboxes.get(address) or Mailbox(address, "")
    return world._replace(mailboxes=world.mailboxes.insert(address, mailbox._replace(owner=owner, quota=QUOTA)))
