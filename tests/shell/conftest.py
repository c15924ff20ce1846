"""A shell without a front end."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from smtpsim.explain import words
from smtpsim.session.simulation import open_simulation
from smtpsim.shell.shell import Shell
from smtpsim.world.load import load_world, shipped
from smtpsim.world.model import World

Begin = Callable[..., Shell]


@pytest.fixture(scope="session")
def world() -> World:
    loaded = load_world(shipped())
    assert isinstance(loaded, World)
    return loaded


@pytest.fixture
def begin(world: World) -> Begin:
    """A shell in which these lines were typed."""

    def opened(*lines: str) -> Shell:
        shell = Shell(open_simulation(world), words("en"))
        for line in lines:
            shell.input(line)
        return shell

    return opened
