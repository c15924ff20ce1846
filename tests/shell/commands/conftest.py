"""The simulation at the beginning of the shipped world."""

from __future__ import annotations

import pytest

from smtpsim.session.simulation import Simulation, open_simulation
from smtpsim.world.load import load_world, shipped
from smtpsim.world.model import World


@pytest.fixture
def simulation() -> Simulation:
    world = load_world(shipped())
    assert isinstance(world, World)
    return open_simulation(world).after
