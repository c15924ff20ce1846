"""The state of a screen without a screen."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from smtpsim.app.tui.actions import send
from smtpsim.app.tui.state import State
from smtpsim.explain import words
from smtpsim.session.simulation import open_simulation
from smtpsim.shell.opening import Choice
from smtpsim.world.load import load_world, shipped
from smtpsim.world.model import World

Begin = Callable[..., State]


@pytest.fixture(scope="session")
def world() -> World:
    loaded = load_world(shipped())
    assert isinstance(loaded, World)
    return loaded


@pytest.fixture
def begin(world: World) -> Begin:
    """A state in which these lines were typed."""

    def opened(*lines: str) -> State:
        state = State(open_simulation(world), words("en"), Choice())
        send(state, lines)
        return state

    return opened


@pytest.fixture(autouse=True)
def own_state_folder(tmp_path: object, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing that a test keeps reaches the person who runs it."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
