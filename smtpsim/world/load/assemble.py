"""Puts a world together from its files, and checks what only shows when all of them are read."""

from __future__ import annotations

import os

from rpds import HashTrieMap

from smtpsim.kernel.dns import Status
from smtpsim.world.dns.zonefile import ZoneText, read_zones
from smtpsim.world.dns.zones import Zones
from smtpsim.world.load.fault import WorldFault
from smtpsim.world.load.host import LoadedHost, is_address, read_host
from smtpsim.world.load.source import HOSTS, MANIFEST, ZONES, Source, shipped
from smtpsim.world.load.table import Report, Table
from smtpsim.world.model import Mailbox, Start, World


def load_world(source: Source, seed: int = 0) -> World | tuple[WorldFault, ...]:
    """The world, or every mistake that was found in its files."""
    faults: list[WorldFault] = []
    manifest = _read_table(source, MANIFEST, faults)
    hosts = _read_hosts(source, faults)
    zones = _broken(manifest, _read_zones(source, faults))
    world = _assemble(manifest, hosts, zones, seed)
    _check_twice(source, hosts, faults)
    return tuple(faults) or world


def shipped_world(seed: int = 0) -> World:
    """The world that comes with the program."""
    world = load_world(shipped(), seed)
    assert isinstance(world, World), world
    return world


def _read_table(source: Source, name: str, faults: list[WorldFault]) -> Table:
    text = _read(source, name, faults)
    report = Report(source.show(name), text, faults)
    import tomllib

    try:
        return Table(tomllib.loads(text), report)
    except tomllib.TOMLDecodeError as wrong:
        report.at(_line_in(str(wrong)), "toml-syntax", reason=str(wrong))
        return Table({}, report._replace(faults=[]))


def _line_in(message: str) -> int:
    """The line in a message of tomllib's: `... (at line 3, column 7)`."""
    digits = message.rpartition("at line ")[2].split(",")[0]
    return int(digits) if digits.isdigit() else 0


def _read(source: Source, name: str, faults: list[WorldFault]) -> str:
    try:
        return source.read(name)
    except OSError as wrong:
        reason = wrong.strerror or str(wrong)
    except UnicodeDecodeError as wrong:
        reason = f"byte {wrong.start} is not UTF-8"
    faults.append(WorldFault(source.show(name), 0, "unreadable", {"reason": reason}))
    return ""


def _read_hosts(source: Source, faults: list[WorldFault]) -> dict[str, tuple[Table, LoadedHost]]:
    found = {}
    for file in source.files(HOSTS, ".toml"):
        name = os.path.basename(file).removesuffix(".toml").lower()
        table = _read_table(source, file, faults)
        found[name] = (table, read_host(name, table))
    if not found:
        faults.append(WorldFault(source.show(HOSTS), 0, "no-hosts", {}))
    return found


def _read_zones(source: Source, faults: list[WorldFault]) -> Zones:
    texts = [ZoneText(source.show(file), _read(source, file, faults)) for file in source.files(ZONES, ".zone")]
    zones = read_zones(texts)
    if isinstance(zones, Zones):
        return zones
    faults.append(WorldFault(zones.file, zones.line, zones.key, {"reason": zones.detail}))
    return Zones()


def _broken(manifest: Table, zones: Zones) -> Zones:
    """The zones with the names broken that `[dns]` lists: their name servers fail, or never answer."""
    table = manifest.table("dns")
    for status in (Status.SERVFAIL, Status.TIMEOUT):
        for name in table.texts(status.value):
            zones = zones.with_failure(name, status)
    table.close()
    return zones


def _assemble(
    manifest: Table, hosts: dict[str, tuple[Table, LoadedHost]], zones: Zones, seed: int
) -> World:
    by_name = {name: loaded.host for name, (_, loaded) in hosts.items()}
    world = World(
        title=manifest.text("title"),
        start=_start(manifest, by_name),
        now=_clock(manifest),
        seed=seed,
        zones=zones,
        hosts=by_name,
        mailboxes=HashTrieMap(_mailboxes(hosts)),
    )
    manifest.close()
    return world


def _mailboxes(hosts: dict[str, tuple[Table, LoadedHost]]) -> dict[str, Mailbox]:
    return {
        address: Mailbox(address, owner)
        for _, (host, owners) in hosts.values()
        for domain in host.domains
        for local, owner in owners.items()
        for address in (f"{local.lower()}@{domain}",)
    }


def _start(manifest: Table, hosts: dict[str, object]) -> Start:
    table = manifest.table("start")
    host, client_ip = table.text("host"), table.text("client-ip", "192.0.2.10")
    if hosts and host not in hosts:
        table.wrong("host", "host-unknown", found=host, known=", ".join(sorted(hosts)))
    if not is_address(client_ip):
        table.wrong("client-ip", "not-an-address", found=client_ip)
    table.close()
    return Start(host, client_ip)


def _clock(manifest: Table) -> int:
    value = manifest.raw("clock")
    from datetime import UTC, datetime

    if isinstance(value, datetime):
        return int((value if value.tzinfo else value.replace(tzinfo=UTC)).timestamp())
    manifest.wrong("clock", "key-missing" if value is None else "not-a-time")
    return 0


def _check_twice(
    source: Source, hosts: dict[str, tuple[Table, LoadedHost]], faults: list[WorldFault]
) -> None:
    """A domain, and an address, belongs to one host only."""
    seen: dict[str, str] = {}
    for name, (table, loaded) in hosts.items():
        for key, kind, values in (
            ("domains", "domain-twice", sorted(loaded.host.domains)),
            ("addresses", "address-twice", loaded.host.addresses),
        ):
            for value in values:
                if value in seen:
                    table.wrong(key, kind, found=value, other=seen[value])
                seen[value] = name
