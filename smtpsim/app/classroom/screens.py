"""The WebSockets of pupils: keys come in, drawings and files go out."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any, Protocol

from aiohttp import WSCloseCode, WSMsgType, web
from prompt_toolkit.data_structures import Size

from smtpsim.app.classroom.allowance import MOST_STEPS, Allowance
from smtpsim.app.classroom.classroom import Classroom
from smtpsim.app.classroom.files import Exchange
from smtpsim.app.classroom.plain_form import PlainForm
from smtpsim.app.classroom.pupil import Pupil
from smtpsim.app.classroom.roster import Joined
from smtpsim.app.classroom.terminal import Gone, RemoteTerminal
from smtpsim.app.web.site import Problem
from smtpsim.explain import Words
from smtpsim.shell.autosave import Autosave
from smtpsim.views.row import Mark

MOST_MESSAGE = 262_144
"""Octets of one message: a file that is handed over, or a paste."""

TURN = 256
"""Characters that are given to a screen before the others have their turn; a line end comes last among them."""

_PIECES = re.compile(rf"[^\r\n]{{0,{TURN}}}[\r\n]|[^\r\n]{{1,{TURN}}}")

HELLO = 10.0
"""Seconds in which somebody who has connected has to say who it is."""

NONSENSE = (ValueError, TypeError, KeyError, AttributeError, RecursionError)
"""What comes of a message that is no JSON, or another than was asked for."""

Language = Callable[[web.Request], Words]


class Shown(Protocol):
    """A session as it is shown: a full screen or a plain form."""

    async def run(self) -> None:
        """Show it until the person leaves, the client is gone, or somebody calls `close`."""

    def close(self) -> None: ...

    def redraw(self) -> None:
        """Something has changed by itself."""

    def key(self, text: str) -> None:
        """Characters and key sequences, as a terminal sends them."""

    def told(self, told: Mapping[str, Any]) -> None:
        """What a browser says. Raises KeyError, TypeError or ValueError for what is nothing of that."""


class Screens:
    """Each pupil has one screen at a time. `autosave` gives the files of a pupil."""

    def __init__(self, classroom: Classroom, language: Language, autosave: Callable[[Pupil], Autosave]) -> None:
        self._classroom, self._language, self._autosave = classroom, language, autosave
        self._opened: dict[str, Shown] = {}
        classroom.changed.append(self._redraw)
        classroom.left.append(self._close)

    def close(self) -> None:
        for shown in tuple(self._opened.values()):
            shown.close()

    def _redraw(self, pupil: Pupil) -> None:
        shown = self._opened.get(pupil.alias)
        if shown:
            shown.redraw()

    def _close(self, pupil: Pupil) -> None:
        shown = self._opened.get(pupil.alias)
        if shown:
            shown.close()

    async def connected(self, request: web.Request) -> web.StreamResponse:
        """A browser says who it is and how large its window is, and gets its screen. Only a page of ours may: every
        browser names the page in Origin (RFC 6455 4.1)."""
        if "Origin" not in request.headers:
            raise Problem(403, "this is for the page of the class")
        socket = web.WebSocketResponse(max_msg_size=MOST_MESSAGE, heartbeat=20.0, compress=False)
        await socket.prepare(request)
        with suppress(TimeoutError, *NONSENSE):
            async with asyncio.timeout(HELLO):
                hello = json.loads(await socket.receive_str())
            found = self._classroom.roster.back(request.remote or "", str(hello["alias"]), str(hello["secret"]))
            if isinstance(found, Joined):
                await self._served(socket, found.member, hello)
            else:
                await socket.send_json({"refused": self._language(request)(f"class.{found.key}")})
        await socket.close()
        return socket

    async def _served(self, socket: web.WebSocketResponse, pupil: Pupil, hello: Mapping[str, Any]) -> None:
        """One screen until it is closed; a second one of the same pupil takes its place."""
        exchange = Exchange(pupil.state, lambda told: _send_json(socket, told))
        shown = self._shown(socket, pupil, hello)
        before = self._opened.pop(pupil.alias, None)
        if before:
            before.close()
        pupil.state.perform = exchange.perform
        self._opened[pupil.alias] = shown
        pupil.here += 1
        typing = asyncio.ensure_future(self._typing(socket, pupil, shown, exchange))
        showing = asyncio.ensure_future(shown.run())
        try:
            await asyncio.wait({typing, showing}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            shown.close()
            typing.cancel()
            for task in (typing, showing):
                with suppress(asyncio.CancelledError, Gone, ConnectionError):
                    await task
            pupil.here -= 1
            if self._opened.get(pupil.alias) is shown:
                del self._opened[pupil.alias]
                if pupil.removed:
                    await _send_json(socket, {"refused": pupil.state.words("class.removed")})
            elif pupil.alias in self._opened:
                await _send_json(socket, {"elsewhere": pupil.alias})  # the page does not come back by itself then
            with suppress(ConnectionError):
                await socket.close(code=WSCloseCode.GOING_AWAY)

    def _shown(self, socket: web.WebSocketResponse, pupil: Pupil, hello: Mapping[str, Any]) -> Shown:
        """What a browser asks for. Raises KeyError, TypeError or ValueError for a window of no size."""
        autosave = self._autosave(pupil)
        if hello.get("plain") is True:
            return PlainForm(pupil.state, autosave, socket.send_json)
        size = Size(int(hello["rows"]), int(hello["columns"]))
        return RemoteTerminal(pupil.state, autosave, socket.send_bytes, size)

    async def _typing(self, socket: web.WebSocketResponse, pupil: Pupil, shown: Shown, exchange: Exchange) -> None:
        """What the browser sends: binary for keys, JSON for all else."""
        allowance = Allowance(asyncio.get_running_loop().time)
        async for message in socket:
            if message.type is WSMsgType.BINARY:
                text = message.data.decode("utf-8", "replace")
                if self._takes(pupil, allowance, shown, text):
                    for piece in _PIECES.findall(text):
                        shown.key(piece)
                        await asyncio.sleep(0)
            elif message.type is WSMsgType.TEXT:
                with suppress(*NONSENSE):
                    self._told(json.loads(message.data), pupil, shown, exchange, allowance)

    def _takes(self, pupil: Pupil, allowance: Allowance, shown: Shown, text: str) -> bool:
        """Whether what was typed counts: not while all are frozen, nor where it is a flood, which is told."""
        if self._classroom.frozen:
            return False
        ended = pupil.state.last.number >= MOST_STEPS
        if ended or not allowance.takes(text):
            pupil.warned = "class.too-long" if ended else "class.flood"
            pupil.state.tell(pupil.warned, Mark.BAD)
            shown.redraw()
            return False
        pupil.touched()
        return True

    def _told(
        self, told: Mapping[str, Any], pupil: Pupil, shown: Shown, exchange: Exchange, allowance: Allowance
    ) -> None:
        if "hand" in told:
            pupil.hand = bool(told["hand"])
        elif "file" in told:
            if not self._classroom.frozen:
                exchange.given(str(told["file"]), str(told["content"]))
                shown.redraw()
        elif "rows" in told or self._takes(pupil, allowance, shown, "\n".join(told.get("lines", ()))):
            shown.told(told)


async def _send_json(socket: web.WebSocketResponse, told: dict[str, str]) -> None:
    with suppress(ConnectionError, RuntimeError):
        await socket.send_json(told)
