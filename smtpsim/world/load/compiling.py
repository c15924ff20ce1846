"""Writes `shipped_hosts.py` and `shipped_records.py`: run `python -m smtpsim.world.load.compiling` after a change to
the shipped world."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator

from smtpsim.protocol.smtp.offer import extension_names
from smtpsim.protocol.smtp.service import Service
from smtpsim.world.dns.zone_text import ZoneFault, ZoneText
from smtpsim.world.dns.zonefile import read_zone
from smtpsim.world.load.assemble import read_world
from smtpsim.world.load.compiled import Text, digest, world_texts
from smtpsim.world.load.source import Source, shipped
from smtpsim.world.mailbox import Mailbox
from smtpsim.world.model import Host, UsedPolicy, World
from smtpsim.world.subscriber import Subscriber

_RECORDS = '''"""The records of the shipped zone files. Written by `python -m smtpsim.world.load.compiling`."""

from smtpsim.kernel.dns import MX, Record

DIGEST = "{digest}"

RECORDS: tuple[tuple[str, str, Record | None], ...] = (
{rows})
'''

_HOSTS = '''"""The shipped world but for its zones. Written by `python -m smtpsim.world.load.compiling`."""

from collections.abc import Mapping

from smtpsim.auth.sign import SigningKey
from smtpsim.kernel.dns import Status
from smtpsim.protocol.smtp.offer import service
from smtpsim.protocol.smtp.service import Limits as ServiceLimits
from smtpsim.world.dnsbl import Operator
from smtpsim.world.hosts import Entry
from smtpsim.world.model import Host, Start, UsedPolicy
from smtpsim.world.policies import load
from smtpsim.world.sending.account import Account, Limits, Sending
from smtpsim.world.subscriber import Subscriber

DIGEST = "{digest}"

TITLE = {title!r}
TITLES: Mapping[str, str] = {titles!r}
START = {start!r}
CLOCK = {clock}
LANGUAGE = {language!r}
BLOCKLISTS: Mapping[str, Operator] = {blocklists!r}
STS_POLICIES: Mapping[str, str] = {policies!r}
FAILURES: tuple[tuple[str, Status], ...] = ({failures})

MAILBOXES: tuple[tuple[str, str, int, Subscriber | None, str], ...] = (
{mailboxes})

MADE: Mapping[str, Entry[Host]] = {{
{hosts}}}
'''


def records_source(texts: Iterable[Text]) -> str:
    """The module that holds the records of these zone files. They must be good."""
    rows = []
    texts = tuple(texts)
    for text in texts:
        placed = read_zone(ZoneText(text.name, text.text))
        assert not isinstance(placed, ZoneFault), placed
        rows += [f"    {tuple(record)!r},\n" for _, record in placed]
    return _RECORDS.format(digest=digest(texts), rows="".join(rows))


def hosts_source(source: Source) -> str:
    """The module that holds what else there is in a world that must be good."""
    world = read_world(source, 0)
    assert isinstance(world, World), world
    return _HOSTS.format(
        digest=digest(world_texts(source)),
        title=world.title,
        titles=dict(world.titles),
        start=world.start,
        clock=world.now,
        language=world.language,
        blocklists=dict(world.blocklists),
        policies=dict(world.sts_policies),
        failures="".join(
            f"({name!r}, Status.{status.name}), " for name, status in sorted(world.zones.failures.items())
        ),
        mailboxes="".join(f"    {_mailbox(one)!r},\n" for _, one in sorted(world.mailboxes.items())),
        hosts="".join(f"    {name!r}: {_entry(host)},\n" for name, host in world.hosts.items()),
    )


def _mailbox(mailbox: Mailbox) -> tuple[object, ...]:
    subscriber = None if mailbox.subscriber == Subscriber() else mailbox.subscriber
    return mailbox.address, mailbox.owner, mailbox.quota, subscriber, mailbox.folder


def _entry(host: Host) -> str:
    """An entry of the module's table, as Python writes it."""
    fields = ", ".join(f"{name}={text}" for name, text in _fields(host))
    return f"Entry({host.addresses!r}, {_set(host.domains)}, lambda: Host({fields}))"


def _fields(host: Host) -> Iterator[tuple[str, str]]:
    for name, value in host._asdict().items():
        if name == "service":
            yield name, _service(host.service)
        elif name == "policies":
            yield name, f"({''.join(map(_used, host.policies))})"
        elif name in host._field_defaults and value == host._field_defaults[name]:
            continue
        else:
            yield name, _set(value) if isinstance(value, frozenset) else repr(value)


def _service(offered: Service) -> str:
    limits = f"ServiceLimits{tuple(offered.limits)!r}"
    names, texts = extension_names(offered), dict(offered.texts)
    return f"service({offered.name!r}, {names!r}, {limits}, {offered.mechanisms!r}, {texts!r})"


def _used(used: UsedPolicy) -> str:
    return f"UsedPolicy(load({used.policy.name!r}), {dict(used.settings)!r}), "


def _set(values: Iterable[str]) -> str:
    """A set in an order that is always the same."""
    return f"frozenset({tuple(sorted(values))!r})"


def modules() -> dict[str, str]:
    """The texts of both modules by their names, made from the shipped world."""
    source = shipped()
    zones = (text for text in world_texts(source) if text.name.endswith(".zone"))
    return {"shipped_hosts.py": hosts_source(source), "shipped_records.py": records_source(zones)}


def main() -> None:
    for name, text in modules().items():
        with open(os.path.join(os.path.dirname(__file__), name), "w", encoding="utf-8") as file:
            file.write(text)


if __name__ == "__main__":
    main()
