"""An HTTP server for the event loop that runs already: routes are mounted, errors are problem details (RFC 9457)."""

from __future__ import annotations

import json
import ssl
from collections.abc import Awaitable, Callable, Iterable
from functools import partial
from typing import Any

from aiohttp import web
from aiohttp.typedefs import Handler

from smtpsim.app.web.guard import COOKIE, OPEN, Guard, Lock

PROBLEM = "application/problem+json"
MOST_OCTETS = 1_048_576
"""Octets of a request's body."""

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}
PAGE_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; "
    "frame-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'"
)
"""What a page of ours may load: only what comes from here."""

Answer = Callable[[web.Request], Awaitable[web.StreamResponse]]
Route = tuple[str, str, Answer]
"""Method, path, and what answers."""


class Problem(Exception):
    """A request that cannot be done: the status, and one sentence on what is wrong."""

    def __init__(self, status: int, detail: str) -> None:
        super().__init__(detail)
        self.status, self.detail = status, detail


class Site:
    """`mount` before `start`. `lock` is what all of it asks for; with `tls` it is spoken to by HTTPS."""

    def __init__(self, address: str, port: int, lock: Lock = OPEN, tls: ssl.SSLContext | None = None) -> None:
        self._address, self._port, self._lock, self._tls = address, port, lock, tls
        self._guard = Guard(address, port)
        self._application = web.Application(middlewares=[self._guarded], client_max_size=MOST_OCTETS)
        self._runner = web.AppRunner(self._application, access_log=None, shutdown_timeout=1.0)

    def mount(self, routes: Iterable[Route], lock: Lock = OPEN) -> None:
        """Add routes; `lock` is what these ask for."""
        for method, path, answer in routes:
            self._application.router.add_route(method, path, partial(_unlocked, lock, answer))

    async def start(self) -> int:
        """Open the port; gives its number. Raises OSError where it cannot be opened."""
        await self._runner.setup()
        await web.TCPSite(self._runner, self._address, self._port, ssl_context=self._tls).start()
        self._guard.port = int(self._runner.addresses[0][1])
        return self._guard.port

    async def stop(self) -> None:
        await self._runner.cleanup()

    @property
    def origin(self) -> str:
        """The beginning of all addresses here, without a slash at the end."""
        return self.origin_by(self._address)

    def origin_by(self, address: str) -> str:
        """The same for another address that leads here."""
        host = f"[{address}]" if ":" in address else address
        return f"{'https' if self._tls else 'http'}://{host}:{self._guard.port}"

    @property
    def url(self) -> str:
        """Where a browser opens it, with the token where one is needed."""
        return f"{self.origin}/" + (f"?token={self._lock.token}" if self._lock.token else "")

    @web.middleware
    async def _guarded(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        refused = self._guard.refused(request) or self._lock.refused(request)
        if refused:
            return problem(403, refused)
        try:
            response = await handler(request)
        except Problem as wrong:
            return problem(wrong.status, wrong.detail)
        except web.HTTPException as wrong:
            return problem(wrong.status, wrong.reason)
        if not response.prepared:
            response.headers.update({name: value for name, value in HEADERS.items() if name not in response.headers})
            if self._lock.token and "token" in request.query:
                response.set_cookie(COOKIE, self._lock.token, httponly=True, samesite="Strict")
        return response


async def _unlocked(lock: Lock, answer: Answer, request: web.Request) -> web.StreamResponse:
    refused = lock.refused(request)
    return problem(403, refused) if refused else await answer(request)


def problem(status: int, detail: str) -> web.Response:
    from http import HTTPStatus

    body = {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status, "detail": detail}
    return web.Response(status=status, text=json.dumps(body), content_type=PROBLEM, headers=HEADERS)


def reply(value: Any, status: int = 200) -> web.Response:
    return web.json_response(value, status=status, dumps=lambda plain: json.dumps(plain, ensure_ascii=False))


async def body_of(request: web.Request) -> dict[str, Any]:
    """The JSON object of a request. A form of another site cannot send one (it has another content type)."""
    if request.content_type != "application/json":
        raise Problem(415, "send a JSON object, with Content-Type: application/json")
    try:
        value = json.loads(await request.text())
    except (ValueError, RecursionError) as wrong:
        raise Problem(400, f"the body is no JSON: {wrong}") from None
    if not isinstance(value, dict):
        raise Problem(400, "the body must be a JSON object")
    return value


def number_in(request: web.Request, name: str, usual: int, most: int) -> int:
    """A number of the query, at most `most`."""
    text = request.query.get(name, str(usual))
    if not text.isascii() or not text.isdecimal() or len(text) > 9:
        raise Problem(400, f"{name}: {text[:50]!r} is no number")
    return min(int(text), most)
