"""A world as lines of text: its hosts with their mailboxes, then its DNS records."""

from __future__ import annotations

from collections.abc import Iterator

from smtpsim.kernel.dns import MX, Record, record_text
from smtpsim.kernel.printable import printable
from smtpsim.world.model import Host, World


def world_lines(world: World, lang: str) -> Iterator[str]:
    """Hosts in the order of their names, then the record sets, neighbours in the DNS tree together."""
    yield printable(world.title)
    for name in sorted(world.hosts):
        yield ""
        yield from _host_lines(world, world.hosts[name], lang)
    yield ""
    for name in world.zones.names():
        for answer in world.zones.at(name):
            for record in answer.records:
                yield printable(f"{name:34} {answer.rdtype:5} {_shown(record)}")


def _host_lines(world: World, host: Host, lang: str) -> Iterator[str]:
    about = host.about.get(lang) or host.about.get("en", "")
    yield printable(f"{host.name}  {' '.join(host.addresses)}")
    if about:
        yield printable(f"    {about}")
    rows = (
        ("extensions", [extension.keyword for extension in host.service.extensions]),
        ("policies", [used.policy.name for used in host.policies]),
        ("relays for", list(host.relay_for)),
        ("mailboxes", [address for address in sorted(world.mailboxes) if _is_of(address, host)]),
    )
    for label, values in rows:
        if values:
            yield printable(f"    {label:11} {' '.join(values)}")


def _is_of(address: str, host: Host) -> bool:
    return address.rpartition("@")[2] in host.domains


def _shown(record: Record) -> str:
    if isinstance(record, MX):
        return f"{record.preference} {record.exchange or '.'}"
    return f'"{record_text(record)}"' if isinstance(record, bytes) else record
