"""The plain form over a real connection: the same session, as lines and data."""

from __future__ import annotations

import asyncio
import base64
from collections.abc import Callable
from typing import Any

import aiohttp
import pytest

from smtpsim.app.classroom.allowance import KEYS_AT_ONCE, LINE_COSTS
from smtpsim.app.classroom.classroom import Classroom
from smtpsim.app.classroom.plain_form import PlainForm
from smtpsim.app.tui import actions
from smtpsim.views.dialogue import Line, Log
from tests.app.classroom.test_site import Net, NoFile, run


async def nowhere(told: dict[str, Any]) -> None:
    return


class Form:
    """What the page knows."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        self.socket = socket
        self.lines: list[list[str]] = []
        self.now: dict[str, Any] = {}
        self.told: list[dict[str, Any]] = []

    @property
    def text(self) -> str:
        return "\n".join(text for _, _, text in self.lines)

    async def say(self, **told: object) -> None:
        await self.socket.send_json(told)

    async def wait(self, seen: Callable[[], bool]) -> None:
        async def read() -> None:
            while not seen():
                message = await self.socket.receive()
                if message.type is not aiohttp.WSMsgType.TEXT:
                    raise ConnectionError(message.type)
                found = message.json()
                self.told.append(found)
                if "plain" in found:
                    self.now = found["plain"]
                    self.lines[self.now["kept"] :] = self.now["lines"]

        try:
            await asyncio.wait_for(read(), 20)
        except TimeoutError:
            raise AssertionError((self.text, self.now)) from None

    async def see(self, text: str) -> None:
        await self.wait(lambda: text in self.text)

    async def hear(self, text: str) -> None:
        await self.wait(lambda: text in str(self.now.get("why")))


async def opened(net: Net, alias: str = "Ann") -> Form:
    joined = await net.join(alias)
    socket = await net.session.ws_connect(f"{net.url}/pupil", headers={"Origin": net.url})
    await socket.send_json({**joined, "plain": True})
    return Form(socket)


def test_lines_go_in_and_the_dialogue_comes_back(classroom: Classroom) -> None:
    async def act(net: Net) -> None:
        form = await opened(net)
        await form.see("220 Connected")
        assert "HELO" in form.now["hint"]
        await form.say(lines=["HELO cgi.example.com"])
        await form.see("250 Hello")
        assert ["client", "none", "HELO cgi.example.com"] in form.lines
        assert form.now["why"]
        assert [section["title"] for section in form.now["panel"]["sections"]]
        await form.say(lines=["FOO"])
        await form.see("500")
        assert form.now["kept"] > 0
        assert form.now["why"]
        await form.say(lines=[":undo"])
        await form.wait(lambda: "FOO" not in form.text)

    run(classroom, act)


def test_what_is_sent_costs_what_is_new(classroom: Classroom, monkeypatch: pytest.MonkeyPatch) -> None:
    """However long the dialogue is: counted in lines that are looked at."""
    looked: list[int] = []
    usual = Log.__getitem__
    state = classroom.roster.admit("Ann").member.state
    form = PlainForm(state, NoFile(), nowhere)
    actions.send(state, ("NOOP",) * 1_000)
    first = form._news()["plain"]
    assert len(first["lines"]) > 2_000

    def counted(log: Log, number: int) -> Line:
        looked.append(number)
        return usual(log, number)

    monkeypatch.setattr(Log, "__getitem__", counted)
    actions.send(state, ("NOOP",))
    found = form._news()["plain"]
    there = [usual(state.log, number) for number in range(len(state.log))]
    shown = [*first["lines"][: found["kept"]], *found["lines"]]
    assert shown == [(line.speaker, line.mark, line.text) for line in there]
    assert len(found["lines"]) < 10
    assert len(looked) < 40


def test_it_is_the_session_of_the_full_screen(classroom: Classroom) -> None:
    async def act(net: Net) -> None:
        form = await opened(net)
        await form.say(lines=["HELO cgi.example.com", "MAIL FROM:<webmaster@example.com>"])
        await form.see("MAIL FROM")
        screen = await net.open(await net.join("Ann", secret=secret_of(classroom)))
        await screen.see("MAIL FROM:<webmaster@example.com>")
        with pytest.raises(ConnectionError):
            await form.wait(lambda: False)
        await screen.key("RCPT TO:<test@hogefuga.com>\r")
        await screen.see("RCPT TO:<test@hogefuga.com>")
        again = Form(await net.session.ws_connect(f"{net.url}/pupil", headers={"Origin": net.url}))
        await again.say(alias="Ann", secret=secret_of(classroom), plain=True)
        await again.see("RCPT TO:<test@hogefuga.com>")

    run(classroom, act)


def secret_of(classroom: Classroom) -> str:
    return classroom.roster.secrets["Ann"]


def test_a_page_is_shown_and_put_away_and_a_question_answered(classroom: Classroom) -> None:
    async def act(net: Net) -> None:
        form = await opened(net)
        await form.say(lines=["HELO a.example", ":hosts"])
        await form.wait(lambda: bool(form.now.get("page")))
        assert "mx.hogefuga.com" in str(form.now["panel"])
        await form.say(away=True)
        await form.wait(lambda: not form.now["page"])
        await form.say(lines=[":quit"])
        await form.wait(lambda: bool(form.now["ask"]))
        await form.say(lines=["NOOP"])
        await form.say(answer=False)
        await form.wait(lambda: not form.now["ask"])
        assert "NOOP" not in form.text
        await form.say(lines=[":quit"])
        await form.wait(lambda: bool(form.now["ask"]))
        await form.say(answer=True)
        with pytest.raises(ConnectionError):
            await form.wait(lambda: False)

    run(classroom, act)


def test_files_go_to_the_browser_here_too(classroom: Classroom) -> None:
    async def act(net: Net) -> None:
        form = await opened(net)
        await form.say(lines=["HELO a.example", ":save mine.txt"])
        await form.wait(lambda: any("download" in told for told in form.told))
        (saved,) = [told for told in form.told if "download" in told]
        assert b"> HELO a.example" in base64.b64decode(saved["content"])

    run(classroom, act)


def test_the_teacher_is_heard_and_freezes(classroom: Classroom) -> None:
    async def act(net: Net) -> None:
        form = await opened(net)
        await form.see("220 Connected")
        classroom.say("Ann", "look at the colon")
        await form.hear("look at the colon")
        classroom.freeze(True)
        await form.hear("has the floor")
        await form.say(lines=["HELO lost.example"])
        await form.say(hand=True)
        while not classroom.rows()[0].hand:  # what was said before that has been heard
            await asyncio.sleep(0.01)
        classroom.freeze(False)
        await form.say(lines=["NOOP"])
        await form.see("NOOP")
        assert "lost.example" not in form.text

    run(classroom, act)


@pytest.mark.parametrize(
    "told",
    [
        '"x"', "[1]", "null", "{", "[" * 100_000, '{"lines": 5}', '{"lines": [5]}', '{"lines": ["\\ud800"]}',
        '{"lines": {"a": 1}}', '{"answer": "x"}', '{"rows": "x"}', '{"file": 1}', '{"file": "a", "content": "!"}',
    ],
)  # fmt: skip
def test_nonsense_changes_nothing(classroom: Classroom, told: str) -> None:
    async def act(net: Net) -> None:
        form = await opened(net)
        await form.see("220 Connected")
        await form.socket.send_str(told)
        await form.say(lines=["NOOP"])
        await form.see("250 Ok")

    run(classroom, act)


def test_lines_in_a_line_are_lines_and_control_sequences_are_shown(classroom: Classroom) -> None:
    async def act(net: Net) -> None:
        form = await opened(net)
        await form.say(lines=["HELO a.example\r\nNOOP\nFOO \x1b]0;x\x07"])
        await form.see("FOO")
        assert "NOOP" in [text for _, _, text in form.lines]
        assert "\x1b" not in form.text

    run(classroom, act)


@pytest.mark.parametrize("lines", [["x" * (KEYS_AT_ONCE + 1)], ["NOOP"] * (KEYS_AT_ONCE // LINE_COSTS + 1)])
def test_a_flood_is_told_to_who_sends_it_and_on_the_wall(classroom: Classroom, lines: list[str]) -> None:
    async def act(net: Net) -> None:
        form = await opened(net)
        await form.say(lines=lines)
        await form.hear("too much at once")
        assert classroom.rows()[0].warned == "class.flood"
        assert "NOOP" not in form.text
        await form.say(lines=["NOOP"])
        await form.see("250 Ok")

    run(classroom, act)
