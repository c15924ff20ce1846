"""A program on this machine that is told of events by HTTP. What it does not take is tried again, and then dropped."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlsplit

import aiohttp

from smtpsim.app.serve.webhooks import sendgrid, ses
from smtpsim.app.serve.webhooks.events import Event, Events
from smtpsim.kernel.ip import is_loopback

if TYPE_CHECKING:
    from smtpsim.app.serve.server import Server

MOST_WAITING = 1000
"""Events that wait to be sent; the oldest are dropped for newer ones."""

PAUSES = (1.0, 5.0)
"""Seconds before each further try."""

MOST_HOOKS = 10

PATIENCE = aiohttp.ClientTimeout(total=10)


class Form(NamedTuple):
    """How events look to who is told; `batch` is how many go into one POST at most."""

    batch: int
    headers: Callable[[Sequence[Event]], dict[str, str]]
    body: Callable[[Sequence[Event]], str]


FORMS: Mapping[str, Form] = {
    "ses": Form(1, ses.headers, ses.body),
    "sendgrid": Form(100, sendgrid.headers, sendgrid.body),
}


def loopback_url(text: str) -> str:
    """The URL of a program on this machine, the name localhost as the address that it stands for; "" for any other.
    A name would have to be looked up, and could be anybody's."""
    try:
        url = urlsplit(text)
        host, _ = (url.hostname or ""), url.port
    except ValueError:
        return ""
    if url.scheme != "http" or not text.isprintable():
        return ""
    if host == "localhost":
        user, at, place = url.netloc.rpartition("@")
        return url._replace(netloc=f"{user}{at}127.0.0.1{place[len(host) :]}").geturl()
    return url.geturl() if is_loopback(host) else ""


class Hook:
    """`form` is a key of FORMS. `sent` events were answered with a 2xx; `dropped` are those that were not, or had no
    room. They are sent one POST after another, in their order; what still waits when the server stops is not sent."""

    def __init__(self, url: str, form: str, pauses: Sequence[float] = PAUSES) -> None:
        """Raises ValueError for a URL that is not on this machine."""
        self.url, self.form = loopback_url(url), form
        if not self.url:
            raise ValueError(url)
        self._form, self._pauses = FORMS[form], pauses
        self._waiting: deque[Event] = deque()
        self._more = asyncio.Event()
        self.sent = self.dropped = 0

    @property
    def waiting(self) -> int:
        return len(self._waiting)

    @property
    def shown_url(self) -> str:
        """The URL without a password that may stand in it."""
        url = urlsplit(self.url)
        return url._replace(netloc=url.netloc.rpartition("@")[2]).geturl()

    def tell(self, event: Event) -> None:
        if len(self._waiting) >= MOST_WAITING:
            self._waiting.popleft()
            self.dropped += 1
        self._waiting.append(event)
        self._more.set()

    async def work(self) -> None:
        """Send what comes, until this task is cancelled."""
        async with aiohttp.ClientSession(timeout=PATIENCE, trust_env=False) as client:
            while True:
                await self._more.wait()
                events = [self._waiting.popleft() for _ in range(min(len(self._waiting), self._form.batch))]
                if not self._waiting:
                    self._more.clear()
                if await self._taken(client, events):
                    self.sent += len(events)
                else:
                    self.dropped += len(events)

    async def _taken(self, client: aiohttp.ClientSession, events: Sequence[Event]) -> bool:
        """Whether the program has taken them, at the first try or at a later one."""
        for pause in (*self._pauses, None):
            if await self._post(client, events):
                return True
            if pause is not None:
                await asyncio.sleep(pause)
        return False

    async def _post(self, client: aiohttp.ClientSession, events: Sequence[Event]) -> bool:
        """A redirection is not followed: it may lead to another machine."""
        body = self._form.body(events).encode("utf-8", "replace")
        headers = self._form.headers(events)
        try:
            async with client.post(self.url, data=body, headers=headers, allow_redirects=False) as answer:
                return 200 <= answer.status < 300
        except (aiohttp.ClientError, OSError, TimeoutError):
            return False


class Hooks(Events):
    """Those that a server tells. It observes from the first of them on: of earlier letters nothing is told."""

    def __init__(self, server: Server) -> None:
        super().__init__()
        self._server = server
        self._tasks: dict[Hook, asyncio.Task[None]] = {}
        server.observers.insert(0, self)
        server.tells.append(self.happened)

    @property
    def all(self) -> tuple[Hook, ...]:
        return tuple(self._tasks)

    def add(self, url: str, form: str) -> Hook:
        """Tell this program from now on. Raises ValueError for a URL that is not on this machine."""
        hook = Hook(url, form)
        self.told.append(hook.tell)
        self._tasks[hook] = self._server.run(hook.work())
        return hook

    def clear(self) -> None:
        """Tell nobody any more."""
        self.told.clear()
        for task in self._tasks.values():
            task.cancel()
        self._tasks.clear()


def hooks_of(server: Server) -> Hooks:
    """The hooks of a server, none at first."""
    return next((one for one in server.observers if isinstance(one, Hooks)), None) or Hooks(server)
