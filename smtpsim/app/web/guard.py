"""Who may use the site: no page of another site, and nobody without the token where one is asked for.

A page of any site can make a browser send requests to 127.0.0.1. The Host header tells whether the browser meant this
server (against DNS rebinding), Origin whether a page of another site asked (Fetch 3.2).
"""

from __future__ import annotations

import hmac
import secrets
from typing import NamedTuple
from urllib.parse import SplitResult, urlsplit

from aiohttp import web

from smtpsim.kernel.ip import is_loopback

COOKIE = "smtpsim-token"


class Guard:
    """Other sites are turned away. At loopback only its names may stand in Host; elsewhere any name may be right."""

    def __init__(self, address: str, port: int) -> None:
        self._loopback = is_loopback(address)
        self._hosts = frozenset(("localhost", "127.0.0.1", "::1", address))
        self.port = port

    def refused(self, request: web.Request) -> str:
        """Why a request is refused, "" where it is not."""
        host = request.headers.get("Host", "")
        if self._loopback and not self._is_ours(host):
            return "the Host header names another server"
        origin = request.headers.get("Origin")
        if origin is not None and not _is_page_of(host, origin):
            return "a page of another site asks"
        return ""

    def _is_ours(self, host: str) -> bool:
        parts = _parted(f"//{host}")
        try:
            return parts is not None and parts.hostname in self._hosts and parts.port in (None, self.port)
        except ValueError:  # a port that is no number
            return False


def _is_page_of(host: str, origin: str) -> bool:
    """Whether an Origin header (RFC 6454 7.1) names the server that Host names; `null` names none."""
    parts = _parted(origin)
    return parts is not None and parts.netloc == host != ""


def _parted(url: str) -> SplitResult | None:
    """None for what is no URL, such as one with half a pair of brackets."""
    try:
        return urlsplit(url)
    except ValueError:
        return None


class Lock(NamedTuple):
    """`token` opens it, "" where nobody is asked. It comes as `Authorization: Bearer`, as `?token=`, or as the cookie
    that a page sets which was opened so."""

    token: str = ""

    def refused(self, request: web.Request) -> str:
        """Why a request is refused, "" where it is not."""
        bearer = request.headers.get("Authorization", "").removeprefix("Bearer ")
        given = (bearer, request.query.get("token", ""), request.cookies.get(COOKIE, ""))
        if self.token and not any(hmac.compare_digest(_octets(one), _octets(self.token)) for one in given):
            return "the token is missing: open the address that was shown at the start"
        return ""


OPEN = Lock()


def made_up() -> Lock:
    """A lock with a token of its own."""
    return Lock(secrets.token_urlsafe(24))


def beyond_loopback(address: str) -> Lock:
    """No token at loopback, where whoever can connect may do everything anyway; elsewhere one is made up."""
    return OPEN if is_loopback(address) else made_up()


def _octets(text: str) -> bytes:
    """A header may hold octets that are no UTF-8; aiohttp makes lone surrogates of them."""
    return text.encode("utf-8", "replace")
