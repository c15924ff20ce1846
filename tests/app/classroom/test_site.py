"""The class's site with real connections: joining, typing, files, hostile pupils, the wall's doors."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import json
from collections.abc import Awaitable, Callable
from importlib.resources import files
from typing import Any

import aiohttp
import pyte
import pytest

from smtpsim.app.classroom.allowance import KEYS_AT_ONCE
from smtpsim.app.classroom.classroom import Classroom
from smtpsim.app.classroom.site import STATIC, ClassSite
from smtpsim.app.classroom.wall_routes import do
from smtpsim.app.serve.server import Listen
from smtpsim.shell.autosave import Autosave
from tests.app.classroom.conftest import CODE


class NoFile(Autosave):
    def follow(self, timeline: object) -> None:
        return


class Browser:
    """One pupil's browser: what it shows, and what it was told."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse, rows: int, columns: int) -> None:
        self.socket = socket
        self.screen = pyte.Screen(columns, rows)
        self._stream = pyte.ByteStream(self.screen)
        self.told: list[dict[str, Any]] = []

    @property
    def text(self) -> str:
        buffer, screen = self.screen.buffer, self.screen
        return "\n".join("".join(buffer[y][x].data for x in range(screen.columns)) for y in range(screen.lines))

    async def key(self, text: str) -> None:
        await self.socket.send_bytes(text.encode())

    async def wait(self, seen: Callable[[], bool]) -> None:
        async def read() -> None:
            while not seen():
                message = await self.socket.receive()
                if message.type is aiohttp.WSMsgType.BINARY:
                    self._stream.feed(message.data)
                elif message.type is aiohttp.WSMsgType.TEXT:
                    self.told.append(json.loads(message.data))
                else:
                    raise ConnectionError(message.type)

        try:
            await asyncio.wait_for(read(), 20)
        except TimeoutError:
            raise AssertionError(self.text) from None

    async def see(self, text: str) -> None:
        await self.wait(lambda: text in self.text)


class Net:
    """The site, and how it is asked."""

    def __init__(self, site: ClassSite, session: aiohttp.ClientSession, url: str) -> None:
        self.site, self.session, self.url = site, session, url

    async def join(self, alias: str, code: str = CODE, secret: str = "") -> dict[str, Any]:
        given = {"code": code, "alias": alias, "secret": secret}
        async with self.session.post(f"{self.url}/join", json=given) as answer:
            found: dict[str, Any] = await answer.json()
            return found

    async def open(self, joined: dict[str, Any], rows: int = 36, columns: int = 120) -> Browser:
        socket = await self.session.ws_connect(f"{self.url}/pupil", headers={"Origin": self.url})
        await socket.send_json({**joined, "rows": rows, "columns": columns})
        return Browser(socket, min(max(rows, 8), 100), min(max(columns, 40), 300))

    async def get(self, path: str, **headers: str) -> int:
        async with self.session.get(f"{self.url}{path}", headers=headers) as answer:
            return answer.status


def run(classroom: Classroom, act: Callable[[Net], Awaitable[None]]) -> None:
    async def running() -> None:
        site = ClassSite(classroom, Listen("http", "127.0.0.1", 0), lambda pupil: NoFile())
        await site.start()
        async with aiohttp.ClientSession() as session:
            await act(Net(site, session, site.origin))
        await site.stop()

    asyncio.run(running())


def test_a_pupil_types_a_line_and_comes_back_to_it(classroom: Classroom) -> None:
    async def act(net: Net) -> None:
        joined = await net.join("Ann")
        first = await net.open(joined)
        await first.see("220 Connected")
        await first.key("HELO cgi.example.com\r")
        await first.see("250 Hello")
        await first.socket.close()
        second = await net.open(joined, 24, 80)
        await second.see("250 Hello")

    run(classroom, act)


def test_a_second_window_takes_the_place_of_the_first(classroom: Classroom) -> None:
    async def act(net: Net) -> None:
        joined = await net.join("Ann")
        first = await net.open(joined)
        await first.see("220 Connected")
        second = await net.open(joined)
        await second.see("220 Connected")
        with pytest.raises(ConnectionError):
            await first.wait(lambda: False)
        assert first.told == [{"elsewhere": "Ann"}]  # so that two windows do not take it from each other for ever
        found = classroom.roster.find("Ann")
        assert found is not None
        assert found.member.here == 1

    run(classroom, act)


def test_leaving_and_resizing(classroom: Classroom) -> None:
    async def act(net: Net) -> None:
        browser = await net.open(await net.join("Ann"), 36, 120)
        await browser.see("220 Connected")
        browser.screen.resize(24, 80)
        await browser.socket.send_json({"rows": 24, "columns": 80})
        await browser.key("NOOP\r")
        await browser.see("250 Ok")
        await browser.key("\x04")
        await browser.see("[y/n]")
        await browser.key("y")
        with pytest.raises(ConnectionError):
            await browser.wait(lambda: False)

    run(classroom, act)


