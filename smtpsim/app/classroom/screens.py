"""The WebSockets of pupils: keys come in, drawings and files go out."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from contextlib import suppress

from aiohttp import WSCloseCode, WSMsgType, web
from prompt_toolkit.data_structures import Size

from smtpsim.app.classroom.classroom import Classroom
from smtpsim.app.classroom.files import Exchange
from smtpsim.app.classroom.pupil import Pupil
from smtpsim.app.classroom.roster import Joined
from smtpsim.app.classroom.terminal import Gone, RemoteTerminal
from smtpsim.app.web.site import Problem
from smtpsim.explain import Words
from smtpsim.shell.autosave import Autosave

MOST_MESSAGE = 262_144
"""Octets of one message: a file that is handed over, or a paste."""

KEYS_A_SECOND, KEYS_AT_ONCE = 2_000, 20_000
"""Characters that a pupil may type: a paste of a long letter is taken, a flood is not."""

TURN = 2_048
"""Characters that are given to a screen before the others have their turn."""

HELLO = 10.0
"""Seconds in which somebody who has connected has to say who it is."""

Language = Callable[[web.Request], Words]


class Screens:
    """Each pupil has one screen at a time. `autosave` gives the files of a pupil."""

    def __init__(self, classroom: Classroom, language: Language, autosave: Callable[[Pupil], Autosave]) -> None:
        self._classroom, self._language, self._autosave = classroom, language, autosave
        self._opened: dict[str, RemoteTerminal] = {}
        classroom.changed.append(self._redraw)

    def close(self) -> None:
        for terminal in tuple(self._opened.values()):
            terminal.close()

    def _redraw(self, pupil: Pupil) -> None:
        terminal = self._opened.get(pupil.alias)
        if terminal:
            terminal.redraw()

    async def connected(self, request: web.Request) -> web.StreamResponse:
        """A browser says who it is and how large its window is, and gets its screen. Only a page of ours may: every
        browser names the page in Origin (RFC 6455 4.1)."""
        if "Origin" not in request.headers:
            raise Problem(403, "this is for the page of the class")
        socket = web.WebSocketResponse(max_msg_size=MOST_MESSAGE, heartbeat=20.0, compress=False)
        await socket.prepare(request)
        with suppress(TimeoutError, ValueError, TypeError, KeyError):
            hello = json.loads(await asyncio.wait_for(socket.receive_str(), HELLO))
            found = self._classroom.roster.back(request.remote or "", str(hello["alias"]), str(hello["secret"]))
            if isinstance(found, Joined):
                await self._served(socket, found.member, Size(int(hello["rows"]), int(hello["columns"])))
            else:
                await socket.send_json({"refused": self._language(request)(f"class.{found.key}")})
        await socket.close()
        return socket

    async def _served(self, socket: web.WebSocketResponse, pupil: Pupil, size: Size) -> None:
        """One screen until it is closed; a second one of the same pupil takes its place."""
        before = self._opened.pop(pupil.alias, None)
        if before:
            before.close()
        exchange = Exchange(pupil.state, lambda told: _send_json(socket, told))
        pupil.state.perform = exchange.perform
        terminal = RemoteTerminal(pupil.state, self._autosave(pupil), socket.send_bytes, size)
        self._opened[pupil.alias] = terminal
        pupil.here += 1
        typing = asyncio.ensure_future(self._typing(socket, pupil, terminal, exchange))
        shown = asyncio.ensure_future(terminal.run())
        try:
            await asyncio.wait({typing, shown}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            terminal.close()
            typing.cancel()
            for task in (typing, shown):
                with suppress(asyncio.CancelledError, Gone, ConnectionError):
                    await task
            pupil.here -= 1
            if self._opened.get(pupil.alias) is terminal:
                del self._opened[pupil.alias]
            with suppress(ConnectionError):
                await socket.close(code=WSCloseCode.GOING_AWAY)

    async def _typing(
        self, socket: web.WebSocketResponse, pupil: Pupil, terminal: RemoteTerminal, exchange: Exchange
    ) -> None:
        """What the browser sends: binary for keys, JSON for all else."""
        allowance, last = float(KEYS_AT_ONCE), asyncio.get_running_loop().time()
        async for message in socket:
            if message.type is WSMsgType.BINARY:
                text = message.data.decode("utf-8", "replace")
                now = asyncio.get_running_loop().time()
                allowance, last = min(allowance + (now - last) * KEYS_A_SECOND, KEYS_AT_ONCE), now
                if self._classroom.frozen or len(text) > allowance:
                    pupil.warned = "" if self._classroom.frozen else "class.flood"
                    continue
                allowance -= len(text)
                pupil.touched()
                for start in range(0, len(text), TURN):
                    terminal.key(text[start : start + TURN])
                    await asyncio.sleep(0)
            elif message.type is WSMsgType.TEXT:
                self._told(message.data, pupil, terminal, exchange)

    def _told(self, data: str, pupil: Pupil, terminal: RemoteTerminal, exchange: Exchange) -> None:
        with suppress(ValueError, TypeError, KeyError):
            told = json.loads(data)
            if "rows" in told:
                terminal.resize(Size(int(told["rows"]), int(told["columns"])))
            elif "hand" in told:
                pupil.hand = bool(told["hand"])
            elif "file" in told and not self._classroom.frozen:
                exchange.given(str(told["file"]), str(told["content"]))
                terminal.redraw()


async def _send_json(socket: web.WebSocketResponse, told: dict[str, str]) -> None:
    with suppress(ConnectionError, RuntimeError):
        await socket.send_json(told)
