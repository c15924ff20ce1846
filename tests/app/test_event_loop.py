"""Signals that end a program, on systems whose event loop takes none, too."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Callable

import pytest

from smtpsim.app.event_loop import on_signals


class Windows(asyncio.SelectorEventLoop):
    """As the loops of Windows."""

    def add_signal_handler(self, sig: int, callback: Callable[..., object], *args: object) -> None:
        raise NotImplementedError


@pytest.mark.parametrize("make", [asyncio.SelectorEventLoop, Windows])
def test_a_signal_is_answered_in_the_loop_and_then_no_more(make: Callable[[], asyncio.AbstractEventLoop]) -> None:
    before = signal.getsignal(signal.SIGTERM)

    async def ended() -> str:
        stopped = asyncio.Event()
        with on_signals({signal.SIGTERM: stopped.set}):
            signal.raise_signal(signal.SIGTERM)
            await asyncio.wait_for(stopped.wait(), 20)
        return "answered"

    with asyncio.Runner(loop_factory=make) as runner:
        assert runner.run(ended()) == "answered"
    assert signal.getsignal(signal.SIGTERM) == before
