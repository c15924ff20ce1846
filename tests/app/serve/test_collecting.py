"""When everything may be looked at for garbage: in a quiet second, or after very many sessions."""

from __future__ import annotations

import asyncio
import gc
from collections.abc import Iterator

import pytest

from smtpsim.app.serve.collecting import EVERY, MOST_SESSIONS, NEVER, Collecting, collect_in_quiet


class Server:
    count = mails = 0


def test_a_quiet_second_is_waited_for() -> None:
    server = Server()
    collecting = Collecting(server)
    for second in range(EVERY * 3):
        server.mails = second
        assert not collecting.due()
    assert collecting.due()
    assert [collecting.due() for _ in range(EVERY)] == [False] * (EVERY - 1) + [True]


def test_very_many_sessions_wait_for_nothing() -> None:
    server = Server()
    collecting = Collecting(server)
    server.count = MOST_SESSIONS - 1
    assert not collecting.due()
    server.count += 1
    assert collecting.due()
    assert not collecting.due()


@pytest.fixture
def restored() -> Iterator[None]:
    threshold = gc.get_threshold()
    yield
    gc.set_threshold(*threshold)
    gc.unfreeze()


@pytest.mark.usefixtures("restored")
def test_the_library_collects_the_young_alone() -> None:
    async def begun() -> tuple[int, int]:
        task = asyncio.create_task(collect_in_quiet(Server()))
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        task.cancel()
        return gc.get_threshold()[2], gc.get_freeze_count()

    never, frozen = asyncio.run(begun())
    assert never == NEVER
    assert frozen > 10_000
