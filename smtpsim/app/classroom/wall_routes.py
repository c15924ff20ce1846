"""The teacher's routes: what the wall shows, one session opened, and what is done to all."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable, Iterator, Mapping
from typing import Any

from aiohttp import web

from smtpsim.app.classroom.classroom import Classroom
from smtpsim.app.classroom.wall import pupil_view, wall
from smtpsim.app.web.events import events
from smtpsim.app.web.site import Problem, Route, body_of, reply
from smtpsim.kernel.failure import Failure
from smtpsim.kernel.printable import printable

SECOND = 1.0


def wall_routes(classroom: Classroom) -> Iterator[Route]:
    """To be mounted behind the wall's token."""

    async def rows(request: web.Request) -> web.StreamResponse:
        return await events(request, changes(lambda: wall(classroom)))

    async def one(request: web.Request) -> web.StreamResponse:
        found = classroom.roster.find(request.query.get("alias", ""))
        if found is None:
            raise Problem(404, "nobody has this name")
        return reply(pupil_view(found.member))

    async def done(request: web.Request) -> web.StreamResponse:
        asked = await body_of(request)
        try:
            return reply({"done": do(classroom, str(asked.get("do", "")), asked)})
        except Failure as wrong:
            raise Problem(422, str(wrong)) from None

    yield "GET", "/wall/events", rows
    yield "GET", "/wall/pupil", one
    yield "POST", "/wall/do", done


async def changes(made: Callable[[], dict[str, Any]]) -> AsyncGenerator[dict[str, Any] | None, None]:
    """The state of things once a second; None where it is as it was."""
    last: dict[str, Any] | None = None
    while True:
        now = made()
        yield now if now != last else None
        last = now
        await asyncio.sleep(SECOND)


def do(classroom: Classroom, what: str, asked: Mapping[str, Any]) -> bool:
    """Carry out what the teacher asked for; False for what nobody knows. Raises Failure."""
    order = _ORDERS.get(what)
    return order is not None and order(classroom, asked)


def _freeze(classroom: Classroom, asked: Mapping[str, Any]) -> bool:
    classroom.freeze(bool(asked.get("frozen")))
    return True


def _say(classroom: Classroom, asked: Mapping[str, Any]) -> bool:
    return classroom.say(str(asked.get("alias", "")), str(asked.get("word", "")))


def _task(classroom: Classroom, asked: Mapping[str, Any]) -> bool:
    classroom.set_task(str(asked.get("name", "")))
    return True


def _step(classroom: Classroom, asked: Mapping[str, Any]) -> bool:
    """To the step of that number, "" for the next."""
    given = str(asked.get("number", "")).strip()
    if given and not (given.isascii() and given.isdecimal() and len(given) < 4):
        raise Failure(classroom.words("class.step-number", found=printable(given[:20])))
    classroom.set_step(int(given or 0))
    return True


def _remove(classroom: Classroom, asked: Mapping[str, Any]) -> bool:
    return classroom.remove(str(asked.get("alias", "")))


def _code(classroom: Classroom, asked: Mapping[str, Any]) -> bool:
    classroom.roster.renew()
    return True


def _lower_hand(classroom: Classroom, asked: Mapping[str, Any]) -> bool:
    found = classroom.roster.find(str(asked.get("alias", "")))
    if found:
        found.member.hand = False
    return found is not None


def _allow(classroom: Classroom, asked: Mapping[str, Any]) -> bool:
    return classroom.worlds.allow(str(asked.get("name", "")))


_ORDERS: Mapping[str, Callable[[Classroom, Mapping[str, Any]], bool]] = {
    "freeze": _freeze,
    "say": _say,
    "task": _task,
    "step": _step,
    "remove": _remove,
    "code": _code,
    "hand": _lower_hand,
    "allow": _allow,
}
