"""The small world of these tests, in each way that suppression lists are used."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from smtpsim.world.model import World
from tests.world.sending.small import made

Service = Callable[[str], World]


@pytest.fixture
def service(tmp_path_factory: pytest.TempPathFactory) -> Service:
    return lambda mode: made(tmp_path_factory.mktemp("world"), mode)
