"""The JSON API of a running server: what happened, what arrived, orders. `openapi.json` describes it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable, Iterator
from functools import partial
from typing import Any

from aiohttp import web

from smtpsim.app.serve.history import History
from smtpsim.app.serve.letters import Arrival, Letters
from smtpsim.app.serve.objects import dialogue_object, hook_object, html_of, mail_object, session_object
from smtpsim.app.serve.orders import COMMANDS, action, dns_lines, fault_line, policy_lines
from smtpsim.app.serve.searching import Index, folded
from smtpsim.app.serve.server import Server
from smtpsim.app.serve.session import Session
from smtpsim.app.serve.webhooks.hook import FORMS, MOST_HOOKS, hooks_of
from smtpsim.app.web.events import events
from smtpsim.app.web.site import Problem, Route, body_of, number_in, reply
from smtpsim.explain import Words
from smtpsim.message.mime import all_parts
from smtpsim.shell.answer import told
from smtpsim.world.accept_any import enforcing
from smtpsim.world.fault_action import action_text
from smtpsim.world.mailbox import Mailbox

MOST_ROWS = 500
LONGEST_WAIT = 300
PART = 20
"""Mails that a search looks at before others have their turn: to read one takes up to a millisecond."""

NAMES = 2000
"""Mailboxes that are looked at before others have their turn."""

EVERY = 0.25
"""Seconds between two events of the feed."""

HTML_POLICY = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:"
"""What the HTML of a mail may do: show itself. It runs nothing and loads nothing."""


class Api:
    """Routes of the API; all of them run in the server's own event loop."""

    def __init__(self, server: Server, letters: Letters, history: History, say: Words) -> None:
        self._server, self._letters, self._history, self._say = server, letters, history, say
        self._index = Index()

    def routes(self) -> Iterator[Route]:
        yield "GET", "/api/sessions", self._sessions
        yield "GET", "/api/sessions/{number}", self._session
        yield "GET", "/api/mailboxes", self._mailboxes
        yield "GET", "/api/messages", self._messages
        yield "GET", "/api/messages/{number}", self._message
        yield "GET", "/api/messages/{number}/source", self._source
        yield "GET", "/api/messages/{number}/html", self._html
        yield "GET", "/api/messages/{number}/parts/{part}", self._part
        yield "GET", "/api/wait", self._wait
        yield "GET", "/api/faults", self._faults
        yield "POST", "/api/faults", self._fail
        yield "DELETE", "/api/faults", self._lift
        yield "PUT", "/api/dns/{name}/{type}", self._publish
        yield "DELETE", "/api/dns/{name}/{type}", self._withdraw
        yield "GET", "/api/clock", self._clock
        yield "POST", "/api/clock", self._pass_time
        yield "GET", "/api/policies", self._policies
        yield "PUT", "/api/policies/{name}", self._policy
        yield "POST", "/api/orders", self._orders
        yield "GET", "/api/webhooks", self._webhooks
        yield "POST", "/api/webhooks", self._add_webhook
        yield "DELETE", "/api/webhooks", self._no_webhooks
        yield "POST", "/api/reset", self._reset
        yield "GET", "/api/events", self._events

    async def _sessions(self, request: web.Request) -> web.StreamResponse:
        sessions = [*self._server.sessions.values(), *reversed(self._history.ended_ones)]
        most, skip = number_in(request, "limit", 100, MOST_ROWS), number_in(request, "offset", 0, 10**9)
        shown = sorted(sessions, key=lambda one: -one.number)[skip : skip + most]
        return reply({"total": len(sessions), "sessions": [session_object(one) for one in shown]})

    async def _session(self, request: web.Request) -> web.StreamResponse:
        session = self.found_session(request)
        return reply({**session_object(session), "dialogue": dialogue_object(session)})

    def found_session(self, request: web.Request) -> Session:
        number = request.match_info["number"]
        for session in (*self._server.sessions.values(), *self._history.ended_ones):
            if str(session.number) == number:
                return session
        raise Problem(404, f"there is no session {number[:20]}, or it ended long ago")

    async def _mailboxes(self, request: web.Request) -> web.StreamResponse:
        """Those that hold mail, by their names. The world is a frozen value: it stays as it is while others are served
        between two parts."""
        wanted = request.query.get("q", "").lower()
        most, skip = number_in(request, "limit", 100, MOST_ROWS), number_in(request, "offset", 0, 10**9)
        filled: list[tuple[str, Mailbox]] = []
        for count, (name, box) in enumerate(self._server.owner.world.mailboxes.items(), 1):
            if box.length and wanted in name:
                filled.append((name, box))
            if count % NAMES == 0:
                await asyncio.sleep(0)
        shown = sorted(filled, key=lambda one: one[0])[skip : skip + most]
        rows = [{"name": name, "mails": box.length, "octets": box.octets} for name, box in shown]
        return reply({"total": len(filled), "mailboxes": rows})

    async def _messages(self, request: web.Request) -> web.StreamResponse:
        to, wanted = request.query.get("to", "").lower(), folded(request.query.get("q", ""))
        most, skip = number_in(request, "limit", 100, MOST_ROWS), number_in(request, "offset", 0, 10**9)
        fitting = await self._fitting(to, wanted, partial(_gone, request))
        rows = [self._index.row(one) for one in fitting[skip : skip + most]]
        return reply({"total": len(fitting), "messages": rows})

    async def _fitting(self, to: str, wanted: str, gone: Callable[[], bool]) -> list[Arrival]:
        """The mails that a search finds, newest first. It is done in parts, since nobody else is served meanwhile, and
        ends where nobody waits for the answer any more."""
        fitting: list[Arrival] = []
        for count, arrival in enumerate(reversed(tuple(self._letters.arrivals)), 1):
            if self._fits(arrival, to, wanted):
                fitting.append(arrival)
            if count % PART == 0:
                await asyncio.sleep(0)
                if gone():
                    break
        return fitting

    def _fits(self, arrival: Arrival, to: str, wanted: str) -> bool:
        if to and arrival.mailbox != to:
            return False
        return not wanted or self._index.finds(arrival, wanted)

    def _found(self, request: web.Request) -> Arrival:
        number = request.match_info["number"]
        for arrival in reversed(self._letters.arrivals):
            if str(arrival.number) == number:
                return arrival
        raise Problem(404, f"there is no message {number[:20]}")

    async def _message(self, request: web.Request) -> web.StreamResponse:
        return reply(mail_object(self._found(request)))

    async def _source(self, request: web.Request) -> web.StreamResponse:
        return web.Response(body=self._found(request).mail.octets, content_type="text/plain", charset="utf-8")

    async def _html(self, request: web.Request) -> web.StreamResponse:
        html = html_of(self._found(request))
        if html is None:
            raise Problem(404, "the message has no HTML")
        headers = {"Content-Security-Policy": HTML_POLICY}
        text = html.encode("utf-8", "replace")
        return web.Response(body=text, content_type="text/html", charset="utf-8", headers=headers)

    async def _part(self, request: web.Request) -> web.StreamResponse:
        parts, number = all_parts(self._found(request).mail.octets), request.match_info["part"]
        if not number.isdecimal() or len(number) > 4 or int(number) >= len(parts):
            raise Problem(404, "there is no such part")
        headers = {"Content-Disposition": "attachment", "Content-Security-Policy": HTML_POLICY}
        return web.Response(body=parts[int(number)].octets, content_type="application/octet-stream", headers=headers)

    async def _wait(self, request: web.Request) -> web.StreamResponse:
        """The first mail that fits and is newer than `after`; 408 when none comes in time."""
        to, subject = request.query.get("to", "").lower(), request.query.get("subject")
        after = number_in(request, "after", 0, 10**9)
        seconds = number_in(request, "timeout", 10, LONGEST_WAIT)

        def fits(arrival: Arrival) -> bool:
            fits_subject = subject is None or self._index.row(arrival)["subject"] == subject
            return arrival.number > after and to in ("", arrival.mailbox) and fits_subject

        found = next((one for one in self._letters.arrivals if fits(one)), None)
        if found is None:
            found = await self._arrival(fits, seconds)
        return reply(mail_object(found))

    async def _arrival(self, fits: Any, seconds: int) -> Arrival:
        arrived: asyncio.Future[Arrival] = asyncio.get_running_loop().create_future()

        def tell(arrival: Arrival) -> None:
            if not arrived.done() and fits(arrival):
                arrived.set_result(arrival)

        self._letters.waiting.append(tell)
        try:
            async with asyncio.timeout(seconds):
                return await arrived
        except TimeoutError:
            raise Problem(408, f"no such message within {seconds} s") from None
        finally:
            self._letters.waiting.remove(tell)

    async def _faults(self, request: web.Request) -> web.StreamResponse:
        faults = self._server.owner.world.faults
        return reply({"faults": [self._fault(one) for one in faults], "commands": list(COMMANDS)})

    def _fault(self, fault: Any) -> dict[str, Any]:
        named = {"number": fault.number, "host": fault.host, "stage": fault.stage or None}
        return {**named, "action": action_text(fault.action), "left": fault.left or None, "to": fault.recipient or None}

    async def _fail(self, request: web.Request) -> web.StreamResponse:
        body = await body_of(request)
        try:
            done = action(int(body.get("reply", 451)), int(body.get("delay", 0)), bool(body.get("drop", False)))
            line = fault_line(
                _text(body, "command"), _text(body, "to"), done, int(body.get("times", 0)), _text(body, "text")
            )
        except (ValueError, TypeError) as wrong:
            raise Problem(422, str(wrong)) from None
        self._order(line)
        return await self._faults(request)

    async def _lift(self, request: web.Request) -> web.StreamResponse:
        self._server.owner.replace(self._server.owner.now()._replace(faults=()))
        return await self._faults(request)

    async def _publish(self, request: web.Request) -> web.StreamResponse:
        values = (await body_of(request)).get("values")
        if not isinstance(values, list) or not values or not all(isinstance(value, str) for value in values):
            raise Problem(422, "values: a list of texts, one a record")
        name, kind = request.match_info["name"], request.match_info["type"]
        for line in dns_lines(name, kind, tuple(values)):
            self._order(line)
        return reply({"name": name, "type": kind, "values": values})

    async def _withdraw(self, request: web.Request) -> web.StreamResponse:
        self._order(f":dns remove {request.match_info['name']} {request.match_info['type']}")
        return web.Response(status=204)

    async def _clock(self, request: web.Request) -> web.StreamResponse:
        return reply({"now": self._server.owner.now().now, "clock": self._server.wishes.clock})

    async def _pass_time(self, request: web.Request) -> web.StreamResponse:
        self._order(f":wait {_text(await body_of(request), 'pass')}")
        return await self._clock(request)

    async def _policies(self, request: web.Request) -> web.StreamResponse:
        used = self._server.answering_host().policies
        return reply({"policies": {one.policy.name: dict(one.settings) for one in used}})

    async def _policy(self, request: web.Request) -> web.StreamResponse:
        """Let the host judge by a policy and act on it, with these settings."""
        name, settings = request.match_info["name"], await body_of(request)
        owner, host = self._server.owner, self._server.answering_host()
        try:
            owner.replace(enforcing(owner.now(), host, name))
        except LookupError:
            raise Problem(404, f"there is no policy {name[:50]}") from None
        for line in policy_lines(host.name, name, settings):
            self._order(line)
        return await self._policies(request)

    async def _orders(self, request: web.Request) -> web.StreamResponse:
        line = _text(await body_of(request), "line")
        self._order(line)
        return reply({"line": line})

    async def _webhooks(self, request: web.Request) -> web.StreamResponse:
        return reply({"webhooks": [hook_object(hook) for hook in hooks_of(self._server).all]})

    async def _add_webhook(self, request: web.Request) -> web.StreamResponse:
        """Tell a program of what becomes of mails from now on."""
        body, hooks = await body_of(request), hooks_of(self._server)
        url, form = _text(body, "url"), _text(body, "form") or next(iter(FORMS))
        if form not in FORMS:
            raise Problem(422, f"form: one of {', '.join(FORMS)}")
        if len(hooks.all) >= MOST_HOOKS:
            raise Problem(409, f"there are {MOST_HOOKS} webhooks already")
        try:
            hook = hooks.add(url, form)
        except ValueError:
            raise Problem(422, self._say("serve.bad-webhook", option="url", found=url)) from None
        return reply(hook_object(hook), 201)

    async def _no_webhooks(self, request: web.Request) -> web.StreamResponse:
        hooks_of(self._server).clear()
        return web.Response(status=204)

    async def _reset(self, request: web.Request) -> web.StreamResponse:
        """As at the start: no mail, no faults, the DNS as it was."""
        self._server.owner.replace(self._server.owner.first)
        self._letters.forget()
        self._history.ended_ones.clear()
        self._index.clear()
        return web.Response(status=204)

    async def _events(self, request: web.Request) -> web.StreamResponse:
        return await events(request, self._counts())

    async def _counts(self) -> AsyncGenerator[dict[str, int], None]:
        """How many sessions and mails there were, whenever that or a dialogue changes."""
        changed = asyncio.Event()
        changed.set()
        self._history.listeners.add(changed)
        try:
            while True:
                await changed.wait()
                changed.clear()
                yield {"sessions": self._server.count, "mails": self._letters.count}
                await asyncio.sleep(EVERY)
        finally:
            self._history.listeners.discard(changed)

    def _order(self, line: str) -> None:
        if not line.isprintable():
            raise Problem(422, "an order is one line of printable characters")
        refused = self._server.order(line, self._say)
        if refused is not None:
            raise Problem(422, told(refused, self._say))


def _gone(request: web.Request) -> bool:
    """Whether the client has hung up."""
    return request.transport is None or request.transport.is_closing()


def _text(body: dict[str, Any], name: str) -> str:
    value = body.get(name, "")
    if not isinstance(value, str):
        raise Problem(422, f"{name}: a text is wanted")
    return value
