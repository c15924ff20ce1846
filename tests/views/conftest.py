"""Sessions to look at: lines said to the shipped world, and the views of what they made."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from smtpsim.explain import words
from smtpsim.protocol.smtp.state import CONTENT_PHASES
from smtpsim.session.simulation import Simulation, Turn, open_simulation
from smtpsim.session.timeline import Timeline
from smtpsim.views.panel import changed_panel
from smtpsim.views.row import Row, Section
from smtpsim.world.load import load_world, shipped
from smtpsim.world.model import World
from tests.shell.commands.orders import run

Said = Callable[..., Timeline]
Shown = Callable[..., dict[str, Row]]


@pytest.fixture(scope="session")
def world() -> World:
    loaded = load_world(shipped())
    assert isinstance(loaded, World)
    return loaded


@pytest.fixture
def said(world: World) -> Said:
    """The timeline of a session in which these lines were typed, from the world's own client or another; one with a
    colon is an order."""

    def say(*lines: str, client_ip: str = "", host: str = "") -> Timeline:
        server = world.hosts[host] if host else None
        timeline = Timeline(open_simulation(world, server, client_ip))
        for line in lines:
            timeline.add(_turn(timeline.now.after, line))
        return timeline

    return say


def _turn(simulation: Simulation, line: str) -> Turn:
    command = line.startswith(":") and simulation.connection.state.phase not in CONTENT_PHASES
    made = run(simulation, line) if command else simulation.say(line)
    assert isinstance(made, Turn), made
    return made


def section_of(timeline: Timeline, key: str) -> Section:
    """One section of the panel at the end of a timeline, compared with the step before."""
    before = timeline.turn(timeline.position - 1) if timeline.position else None
    panel = changed_panel(timeline.now, before, words("en"))
    return next(section for section in panel.sections if section.key == key)


@pytest.fixture
def shown(said: Said) -> Shown:
    """The rows of one section, by their keys, after these lines."""

    def show(key: str, *lines: str, client_ip: str = "", host: str = "") -> dict[str, Row]:
        section = section_of(said(*lines, client_ip=client_ip, host=host), key)
        return {row.key: row for row in section.rows}

    return show