@pytest.mark.parametrize(("rows", "columns"), [(1, 1), (-5, 0), (10**9, 10**9)])
def test_a_window_of_any_size_costs_what_a_screen_costs(classroom: Classroom, rows: int, columns: int) -> None:
    async def act(net: Net) -> None:
        browser = await net.open(await net.join("Ann"), rows, columns)
        await browser.wait(lambda: bool(browser.text.strip()))

    run(classroom, act)


def test_files_go_to_the_browser_and_come_from_it(classroom: Classroom) -> None:
    async def act(net: Net) -> None:
        browser = await net.open(await net.join("Ann"))
        await browser.key("HELO a.example\r:save /etc/mine.txt\r")
        await browser.wait(lambda: any("download" in told for told in browser.told))
        (saved,) = [told for told in browser.told if "download" in told]
        assert saved["download"] == "mine.txt"
        assert b"> HELO a.example" in base64.b64decode(saved["content"])
        await browser.key(":open /etc/passwd\r")
        await browser.wait(lambda: any("choose" in told for told in browser.told))
        content = base64.b64encode(b"> HELO chosen.example\n").decode()
        await browser.socket.send_json({"file": "x.txt", "content": content})
        await browser.see("HELO chosen.example")

    run(classroom, act)


@pytest.mark.parametrize("content", ["", "no base64!", base64.b64encode(b"# world: /etc\n> HELO a\n").decode()])
def test_a_file_that_is_no_transcript_changes_nothing(classroom: Classroom, content: str) -> None:
    async def act(net: Net) -> None:
        browser = await net.open(await net.join("Ann"))
        await browser.key(":open x.txt\r")
        await browser.wait(lambda: bool(browser.told))
        await browser.socket.send_json({"file": "x.txt", "content": content})
        await browser.key("NOOP\r")
        await browser.see("250 Ok")

    run(classroom, act)


def test_a_flood_is_not_taken_and_others_go_on(classroom: Classroom) -> None:
    async def act(net: Net) -> None:
        eve, ann = await net.open(await net.join("Eve")), await net.open(await net.join("Ann"))
        await eve.key("x" * (KEYS_AT_ONCE + 1))
        await ann.key("NOOP\r")
        await ann.see("250 Ok")
        rows = {row.alias: row for row in classroom.rows()}
        assert (rows["Eve"].warned, rows["Ann"].warned) == ("class.flood", "")

    run(classroom, act)


def test_a_huge_paste_is_taken_and_holds_nobody(classroom: Classroom) -> None:
    async def act(net: Net) -> None:
        eve, ann = await net.open(await net.join("Eve")), await net.open(await net.join("Ann"))
        await eve.see("220 Connected")
        await eve.key("\x1b[200~" + "HELO a.example\n" + "NOOP\n" * 300 + "\x1b[201~\r")
        await ann.key("NOOP\r")
        await ann.see("250 Ok")
        await eve.see("301")

    run(classroom, act)


