"""Who may use the site: no page of another site, and beyond loopback nobody without the token.

A page of any site can make a browser send requests to 127.0.0.1. The Host header tells whether the browser meant this
server (against DNS rebinding), Origin whether a page of another site asked (Fetch 3.2).
"""

from __future__ import annotations

import hmac
import secrets
from urllib.parse import urlsplit

from aiohttp import web

COOKIE = "smtpsim-token"


class Guard:
    """`token` is "" on loopback, where whoever can connect may do everything anyway. Beyond, it comes as
    `Authorization: Bearer`, as `?token=` of the first page, or as the cookie that this page sets."""

    def __init__(self, address: str, port: int, names: tuple[str, ...] = ()) -> None:
        self.loopback = address.startswith("127.") or address == "::1"
        self.token = "" if self.loopback else secrets.token_urlsafe(24)
        self._hosts = frozenset(("localhost", "127.0.0.1", "::1", address, *names))
        self.port = port

    def refused(self, request: web.Request) -> str:
        """Why a request is refused, "" where it is not."""
        if self.loopback and not self._is_ours(f"//{request.headers.get('Host', '')}"):
            return "the Host header names another server"
        origin = request.headers.get("Origin")
        if origin is not None and urlsplit(origin).netloc != request.headers.get("Host", ""):
            return "a page of another site asks"
        return (
            "" if self._knows_token(request) else "the token is missing: open the address that was shown at the start"
        )

    def _is_ours(self, url: str) -> bool:
        try:
            parts = urlsplit(url)
            return parts.hostname in self._hosts and parts.port in (None, self.port)
        except ValueError:
            return False

    def _knows_token(self, request: web.Request) -> bool:
        if not self.token:
            return True
        bearer = request.headers.get("Authorization", "").removeprefix("Bearer ")
        given = (bearer, request.query.get("token", ""), request.cookies.get(COOKIE, ""))
        return any(hmac.compare_digest(one.encode(), self.token.encode()) for one in given)
