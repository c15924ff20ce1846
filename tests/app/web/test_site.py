"""The doors of a site: which requests are turned away, however their headers are written."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator

import pytest
from aiohttp import web
from hypothesis import given, settings
from hypothesis import strategies as st

from smtpsim.app.web.guard import OPEN, Lock, beyond_loopback
from smtpsim.app.web.site import Route, Site, reply


def routes(*paths: str) -> Iterator[Route]:
    async def answer(request: web.Request) -> web.StreamResponse:
        return reply({})

    for path in paths:
        yield "GET", path, answer


def asked(site: Site, requests: list[bytes]) -> list[tuple[int, str]]:
    """The status and the detail of what a site answers to the heads of requests, `PORT` in them being its own."""

    async def talk() -> list[tuple[int, str]]:
        port = str(await site.start()).encode()
        try:
            return [await one(int(port), request.replace(b"PORT", port)) for request in requests]
        finally:
            await site.stop()

    async def one(port: int, request: bytes) -> tuple[int, str]:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(request + b"\r\nConnection: close\r\n\r\n")
        seen = await asyncio.wait_for(reader.read(), 20)
        writer.close()
        head, _, body = seen.partition(b"\r\n\r\n")
        found = json.loads(body) if b"json" in head else {}
        return int(head.split()[1]), found.get("detail", "")

    return asyncio.run(talk())


def statuses(*heads: bytes) -> list[int]:
    """What a site at loopback answers to these header fields."""
    site = Site("127.0.0.1", 0)
    site.mount(routes("/"))
    return [status for status, _ in asked(site, [b"GET / HTTP/1.1\r\n" + head for head in heads])]


@pytest.mark.parametrize(
    ("head", "status"),
    [
        (b"Host: 127.0.0.1:PORT", 200),
        (b"Host: localhost:PORT", 200),
        (b"Host: [::1]:PORT", 200),
        (b"Host: 127.0.0.1:PORT\r\nOrigin: http://127.0.0.1:PORT", 200),
        (b"Host: evil.example", 403),
        (b"Host: 127.0.0.1:1", 403),
        (b"Host: 127.0.0.1:x", 403),
        (b"Host: 127.0.0.1:99999", 403),
        (b"Host: [", 403),
        (b"Host: ]", 403),
        (b"Host: [::1", 403),
        (b"Host: \xff", 403),
        (b"Host:", 403),
        (b"Host: 127.0.0.1:PORT\r\nOrigin: http://evil.example", 403),
        (b"Host: 127.0.0.1:PORT\r\nOrigin: http://127.0.0.1:PORT.evil.example", 403),
        (b"Host: 127.0.0.1:PORT\r\nOrigin: http://[", 403),
        (b"Host: 127.0.0.1:PORT\r\nOrigin: http://[::1", 403),
        (b"Host: 127.0.0.1:PORT\r\nOrigin: null", 403),
        (b"Host: 127.0.0.1:PORT\r\nOrigin:", 403),
        (b"Host: 127.0.0.1:PORT\r\nOrigin: \xff", 403),
    ],
)
def test_the_names_of_other_sites(head: bytes, status: int) -> None:
    assert statuses(head) == [status]


@settings(max_examples=20, deadline=None)
@given(st.binary(max_size=20).filter(lambda octets: not set(octets) & set(b"\r\n\0")))
def test_no_header_breaks_the_site(octets: bytes) -> None:
    good = b"Host: 127.0.0.1:PORT\r\nOrigin: "
    found = statuses(b"Host: " + octets, good + octets, good + b"http://" + octets)
    assert set(found) <= {200, 400, 403}


@pytest.mark.parametrize(
    ("given_", "status"),
    [
        (b"GET / HTTP/1.1\r\nAuthorization: Bearer sesame", 200),
        (b"GET /?token=sesame HTTP/1.1", 200),
        (b"GET / HTTP/1.1\r\nCookie: smtpsim-token=sesame", 200),
        (b"GET / HTTP/1.1", 403),
        (b"GET / HTTP/1.1\r\nAuthorization: Bearer", 403),
        (b"GET / HTTP/1.1\r\nAuthorization: Bearer \xff", 403),
        (b"GET / HTTP/1.1\r\nAuthorization: Bearer sesam\xc3\xa9", 403),
        (b"GET /?token=%ff HTTP/1.1", 403),
        (b"GET /?token= HTTP/1.1", 403),
    ],
)
def test_a_lock_of_the_site_and_of_a_route(given_: bytes, status: int) -> None:
    whole, part = Site("127.0.0.1", 0, Lock("sesame")), Site("127.0.0.1", 0)
    whole.mount(routes("/"))
    part.mount(routes("/"), Lock("sesame"))
    for site in (whole, part):
        ((found, told),) = asked(site, [given_ + b"\r\nHost: 127.0.0.1:PORT"])
        assert found == status
        assert ("token" in told) == (status == 403)


def test_a_route_without_a_lock_stands_open_beside_one_with_it() -> None:
    site = Site("127.0.0.1", 0)
    site.mount(routes("/open"))
    site.mount(routes("/locked"), Lock("sesame"))
    heads = [b"GET /open HTTP/1.1\r\nHost: 127.0.0.1:PORT", b"GET /locked HTTP/1.1\r\nHost: 127.0.0.1:PORT"]
    assert [status for status, _ in asked(site, heads)] == [200, 403]


def test_beyond_loopback_a_token_is_needed() -> None:
    assert (beyond_loopback("127.0.0.1"), beyond_loopback("::1")) == (OPEN, OPEN)
    lock = beyond_loopback("0.0.0.0")
    assert len(lock.token) > 20
    assert Site("0.0.0.0", 8025, lock).url == f"http://0.0.0.0:8025/?token={lock.token}"
    assert Site("::", 8025).url == "http://[::]:8025/"
