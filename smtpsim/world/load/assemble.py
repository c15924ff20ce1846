"""Puts a world together from its files, and checks what only shows when all of them are read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime

from rpds import HashTrieMap

from smtpsim.explain import LANGUAGES
from smtpsim.kernel.dns import Status
from smtpsim.kernel.ip import is_address, normal
from smtpsim.world.disposition import JUNK
from smtpsim.world.dns.zones import Zones
from smtpsim.world.hosts import Hosts
from smtpsim.world.load.fault import WorldFault
from smtpsim.world.load.files import Files
from smtpsim.world.load.host import LoadedHost
from smtpsim.world.load.names import is_domain
from smtpsim.world.load.operators import read_operators
from smtpsim.world.load.source import MANIFEST, Source
from smtpsim.world.load.table import Table
from smtpsim.world.mailbox import Mailbox
from smtpsim.world.model import Start, World
from smtpsim.world.subscriber import Subscriber

LoadedHosts = Mapping[str, LoadedHost]

CLIENT_IP = "192.0.2.10"
"""Where clients come from in a world that does not say."""

CLOCK_END = 221_876_928_000
"""The end of the year 9000: there are still some centuries to wait before dates have five digits."""


def read_world(source: Source, seed: int) -> World | tuple[WorldFault, ...]:
    """The world, or every mistake that was found in its files, in the order of files and lines."""
    files = Files(source, [])
    if not files.there():
        return tuple(files.faults)
    manifest = files.table(MANIFEST)
    hosts = files.hosts()
    world = World(
        title=manifest.text("title"),
        titles=manifest.mapping("titles"),
        start=_start(manifest, hosts),
        now=_clock(manifest),
        seed=seed,
        zones=_broken(manifest, files.zones()),
        hosts=Hosts.of(loaded.host for loaded in hosts.values()),
        language=_language(manifest),
        blocklists=read_operators(manifest),
        sts_policies=files.sts_policies(),
        mailboxes=HashTrieMap({mailbox.name: mailbox for mailbox in _mailboxes(hosts)}),
    )
    manifest.close()
    _check_twice(hosts)
    return tuple(sorted(files.faults, key=lambda fault: (fault.file, fault.line))) or world


def _start(manifest: Table, hosts: LoadedHosts) -> Start:
    table = manifest.table("start")
    host, client_ip = table.text("host").lower(), table.text("client-ip", CLIENT_IP)
    if not table.has("host"):
        table.wrong("host", "key-missing")
    elif hosts and host not in hosts:
        table.wrong("host", "host-unknown", found=host, known=", ".join(sorted(hosts)))
    if not is_address(client_ip):
        table.wrong("client-ip", "not-an-address", found=client_ip)
    examples = table.texts("examples")
    table.close()
    return Start(host, normal(client_ip), examples)


def _clock(manifest: Table) -> int:
    """The time at which the world begins; UTC where no offset is given."""
    value = manifest.raw("clock")
    if not isinstance(value, datetime):
        manifest.wrong("clock", "key-missing" if value is None else "not-a-time")
        return 0
    seconds = int((value if value.tzinfo else value.replace(tzinfo=UTC)).timestamp())
    if not 0 <= seconds < CLOCK_END:
        manifest.wrong("clock", "clock-range", found=str(value))
    return seconds


def _language(manifest: Table) -> str:
    """The language of the servers' reports."""
    word = manifest.text("language", "en")
    if word not in LANGUAGES:
        manifest.wrong("language", "not-a-word", found=word, known=", ".join(LANGUAGES))
    return word


def _broken(manifest: Table, zones: Zones) -> Zones:
    """The zones with the names broken that `[dns]` lists: their name servers fail, or never answer."""
    table = manifest.table("dns")
    for status in (Status.SERVFAIL, Status.TIMEOUT):
        for name in table.texts(status.value):
            if not is_domain(name):
                table.wrong(status.value, "not-a-domain", found=name)
            zones = zones.with_failure(name, status)
    table.close()
    return zones


def _mailboxes(hosts: LoadedHosts) -> Iterator[Mailbox]:
    for host, _, people, subscribers in hosts.values():
        for domain in host.domains:
            for local, owner in people.owners.items():
                address, quota = f"{local}@{domain}", people.quotas.get(local, 0)
                subscriber = subscribers.get(local, Subscriber())
                for folder in ("", JUNK) if host.junk else ("",):
                    yield Mailbox(address, owner, quota=quota, subscriber=subscriber, folder=folder)


def _check_twice(hosts: LoadedHosts) -> None:
    """A domain, and an address, belongs to one host only."""
    seen: dict[str, str] = {}
    for name, (host, table, _, _) in hosts.items():
        for value in sorted(host.domains):
            if value in seen:
                table.wrong("domains", "domain-twice", found=value, other=seen[value])
        for value in host.addresses:
            if value in seen:
                table.wrong("addresses", "address-twice", found=value, other=seen[value])
        seen |= dict.fromkeys((*host.domains, *host.addresses), name)
