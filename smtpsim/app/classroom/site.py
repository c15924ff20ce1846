"""The class's site: the page on which pupils join and type, and the teacher's wall; aiohttp serves it."""

from __future__ import annotations

import asyncio
import json
import ssl
from collections.abc import Awaitable, Callable
from contextlib import suppress
from hmac import compare_digest
from importlib.resources import files
from secrets import token_urlsafe
from string import Template
from typing import Any
from urllib.parse import urlsplit

from aiohttp import WSCloseCode, WSMsgType, web
from prompt_toolkit.data_structures import Size

from smtpsim.app.classroom.classroom import Classroom
from smtpsim.app.classroom.files import Exchange
from smtpsim.app.classroom.pupil import Pupil
from smtpsim.app.classroom.roster import Joined, NotJoined
from smtpsim.app.classroom.terminal import Gone, RemoteTerminal
from smtpsim.app.classroom.wall import board, pupil_view, wall
from smtpsim.explain import LANGUAGES, Words, words
from smtpsim.kernel.failure import Failure
from smtpsim.shell.autosave import Autosave

MOST_MESSAGE = 262_144
"""Octets of one message: a file that is handed over, or a paste."""

KEYS_A_SECOND, KEYS_AT_ONCE = 2_000, 20_000
"""Characters that a pupil may type: a paste of a long letter is taken, a flood is not."""

TURN = 2_048
"""Characters that are given to a screen before the others have their turn."""

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; connect-src 'self'; "
    "img-src 'self' data:; font-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
"""xterm.js writes the sizes of its cells into style elements, which is why styles may stand in the page."""

HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cache-Control": "no-store",
}

