"""A full screen somewhere else: a prompt_toolkit application whose keys and drawing go through a connection.

prompt_toolkit's own telnet server was not taken: it writes to the socket while it draws, so that a client that stops
reading stops everybody's screen. Here drawing goes into a bounded buffer; whoever does not empty it is drawn whole
again later, and dropped in the end.
"""

from __future__ import annotations

import asyncio
import io
from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from typing import Any

from prompt_toolkit.application import Application, create_app_session
from prompt_toolkit.data_structures import Size
from prompt_toolkit.input import Input
from prompt_toolkit.input.vt100_parser import Vt100Parser
from prompt_toolkit.key_binding import KeyPress
from prompt_toolkit.output import ColorDepth
from prompt_toolkit.output.vt100 import Vt100_Output

from smtpsim.app.tui.build import build
from smtpsim.app.tui.history import LineHistory
from smtpsim.app.tui.state import State
from smtpsim.shell.autosave import Autosave

CLOGGED = 65_536
"""Characters waiting to be sent from which on nothing more is drawn."""

PATIENCE = 20.0
"""Seconds in which a client has to take what was drawn."""

REDRAW = 0.02
"""Seconds between two drawings of one screen: keys that come faster are drawn together."""

LEAST, MOST = Size(8, 40), Size(100, 300)
"""The sizes that a screen can have: what a stranger says about its window must not cost memory."""

Send = Callable[[bytes], Awaitable[None]]


class Gone(Exception):
    """The client has stopped reading."""


class RemoteInput(Input):
    """Keys that were pressed elsewhere. There is no file: two hundred pupils would need four hundred."""

    def __init__(self) -> None:
        self._pressed: list[KeyPress] = []
        self._parser = Vt100Parser(lambda key: self._pressed.append(key))
        self._ready: Callable[[], None] | None = None

    def feed(self, text: str) -> None:
        self._parser.feed(text)
        if self._ready and self._pressed:
            self._ready()

    def fileno(self) -> int:
        raise io.UnsupportedOperation("fileno")

    def typeahead_hash(self) -> str:
        return f"remote-{id(self)}"

    def read_keys(self) -> list[KeyPress]:
        taken, self._pressed[:] = list(self._pressed), []
        return taken

    def flush_keys(self) -> list[KeyPress]:
        self._parser.flush()
        return self.read_keys()

    @property
    def closed(self) -> bool:
        return False

    def close(self) -> None:
        self._ready = None

    def raw_mode(self) -> AbstractContextManager[None]:
        return nullcontext()

    def cooked_mode(self) -> AbstractContextManager[None]:
        return nullcontext()

    @contextmanager
    def attach(self, input_ready_callback: Callable[[], None]) -> Iterator[None]:
        before, self._ready = self._ready, input_ready_callback
        if self._pressed:  # before there was anybody to take it
            asyncio.get_running_loop().call_soon(input_ready_callback)
        try:
            yield
        finally:
            self._ready = before

    @contextmanager
    def detach(self) -> Iterator[None]:
        before, self._ready = self._ready, None
        try:
            yield
        finally:
            self._ready = before


class _Drawn(io.StringIO):
    """What was drawn and not sent yet. `changed` is set when there is something to send."""

    encoding = "utf-8"

    def __init__(self) -> None:
        super().__init__()
        self.waiting: list[str] = []
        self.size = 0
        self.lost = False
        self.changed = asyncio.Event()

    def write(self, text: str) -> int:
        if self.size > CLOGGED:
            self.lost = True
        else:
            self.waiting.append(text)
            self.size += len(text)
        self.changed.set()
        return len(text)

    def isatty(self) -> bool:
        return True

    def fileno(self) -> int:
        raise io.UnsupportedOperation("fileno")

    def take(self) -> str:
        taken = "".join(self.waiting)
        self.waiting.clear()
        self.size = 0
        self.changed.clear()
        return taken


class RemoteTerminal:
    """One screen. `run` shows the state until the person leaves, `send` fails or somebody calls `close`."""

    def __init__(self, state: State, autosave: Autosave, send: Send, size: Size) -> None:
        self._state, self._autosave, self._send = state, autosave, send
        self._size = within(size)
        self._input, self._drawn = RemoteInput(), _Drawn()
        self._application: Application[None] | None = None
        self._closing = asyncio.Event()

    def key(self, text: str) -> None:
        """Characters and key sequences, as a terminal sends them."""
        self._input.feed(text)

    def told(self, told: Mapping[str, Any]) -> None:
        """The window has another size. Raises KeyError, TypeError or ValueError for what is none."""
        if "rows" in told:
            self.resize(Size(int(told["rows"]), int(told["columns"])))

    def resize(self, size: Size) -> None:
        self._size = within(size)
        if self._application is not None:
            self._application._on_resize()

    def redraw(self) -> None:
        """Something in the state has changed by itself."""
        if self._application is not None:
            self._application.invalidate()

    def close(self) -> None:
        self._closing.set()

    async def run(self) -> None:
        output = Vt100_Output(
            self._drawn,
            lambda: self._size,
            term="xterm-256color",
            default_color_depth=ColorDepth.DEPTH_8_BIT,
            enable_cpr=False,
        )
        self._state.leaving = False
        with create_app_session(input=self._input, output=output):
            history = LineHistory(None)  # of this connection alone: nothing reaches the disk
            self._application = build(self._state, self._autosave, history, self._input, output)
            self._application.min_redraw_interval = REDRAW
            self._application.max_render_postpone_time = None  # else screens would wait for one another, spinning
            await self._until_end(self._application)

    async def _until_end(self, application: Application[None]) -> None:
        shown = asyncio.ensure_future(application.run_async(handle_sigint=False, set_exception_handler=False))
        sent = asyncio.ensure_future(self._sending(application))
        closed = asyncio.ensure_future(self._closing.wait())
        try:
            await asyncio.wait({shown, sent, closed}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            if application.is_running and application.future and not application.future.done():
                application.exit()
            with suppress(Exception):
                async with asyncio.timeout(PATIENCE):
                    await shown
            for task in (sent, closed):
                task.cancel()
            with suppress(Gone, ConnectionError, asyncio.CancelledError, TimeoutError):
                await self._flush()
            self._application = None

    async def _sending(self, application: Application[None]) -> None:
        while True:
            await self._drawn.changed.wait()
            await self._flush()
            if self._drawn.lost and self._drawn.size == 0:
                self._drawn.lost = False
                application.renderer.reset(leave_alternate_screen=False)
                application.invalidate()

    async def _flush(self) -> None:
        text = self._drawn.take()
        if text:
            try:
                async with asyncio.timeout(PATIENCE):
                    await self._send(text.encode("utf-8", "replace"))
            except TimeoutError:
                raise Gone from None


def within(size: Size) -> Size:
    """A size that a screen can have."""
    return Size(min(max(size.rows, LEAST.rows), MOST.rows), min(max(size.columns, LEAST.columns), MOST.columns))
