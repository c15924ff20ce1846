"""The hosts of the world: who answers where, for which mail, and who may log in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from smtpsim.explain import Words
from smtpsim.session.simulation import Simulation
from smtpsim.views.page import page, part
from smtpsim.views.row import Mark, Panel, Row, Section
from smtpsim.world.model import Host, World


def hosts(simulation: Simulation, words: Words) -> Panel:
    """Every host in a line: its first address and its name. The one that is being talked to is marked."""
    known = simulation.world.hosts
    rows = tuple(_line(known[name], simulation, words) for name in sorted(known))
    more = Row("more", "", words("page.hosts-more"), Mark.NOTE)
    return page(words("page.hosts"), part("", (*rows, more)))


def host_page(host: Host, simulation: Simulation, words: Words) -> Panel:
    """All that is known of one host."""
    return page(words("page.hosts"), _host(host, simulation, words))


def _line(host: Host, simulation: Simulation, words: Words) -> Row:
    here = _is_here(host, simulation)
    remark = words("page.here-short") if here else ""
    return Row(host.name, host.addresses[0], host.name, Mark.GOOD if here else Mark.NONE, remark)


def _is_here(host: Host, simulation: Simulation) -> bool:
    return host.name == (simulation.access or simulation.connection).host.name


def about(host: Host, words: Words) -> str:
    """Who this is, in the language of the words or else in English."""
    return host.about.get(words.lang) or host.about.get("en", "")


def host_rows(host: Host, world: World, words: Words) -> Iterator[Row]:
    """What the host does and for whom; nothing of what it does not have."""
    for key, values in _facts(host, world):
        if values:
            yield Row(key, words(f"page.{key}"), ", ".join(values))


def _host(host: Host, simulation: Simulation, words: Words) -> Section:
    return part(host.name, _rows(host, simulation, words))


def _rows(host: Host, simulation: Simulation, words: Words) -> Iterator[Row]:
    described = about(host, words)
    here = _is_here(host, simulation)
    if described or here:
        yield Row("about", "", described, Mark.GOOD if here else Mark.NONE, words("page.here") if here else "")
    yield Row("address", words("page.address"), ", ".join(host.addresses))
    yield from host_rows(host, simulation.world, words)


def _facts(host: Host, world: World) -> Iterator[tuple[str, Sequence[str]]]:
    yield "listens", [protocol.upper() for protocol in host.listens]
    yield "domains", sorted(host.domains)
    yield "serves", host.serves
    yield "relays", host.relay_for
    yield "users", [f"{name} / {password}" for name, password in sorted(host.users.items())]
    yield "holds", list(_mailboxes(host, world))
    yield "aliases", list(_targets(host.aliases))
    yield "lists", list(_targets(host.lists))
    yield "extensions", [extension.keyword for extension in host.service.extensions]
    yield "policies", [used.policy.name for used in host.policies]
    yield "settings", list(_settings(host))


def _settings(host: Host) -> Iterator[str]:
    """What is set otherwise than usual of how it forwards, relays and encrypts, in the words of its file."""
    usual = host._field_defaults
    for name in ("junk", "double_bounces", "eight_bit", "tls", "mta_sts", "certificate_state"):
        value = getattr(host, name)
        if value != usual[name]:
            yield name.replace("_", "-") if value is True else f"{name.replace('_', '-')} = {value}"
    if host.srs:
        yield "srs"
    if host.arc:
        yield f"arc = {host.arc.domain}"
    if host.certificate:
        yield f"certificate = {' '.join(host.certificate)}"


def _mailboxes(host: Host, world: World) -> Iterator[str]:
    """Those whose mail ends here, with how much a limited one holds."""
    for address, mailbox in sorted(world.mailboxes.items()):
        if address.rpartition("@")[2] in host.domains:
            yield f"{address} ({mailbox.quota:,} B)" if mailbox.quota else address


def _targets(names: Mapping[str, tuple[str, ...]]) -> Iterator[str]:
    for name, targets in sorted(names.items()):
        yield f"{name} \N{RIGHTWARDS ARROW} {' '.join(targets)}"


def world_title(world: World, words: Words) -> str:
    """The title of a world in the reader's language, or else the usual one."""
    return world.titles.get(words.lang, world.title)
