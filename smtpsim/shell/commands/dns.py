""":dns: look at a name of the simulated DNS, and change it while the session runs. What was looked up about the
client is looked up again at once, so that the panel shows what the change does.

    :dns NAME [TYPE]             :dns set NAME TYPE VALUE     :dns remove NAME [TYPE]
    :dns add NAME TYPE VALUE     :dns fail NAME servfail|timeout|nxdomain|no
"""

from __future__ import annotations

from collections.abc import Callable

from smtpsim.kernel.dns import Record, Status
from smtpsim.session.change import Wrong, changed
from smtpsim.session.simulation import DnsName
from smtpsim.shell.answer import Answer, Page, Turns
from smtpsim.shell.command import Command
from smtpsim.shell.place import Place
from smtpsim.views.sections.records import records
from smtpsim.world.connection import rechecked
from smtpsim.world.dns.text import ValueFault, read_value
from smtpsim.world.dns.zones import Zones

Change = Callable[[Zones, list[str]], Zones | Wrong]

FAILURES = {
    "servfail": Status.SERVFAIL,
    "timeout": Status.TIMEOUT,
    "nxdomain": Status.NXDOMAIN,
    "no": Status.NOERROR,
}


def _run(place: Place, argument: str) -> Answer:
    parts = argument.split(maxsplit=3)
    if not parts:
        return Wrong("dns-missing")
    change = _CHANGES.get(parts[0].lower())
    if change is None:
        return _look(place, parts[0])
    simulation = place.simulation
    made = change(simulation.world.zones, parts)
    if isinstance(made, Wrong):
        return made
    world = simulation.world._replace(zones=made)
    about = DnsName(parts[1])
    return Turns((changed(simulation, world, rechecked(world, simulation.connection), about),))


def _look(place: Place, name: str) -> Answer:
    """A name has a dot in it, so that a misspelt order is not taken for one."""
    if "." not in name:
        return Wrong("dns-order", {"found": name, "known": " ".join(_CHANGES)})
    zones, words = place.simulation.world.zones, place.words
    return Page(lambda unfolded: records(zones, name, words), DnsName(name))


def _add(zones: Zones, words: list[str]) -> Zones | Wrong:
    record = _value(words)
    return record if isinstance(record, Wrong) else zones.with_record(words[1], words[2].upper(), record)


def _set(zones: Zones, words: list[str]) -> Zones | Wrong:
    record = _value(words)
    return record if isinstance(record, Wrong) else zones.with_records(words[1], words[2].upper(), (record,))


def _value(words: list[str]) -> Record | Wrong:
    if len(words) < 4:
        return Wrong("dns-incomplete", {"order": words[0].lower()})
    record = read_value(words[2].upper(), words[3])
    return Wrong(f"dns-{record.key}", {"found": record.found}) if isinstance(record, ValueFault) else record


def _remove(zones: Zones, words: list[str]) -> Zones | Wrong:
    if len(words) < 2:
        return Wrong("dns-remove-incomplete")
    kind = words[2].upper() if len(words) > 2 else ""
    there = any(kind in ("", answer.rdtype) for answer in zones.at(words[1]))
    return zones.without(words[1], kind) if there else Wrong("dns-not-there", {"name": words[1], "type": kind})


def _fail(zones: Zones, words: list[str]) -> Zones | Wrong:
    status = FAILURES.get(words[2].lower()) if len(words) == 3 else None
    if status is None:
        return Wrong("dns-fail-incomplete", {"known": " ".join(FAILURES)})
    return zones.with_failure(words[1], status)


_CHANGES: dict[str, Change] = {"add": _add, "set": _set, "remove": _remove, "fail": _fail}


def _arguments(place: Place) -> tuple[str, ...]:
    return (*_CHANGES, *place.simulation.world.zones.names())


COMMAND = Command(
    "dns", _run, ":dns set example.org TXT v=spf1 mx -all", _arguments, pages=True, alters=True, group="world"
)
