"""A world as lines of text: its hosts with their mailboxes, then its DNS records."""

from __future__ import annotations

from collections.abc import Iterator

from smtpsim.explain import Words
from smtpsim.kernel.dns import Record, record_text
from smtpsim.kernel.printable import printable
from smtpsim.render.cells import width
from smtpsim.render.theme import SYMBOLS
from smtpsim.views.hosts import about, host_rows, world_title
from smtpsim.views.row import Mark
from smtpsim.views.trace import TYPE
from smtpsim.world.model import Host, World


def world_lines(world: World, words: Words) -> Iterator[str]:
    """Hosts in the order of their names, then the record sets, neighbours in the DNS tree together."""
    yield printable(world_title(world, words))
    for name in sorted(world.hosts):
        yield ""
        yield from _host_lines(world, world.hosts[name], words)
    yield ""
    for name in world.zones.names():
        for answer in world.zones.at(name):
            for record in answer.records:
                yield printable(f"{name:34} {answer.rdtype:5} {_shown(record)}")
            if answer.rdtype == TYPE:
                yield f"{'':34} {SYMBOLS[Mark.WARN]} {words('trace.type99')}"


def _host_lines(world: World, host: Host, words: Words) -> Iterator[str]:
    described = about(host, words)
    rows = tuple(host_rows(host, world, words))
    column = max((width(row.label) for row in rows), default=0)
    yield printable(f"{host.name}  {' '.join(host.addresses)}")
    if described:
        yield printable(f"    {described}")
    for row in rows:
        yield printable(f"    {row.label}{' ' * (column - width(row.label))}  {row.value}")


def _shown(record: Record) -> str:
    text = record_text(record)
    return f'"{text}"' if isinstance(record, bytes) else text
