"""The hosts of the world: who answers where, and for which mail."""

from __future__ import annotations

from collections.abc import Iterator

from smtpsim.explain import Words
from smtpsim.session.simulation import Simulation
from smtpsim.views.page import page, part
from smtpsim.views.row import Mark, Panel, Row, Section
from smtpsim.world.model import Host


def hosts(simulation: Simulation, words: Words) -> Panel:
    """Every host; the one that is being talked to is marked."""
    world = simulation.world
    sections = (_host(world.hosts[name], simulation, words) for name in sorted(world.hosts))
    return page(words("page.hosts"), *sections)


def _host(host: Host, simulation: Simulation, words: Words) -> Section:
    return part(host.name, _rows(host, simulation, words))


def _rows(host: Host, simulation: Simulation, words: Words) -> Iterator[Row]:
    about = host.about.get(words.lang) or host.about.get("en", "")
    here = host.name == simulation.connection.host.name
    if about or here:
        yield Row("about", "", about, Mark.GOOD if here else Mark.NONE, words("page.here") if here else "")
    lists = (("address", host.addresses), ("domains", sorted(host.domains)), ("relays", host.relay_for))
    for key, values in lists:
        if values:
            yield Row(key, words(f"page.{key}"), ", ".join(values))
