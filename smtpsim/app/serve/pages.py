"""The page of a running server, and each session as the page that `replay --export` writes."""

from __future__ import annotations

import json
from collections.abc import Iterator
from html import escape
from importlib.resources import files

from aiohttp import web

from smtpsim.app.serve.api import Api
from smtpsim.app.serve.history import history_of
from smtpsim.app.serve.server import Listen, Server
from smtpsim.app.web.guard import beyond_loopback
from smtpsim.app.web.site import PAGE_POLICY, Problem, Route, Site
from smtpsim.explain import LANGUAGES, Words, words
from smtpsim.kernel.failure import Failure
from smtpsim.shell.exporting import Session as Exported
from smtpsim.shell.exporting import page
from smtpsim.shell.opening import Choice
from smtpsim.shell.recording import record
from smtpsim.transcript.notes import Notes

TYPES = {"mail.css": "text/css", "mail.js": "text/javascript"}
SECTION = "page-mail"


class Pages:
    """`say` are the words of a browser that asks for no language that there is; `head` are the directives by which a
    session finds its world."""

    def __init__(self, api: Api, head: tuple[tuple[str, str], ...], say: Words) -> None:
        self._api, self._head, self._say = api, head, say

    def routes(self) -> Iterator[Route]:
        yield "GET", "/", self._start
        yield "GET", "/assets/{name}", self._asset
        yield "GET", "/openapi.json", self._description
        yield "GET", "/sessions/{number}/page", self._session

    async def _start(self, request: web.Request) -> web.StreamResponse:
        say = self._spoken(request)
        said = say.section(SECTION)
        text = asset("mail.html").replace("{lang}", say.lang)
        for name, word in said.items():
            text = text.replace(f"{{{name}}}", escape(word))
        text = text.replace("{words}", json.dumps(dict(said), ensure_ascii=False).replace("<", "\\u003c"))
        return web.Response(text=text, content_type="text/html", headers={"Content-Security-Policy": PAGE_POLICY})

    def _spoken(self, request: web.Request) -> Words:
        """The words of the first language that the browser asks for and that there is (RFC 9110 12.5.4)."""
        wanted = request.query.get("lang", "") or request.headers.get("Accept-Language", "")
        tags = (part.partition(";")[0].strip().lower() for part in wanted.split(","))
        found = (lang for tag in tags for lang in LANGUAGES if lang.lower() in (tag, tag.partition("-")[0]))
        return words(next(found, self._say.lang))

    async def _asset(self, request: web.Request) -> web.StreamResponse:
        name = request.match_info["name"]
        if name not in TYPES:
            raise Problem(404, "there is no such file")
        return web.Response(text=asset(name), content_type=TYPES[name])

    async def _description(self, request: web.Request) -> web.StreamResponse:
        return web.Response(text=asset("openapi.json"), content_type="application/json")

    async def _session(self, request: web.Request) -> web.StreamResponse:
        """The dialogue with the panel at each step: the replies are those that were given."""
        session = self._api.found_session(request)
        say, name = self._spoken(request), f"#{session.number}"
        try:
            recording = record(name, session.dialogue(self._head), Choice(), say, as_recorded=True)
            played = tuple(recording.turns(say))
        except Failure as wrong:
            raise Problem(409, str(wrong)) from None
        shown = Exported(name, [one.turn for one in played], Notes(recording.dialogue, played))
        return web.Response(body=page(shown, say), content_type="text/html", charset="utf-8")


def mounted(server: Server, listen: Listen, head: tuple[tuple[str, str], ...], say: Words) -> Site:
    """A site with the page and the API of a server. Several ports show the same."""
    letters = server.letters or server.remember_letters()
    api = Api(server, letters, history_of(server), say)
    site = Site(listen.address, listen.number, beyond_loopback(listen.address))
    site.mount(api.routes())
    site.mount(Pages(api, head, say).routes())
    return site


def asset(name: str) -> str:
    return files("smtpsim.app.web").joinpath("assets", name).read_text(encoding="utf-8")
