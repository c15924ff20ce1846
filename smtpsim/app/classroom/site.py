"""The class's site: the page on which pupils join and type, the projector's board, and the teacher's wall."""

from __future__ import annotations

import json
import ssl
from collections.abc import Callable, Iterator
from html import escape
from importlib.resources import files
from string import Template

from aiohttp import web

from smtpsim.app.classroom.classroom import Classroom
from smtpsim.app.classroom.pupil import Pupil
from smtpsim.app.classroom.reachable import reachable
from smtpsim.app.classroom.roster import NotJoined
from smtpsim.app.classroom.screens import Screens
from smtpsim.app.classroom.wall import board
from smtpsim.app.classroom.wall_routes import changes, wall_routes
from smtpsim.app.serve.server import Listen
from smtpsim.app.web.events import events
from smtpsim.app.web.guard import Lock, made_up
from smtpsim.app.web.site import PAGE_POLICY, Answer, Problem, Route, Site, body_of, reply
from smtpsim.explain import LANGUAGES, Words, words
from smtpsim.shell.autosave import Autosave

TERMINAL_POLICY = PAGE_POLICY.replace("style-src 'self'", "style-src 'self' 'unsafe-inline'")
"""xterm.js writes the sizes of its cells into style elements, which is why styles may stand in its page."""

PAGES = {
    "/": ("join.html", TERMINAL_POLICY),
    "/wall": ("wall.html", PAGE_POLICY),
    "/board": ("board.html", PAGE_POLICY),
}

STATIC = {
    "pupil.js": "text/javascript",
    "plain.js": "text/javascript",
    "wall.js": "text/javascript",
    "letters.js": "text/javascript",
    "board.js": "text/javascript",
    "class.css": "text/css",
    "vendor/xterm.js": "text/javascript",
    "vendor/addon-fit.js": "text/javascript",
    "vendor/addon-unicode11.js": "text/javascript",
    "vendor/xterm.css": "text/css",
}
"""All files that are served, and nothing else."""

LONGEST = 200
"""Characters of what somebody writes to join."""


class ClassSite:
    """`token` opens the wall; one is made up where there was none. `autosave` gives the files of a pupil."""

    def __init__(
        self,
        classroom: Classroom,
        listen: Listen,
        autosave: Callable[[Pupil], Autosave],
        tls: ssl.SSLContext | None = None,
        token: str = "",
    ) -> None:
        self._classroom = classroom
        self._lock = Lock(token) if token else made_up()
        self._screens = Screens(classroom, self._language, autosave)
        self._addresses = reachable(listen.address) or (listen.address,)
        self._site = Site(listen.address, listen.number, tls=tls)
        self._site.mount(self._routes())
        self._site.mount(wall_routes(classroom), self._lock)

    @property
    def token(self) -> str:
        return self._lock.token

    @property
    def origin(self) -> str:
        """The address that pupils open, without a slash at the end."""
        return self.origins[0]

    @property
    def origins(self) -> tuple[str, ...]:
        """All addresses that pupils can open; that which is listened on where none is found."""
        return tuple(map(self._site.origin_by, self._addresses))

    async def start(self) -> None:
        """Raises OSError where the port cannot be opened."""
        await self._site.start()

    async def stop(self) -> None:
        self._screens.close()
        await self._site.stop()

    def _routes(self) -> Iterator[Route]:
        yield "POST", "/join", self._join
        yield "GET", "/pupil", self._screens.connected
        yield "GET", "/board/events", self._board
        yield "GET", "/favicon.ico", _nothing
        for path, (name, policy) in PAGES.items():
            yield "GET", path, self._page(name, policy)
        for name, kind in STATIC.items():
            yield "GET", f"/static/{name}", _static(name, kind)

    def _page(self, name: str, policy: str) -> Answer:
        page = Template(_file(name).decode("utf-8"))

        async def answer(request: web.Request) -> web.StreamResponse:
            say = self._language(request)
            said = {key: text for key, text in say.section("class").items() if "{" not in text}
            texts = {key.replace("-", "_"): escape(text) for key, text in said.items()}
            script = {key: text for key, text in say.section("class").items() if key.startswith("js-")}
            text = page.substitute(texts, lang=say.lang, words=escape(json.dumps(script, ensure_ascii=False)))
            return web.Response(text=text, content_type="text/html", headers={"Content-Security-Policy": policy})

        return answer

    def _language(self, request: web.Request) -> Words:
        """The language of the class, unless the address asks for another: a page must look alike to all of a class."""
        asked = request.query.get("lang", "")
        return words(asked) if asked in LANGUAGES else self._classroom.words

    async def _join(self, request: web.Request) -> web.StreamResponse:
        given = await body_of(request)
        code, alias, secret = (str(given.get(key, ""))[:LONGEST] for key in ("code", "alias", "secret"))
        found = self._classroom.roster.join(request.remote or "", code, alias, secret)
        if isinstance(found, NotJoined):
            raise Problem(403, self._language(request)(f"class.{found.key}"))
        return reply({"alias": found.alias, "secret": found.secret})

    async def _board(self, request: web.Request) -> web.StreamResponse:
        return await events(request, changes(lambda: board(self._classroom, self.origins)))


async def _nothing(request: web.Request) -> web.StreamResponse:
    return web.Response(status=204)


def _static(name: str, kind: str) -> Answer:
    body = _file(name)

    async def answer(request: web.Request) -> web.StreamResponse:
        return web.Response(body=body, content_type=kind, charset="utf-8")

    return answer


def _file(name: str) -> bytes:
    return files(__package__).joinpath("static", *name.split("/")).read_bytes()