def test_a_session_has_an_end(classroom: Classroom, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("smtpsim.app.classroom.screens.MOST_STEPS", 2)

    async def act(net: Net) -> None:
        eve = await net.open(await net.join("Eve"))
        await eve.key("HELO a.example\r")
        await eve.key("NOOP\r")
        await eve.see("250 Ok")
        await eve.key("VRFY x\r")
        await eve.see("too long")
        assert classroom.rows()[0].warned == "class.too-long"
        assert "VRFY" not in eve.text

    run(classroom, act)


def test_nobody_is_held_by_one_who_does_not_read(classroom: Classroom) -> None:
    async def act(net: Net) -> None:
        deaf, ann = await net.open(await net.join("Deaf")), await net.open(await net.join("Ann"))
        for _ in range(200):
            await deaf.key(":help\r\x1b[6~\x1b[6~")
        await ann.key("NOOP\r")
        await ann.see("250 Ok")

    run(classroom, act)


def test_what_is_typed_while_all_are_frozen_does_not_count(classroom: Classroom) -> None:
    async def act(net: Net) -> None:
        ann = await net.open(await net.join("Ann"))
        await ann.see("220 Connected")
        classroom.freeze(True)
        await ann.see("has the floor")
        await ann.key("HELO lost.example\r")
        await ann.socket.send_json({"hand": True})
        found = classroom.roster.find("Ann")
        assert found is not None
        while not found.member.hand:
            await asyncio.sleep(0.01)
        classroom.freeze(False)
        await ann.see("Go on")
        await ann.key("NOOP\r")
        await ann.see("250 Ok")
        assert "lost.example" not in ann.text

    run(classroom, act)


@pytest.mark.parametrize(
    "hello", ["", "nonsense", "[]", "{}", '{"alias": "Ann", "secret": "x", "rows": 24, "columns": 80}', '{"alias": 5}']
)
def test_only_who_has_joined_gets_a_screen(classroom: Classroom, hello: str) -> None:
    async def act(net: Net) -> None:
        await net.join("Ann")
        socket = await net.session.ws_connect(f"{net.url}/pupil", headers={"Origin": net.url})
        await socket.send_str(hello)
        message = await asyncio.wait_for(socket.receive(), 20)
        assert message.type is not aiohttp.WSMsgType.BINARY

    run(classroom, act)


def test_who_is_removed_is_told_and_cannot_come_back(classroom: Classroom) -> None:
    async def act(net: Net) -> None:
        joined = await net.join("Eve")
        eve = await net.open(joined)
        await eve.see("220 Connected")
        assert do(classroom, "remove", {"alias": "Eve"})
        assert not do(classroom, "remove", {"alias": "Eve"})
        with pytest.raises(ConnectionError):
            await eve.wait(lambda: False)
        assert [told["refused"] for told in eve.told] == ["The teacher has taken you out of the class."]
        assert classroom.rows() == []
        again = await net.open(joined)
        await again.wait(lambda: bool(again.told))
        assert "not in this class" in again.told[0]["refused"]

    run(classroom, act)


def test_doors(classroom: Classroom) -> None:
    """By path, headers and status: other sites, other names of this machine, and a wall without its token."""

    async def act(net: Net) -> None:
        token = {"Authorization": f"Bearer {net.site.token}"}
        doors: tuple[tuple[str, dict[str, str], int], ...] = (
            ("/", {}, 200),
            ("/", {"Host": "evil.example"}, 403),
            ("/", {"Host": "["}, 403),
            ("/", {"Host": "127.0.0.1:x"}, 403),
            ("/", {"Origin": "http://evil.example"}, 403),
            ("/", {"Origin": "http://["}, 403),
            ("/", {"Origin": "null"}, 403),
            ("/", {"Origin": net.url}, 200),
            ("/pupil", {"Upgrade": "websocket"}, 403),
            ("/wall/pupil?alias=Ann", {}, 403),
            ("/wall/pupil?alias=Ann", {"Authorization": "Bearer wrong"}, 403),
            ("/wall/pupil?alias=Ann", token, 404),
            ("/wall/events", {}, 403),
            ("/wall/events?token=", {}, 403),
            ("/static/../site.py", {}, 404),
            ("/static/vendor/SHA256SUMS", {}, 404),
            ("/static/pupil.js", {}, 200),
        )
        for path, headers, status in doors:
            assert await net.get(path, **headers) == status, (path, headers)

    run(classroom, act)


def test_what_the_teacher_may_do_needs_the_token_and_an_object(classroom: Classroom) -> None:
    async def act(net: Net) -> None:
        token = {"Authorization": f"Bearer {net.site.token}", "Content-Type": "application/json"}
        orders: tuple[tuple[dict[str, str], str, int], ...] = (
            ({"Content-Type": "application/json"}, '{"do": "freeze", "frozen": true}', 403),
            (token, '{"do": "task", "name": "no"}', 422),
            (token, "[", 400),
            (token | {"Content-Type": "text/plain"}, '{"do": "freeze", "frozen": true}', 415),
            (token, '{"do": "nothing that is known"}', 200),
        )
        for headers, body, status in orders:
            async with net.session.post(f"{net.url}/wall/do", data=body, headers=headers) as answer:
                assert answer.status == status, body
        assert not classroom.frozen

    run(classroom, act)


def test_a_page_loads_nothing_from_elsewhere(classroom: Classroom) -> None:
    async def act(net: Net) -> None:
        async with net.session.get(net.url) as answer:
            policy = answer.headers["Content-Security-Policy"]
            page = await answer.text()
        assert "default-src 'none'" in policy
        assert "http" not in policy
        assert "://" not in page

    run(classroom, act)


def test_what_is_vendored_is_what_its_list_says() -> None:
    folder = files("smtpsim.app.classroom").joinpath("static", "vendor")
    listed = dict(line.split()[::-1] for line in folder.joinpath("SHA256SUMS").read_text().splitlines())
    assert {f"vendor/{name}" for name in listed} == {name for name in STATIC if name.startswith("vendor/")}
    for name, digest in listed.items():
        assert hashlib.sha256(folder.joinpath(name).read_bytes()).hexdigest() == digest
    assert "MIT" in folder.joinpath("LICENSE.xterm").read_text() or "Permission is hereby granted" in (
        folder.joinpath("LICENSE.xterm").read_text()
    )