STATIC = {
    "pupil.js": "text/javascript",
    "wall.js": "text/javascript",
    "board.js": "text/javascript",
    "class.css": "text/css",
    "vendor/xterm.js": "text/javascript",
    "vendor/addon-fit.js": "text/javascript",
    "vendor/addon-unicode11.js": "text/javascript",
    "vendor/xterm.css": "text/css",
}
"""All files that are served, and nothing else."""

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class Site:
    """`token` opens the wall. Where it listens at loopback only, no other name may be in the Host field, against DNS
    rebinding. Each pupil has one terminal at a time."""

    def __init__(self, classroom: Classroom, loopback: bool, autosave: Callable[[Pupil], Autosave]) -> None:
        self.classroom, self._loopback, self._autosave = classroom, loopback, autosave
        self.token = token_urlsafe(12)
        self._opened: dict[str, RemoteTerminal] = {}
        self._runner: web.AppRunner | None = None
        classroom.changed.append(self._redraw)

    async def start(self, host: str, port: int, tls: ssl.SSLContext | None = None) -> tuple[str, int]:
        """Listen; gives the address. Raises OSError."""
        app = web.Application(middlewares=[self._guard], client_max_size=MOST_MESSAGE)
        app.add_routes(
            [
                web.get("/", self._page("join.html")),
                web.get("/wall", self._page("wall.html")),
                web.get("/board", self._page("board.html")),
                web.post("/join", self._join),
                web.get("/pupil", self._pupil),
                web.get("/wall/events", self._wall_events),
                web.get("/wall/pupil", self._wall_pupil),
                web.post("/wall/do", self._wall_do),
                web.get("/board/events", self._board_events),
                web.get("/favicon.ico", _nothing),
                *(web.get(f"/static/{name}", self._static(name)) for name in STATIC),
            ]
        )
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=1.0)
        await self._runner.setup()
        site = web.TCPSite(self._runner, host, port, ssl_context=tls, reuse_address=True)
        await site.start()
        address = self._runner.addresses[0]
        return address[0], address[1]

    async def stop(self) -> None:
        for terminal in tuple(self._opened.values()):
            terminal.close()
        if self._runner is not None:
            await self._runner.cleanup()

    def _redraw(self, pupil: Pupil) -> None:
        terminal = self._opened.get(pupil.alias)
        if terminal:
            terminal.redraw()

    @web.middleware
    async def _guard(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """Nothing is answered for another site: neither its name in Host nor its pages in Origin."""
        host = urlsplit(f"//{request.host}").hostname or ""
        if self._loopback and host not in ("127.0.0.1", "localhost", "::1"):
            raise web.HTTPForbidden(text="Host")
        origin = request.headers.get("Origin")
        if origin is not None and urlsplit(origin).netloc != request.host:
            raise web.HTTPForbidden(text="Origin")
        response = await handler(request)
        if not response.prepared:
            response.headers.update(HEADERS)
        return response

    def _static(self, name: str) -> Handler:
        body = files(__package__).joinpath("static", *name.split("/")).read_bytes()

        async def handler(request: web.Request) -> web.StreamResponse:
            return web.Response(body=body, content_type=STATIC[name], charset="utf-8")

        return handler

    def _page(self, name: str) -> Handler:
        page = Template(files(__package__).joinpath("static", name).read_text(encoding="utf-8"))

        async def handler(request: web.Request) -> web.StreamResponse:
            say = self._language(request)
            texts = {key: _escaped(text) for key, text in say.section("class").items() if "{" not in text}
            texts = {key.replace("-", "_"): text for key, text in texts.items()}
            script = json.dumps(_script_words(say), ensure_ascii=False)
            return web.Response(
                text=page.safe_substitute(texts, lang=say.lang, words=_escaped(script)), content_type="text/html"
            )

        return handler

    def _language(self, request: web.Request) -> Words:
        """The language of the class, unless the address asks for another: a page must look alike to all of a class."""
        asked = request.query.get("lang", "")
        return words(asked) if asked in LANGUAGES else self.classroom.words

    async def _join(self, request: web.Request) -> web.StreamResponse:
        given = await _object(request)
        text = {key: str(given.get(key, ""))[:200] for key in ("code", "alias", "secret")}
        found = self.classroom.roster.join(request.remote or "", text["code"], text["alias"], text["secret"])
        if isinstance(found, NotJoined):
            refusal = self._language(request)(f"class.{found.key}")
            return web.json_response({"refused": refusal}, status=403)
        return web.json_response({"alias": found.alias, "secret": found.secret})

    async def _pupil(self, request: web.Request) -> web.StreamResponse:
        if "Origin" not in request.headers:
            raise web.HTTPForbidden(text="Origin")
        socket = web.WebSocketResponse(max_msg_size=MOST_MESSAGE, heartbeat=20.0, compress=False)
        await socket.prepare(request)
        with suppress(TimeoutError, ValueError, TypeError, KeyError):
            hello = json.loads(await asyncio.wait_for(socket.receive_str(), 10.0))
            found = self.classroom.roster.back(request.remote or "", str(hello["alias"]), str(hello["secret"]))
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
                if self.classroom.frozen or len(text) > allowance:
                    pupil.warned = "" if self.classroom.frozen else "class.flood"
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
            elif "file" in told and not self.classroom.frozen:
                exchange.given(str(told["file"]), str(told["content"]))
                terminal.redraw()

    def _teacher(self, request: web.Request) -> None:
        given = request.headers.get("X-Token") or request.query.get("token", "")
        if not compare_digest(given.encode("utf-8", "replace"), self.token.encode()):
            raise web.HTTPForbidden(text="token")

    async def _wall_events(self, request: web.Request) -> web.StreamResponse:
        self._teacher(request)
        return await _events(request, lambda: wall(self.classroom))

    async def _board_events(self, request: web.Request) -> web.StreamResponse:
        return await _events(request, lambda: board(self.classroom))

    async def _wall_pupil(self, request: web.Request) -> web.StreamResponse:
        self._teacher(request)
        found = self.classroom.roster.find(request.query.get("alias", ""))
        if found is None:
            raise web.HTTPNotFound
        return web.json_response(pupil_view(found.member))

    async def _wall_do(self, request: web.Request) -> web.StreamResponse:
        """What the teacher does: freeze, say, task, hand."""
        self._teacher(request)
        asked = await _object(request)
        try:
            done = do(self.classroom, str(asked.get("do", "")), asked)
        except Failure as wrong:
            return web.json_response({"refused": str(wrong)}, status=400)
        return web.json_response({"done": done})


async def _nothing(request: web.Request) -> web.StreamResponse:
    return web.Response(status=204)


def do(classroom: Classroom, what: str, asked: dict[str, Any]) -> bool:
    """Carry out what the teacher asked for; False for what nobody knows. Raises Failure."""
    if what == "freeze":
        classroom.freeze(bool(asked.get("frozen")))
        return True
    if what == "say":
        return classroom.say(str(asked.get("alias", "")), str(asked.get("word", "")))
    if what == "task":
        classroom.set_task(str(asked.get("name", "")))
        return True
    if what == "hand":
        found = classroom.roster.find(str(asked.get("alias", "")))
        if found:
            found.member.hand = False
        return found is not None
    return False


async def _object(request: web.Request) -> dict[str, Any]:
    """The JSON object of a request, {} for anything else."""
    try:
        found = await request.json()
    except (ValueError, UnicodeDecodeError):
        return {}
    return found if isinstance(found, dict) else {}


async def _send_json(socket: web.WebSocketResponse, told: dict[str, str]) -> None:
    with suppress(ConnectionError, RuntimeError):
        await socket.send_json(told)


async def _events(request: web.Request, made: Callable[[], dict[str, Any]]) -> web.StreamResponse:
    """Server-sent events: the state of things once a second, where it has changed."""
    response = web.StreamResponse(headers={**HEADERS, "Content-Type": "text/event-stream"})
    await response.prepare(request)
    last = ""
    with suppress(ConnectionError, asyncio.CancelledError):
        while True:
            now = json.dumps(made(), ensure_ascii=False)
            await response.write(f"data: {now}\n\n".encode() if now != last else b": .\n\n")
            last = now
            await asyncio.sleep(1.0)
    return response


def _script_words(say: Words) -> dict[str, str]:
    """The sentences that the pages' scripts say."""
    return {key: text for key, text in say.section("class").items() if key.startswith("js-")}


def _escaped(text: str) -> str:
    from html import escape

    return escape(text, quote=True)
