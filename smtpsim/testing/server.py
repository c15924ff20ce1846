"""A server in a thread of its own, driven by the test that started it."""

from __future__ import annotations

import asyncio
import os
import tempfile
import threading
import time
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from types import TracebackType
from typing import TypeVar

from smtpsim.app.serve import orders
from smtpsim.app.serve.letters import Arrival
from smtpsim.app.serve.server import Listen, Server, Wishes
from smtpsim.app.serve.session import Session
from smtpsim.explain import words
from smtpsim.shell.answer import told
from smtpsim.testing.mail import Mail
from smtpsim.transcript import write
from smtpsim.world.accept_any import accepting_any, enforcing
from smtpsim.world.load import shipped_world
from smtpsim.world.model import World

START_TIME = 20.0
LOOPBACK = "127.0.0.1"

Result = TypeVar("Result")


class NoMail(AssertionError):
    """No such mail has come in time; the text shows every dialogue that there was."""


class SmtpServer:
    """SMTP on a random port of 127.0.0.1, for `with`, `async with`, or `start` and `stop`.

    Every recipient is accepted, unless `accept_any` is off; then the host of the world answers as it does otherwise.
    With `tls` STARTTLS is offered, and `cert` is what a client must trust. `pop3` and `imap` open such ports, too.
    `policies` maps names of policies to settings, as in `policies={"spf": {"fail": "reject"}}`. `clock` is held, so
    that time passes by `pass_time` alone; with `real` greylisting and queues take the time that they really take.
    `webhook` is the http URL of a program on this machine that is told what becomes of each mail, in the form of
    Amazon SES (`webhook_form="ses"`) or SendGrid (`"sendgrid"`); it needs the extra `[serve]`.
    """

    looks_at_dialogues = True

    def __init__(
        self,
        *,
        host: str = "",
        accept_any: bool = True,
        tls: bool = False,
        pop3: bool = False,
        imap: bool = False,
        clock: str = "held",
        client_ip: str = "",
        world: World | None = None,
        policies: Mapping[str, Mapping[str, object]] | None = None,
        webhook: str = "",
        webhook_form: str = "ses",
    ) -> None:
        """Raises ValueError for a webhook that is not on this machine, or whose form nobody knows."""
        if webhook:
            _check(webhook, webhook_form)
        self._world = world or shipped_world()
        self._name = host or self._world.start.host
        if accept_any:
            self._world = accepting_any(self._world, self._world.hosts[self._name])
        self._names = ["smtp", *(name for name, wanted in (("pop3", pop3), ("imap", imap)) if wanted)]
        self._with_tls, self._clock, self._client_ip = tls, clock, client_ip
        self._policies = policies or {}
        self._webhook, self._webhook_form = webhook, webhook_form
        self._seen: set[int] = set()
        self._sessions: list[Session] = []
        self._arrived = threading.Condition()
        self._came = 0
        self.cert = ""

    def __enter__(self) -> SmtpServer:
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    async def __aenter__(self) -> SmtpServer:
        return await asyncio.to_thread(self.start)

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await asyncio.to_thread(self.stop)

    def start(self) -> SmtpServer:
        """Open the ports; they are open when this returns."""
        started: Future[None] = Future()
        self._thread = threading.Thread(target=self._run, args=(started,), name="smtpsim", daemon=True)
        self._thread.start()
        started.result(START_TIME)
        for name, settings in self._policies.items():
            self.policy(name, **settings)
        self._start = self._call(self._server.owner.now)
        return self

    def stop(self) -> None:
        """Part from all clients with 421 and close the ports."""
        self._loop.call_soon_threadsafe(self._stopping.set)
        self._thread.join(START_TIME)
        if self.cert:
            os.unlink(self.cert)
            self.cert = ""

    @property
    def host(self) -> str:
        return LOOPBACK

    @property
    def port(self) -> int:
        return self.port_of("smtp")

    def port_of(self, name: str) -> int:
        """The port for smtp, pop3 or imap."""
        return next(listen.number for listen in self._server.bound if listen.name == name)

    @property
    def url(self) -> str:
        return f"smtp://{self.host}:{self.port}"

    @property
    def env(self) -> dict[str, str]:
        """Where to send mail, under the names of Django's settings, and of programs that are told a URL."""
        return {"EMAIL_HOST": self.host, "EMAIL_PORT": str(self.port), "SMTP_URL": self.url}

    @property
    def mails(self) -> list[Mail]:
        """All that has arrived, in its order: a mail for three recipients is in three mailboxes."""
        return [Mail(arrival) for arrival in self._call(self._arrivals)]

    def wait(self, to: str = "", subject: str | None = None, timeout: float = 5.0) -> Mail:
        """The first mail in this mailbox, or with this subject, that no earlier `wait` has given. Raises NoMail when
        none comes within so many seconds."""
        ends = time.monotonic() + timeout
        while True:
            came = self._came  # read before the look, so that a mail which comes meanwhile is not slept through
            found = next((mail for mail in self.mails if self._fits(mail, to, subject)), None)
            if found is not None:
                self._seen.add(found.number)
                return found
            if not self._more_than(came, ends - time.monotonic()):
                raise NoMail(self._explained(to, subject, timeout))

    def _more_than(self, came: int, timeout: float) -> bool:
        """Sleep until more mails than `came` have arrived. The lock is never held while the server is asked something:
        its thread needs it to tell of the next mail."""
        with self._arrived:
            return self._arrived.wait_for(lambda: self._came != came, timeout)

    async def arrival(self, to: str = "", subject: str | None = None, timeout: float = 5.0) -> Mail:
        """`wait` for coroutines: the event loop goes on meanwhile."""
        return await asyncio.to_thread(self.wait, to, subject, timeout)

    def links(self, mail: Mail) -> list[str]:
        """The links in a mail."""
        return mail.links()

    def fail(
        self,
        command: str,
        *,
        to: str = "",
        reply: int = 451,
        text: str = "",
        times: int = 0,
        delay: int = 0,
        drop: bool = False,
    ) -> None:
        """Order something to go wrong at a command: CONNECT, EHLO, MAIL, RCPT, DATA, `.` or QUIT, so many times (0 for
        always). It refuses with `reply`, or comes `delay` seconds late, or with `drop` breaks the connection. Raises
        ValueError for what cannot be ordered."""
        self.order(orders.fault_line(command, to, orders.action(reply, delay, drop), times, text))

    def lift(self) -> None:
        """Nothing that was ordered goes wrong any more."""
        self._call(lambda: self._server.owner.replace(self._server.owner.now()._replace(faults=())))

    def policy(self, name: str, **settings: object) -> None:
        """Let the server judge by a policy, and act on it: refuse, where its settings say so. It holds from the next
        connection on. Raises LookupError for an unknown name, ValueError for a setting."""
        self._call(lambda: self._enforce(name))
        for line in orders.policy_lines(self._name, name, settings):
            self.order(line)

    def dns(self, name: str, kind: str, *values: str) -> None:
        """Publish records in the simulated DNS, in the place of those of this type that were there."""
        for line in orders.dns_lines(name, kind, values):
            self.order(line)

    def pass_time(self, duration: str) -> None:
        """Let simulated time pass: `30s`, `4h`, `5d`. Raises ValueError for anything else."""
        self.order(f":wait {duration}")

    def order(self, line: str) -> None:
        """Carry out a command of the simulator that changes the world, such as `:fault rcpt 451 x2`. Raises ValueError
        with what is wrong with it."""
        say = words("en")
        refused = self._call(lambda: self._server.order(line, say))
        if refused is not None:
            raise ValueError(f"{line}: {told(refused, say)}")

    def dialogues(self) -> list[str]:
        """All sessions so far as transcripts, passwords masked."""
        return self._call(lambda: [write(one.dialogue(), "text").decode() for one in self._sessions])

    def reset(self) -> None:
        """Everything is as it was at the start: no mail, no faults, no connection remembered."""
        self._call(self._reset)

    def _reset(self) -> None:
        assert self._server.letters is not None
        self._server.owner.replace(self._start)
        self._server.letters.forget()
        self._sessions.clear()
        self._seen.clear()

    def _arrivals(self) -> list[Arrival]:
        assert self._server.letters is not None
        return list(self._server.letters.arrivals)

    def _fits(self, mail: Mail, to: str, subject: str | None) -> bool:
        fits_subject = subject is None or mail.message["Subject"] == subject
        return mail.number not in self._seen and to.lower() in ("", mail.mailbox) and fits_subject

    def _explained(self, to: str, subject: str | None, timeout: float) -> str:
        wanted = " and ".join(
            part for part in (f"to {to}" if to else "", f"with the subject {subject!r}" if subject else "") if part
        )
        told = self.dialogues()
        seen = "\n\n".join(told) if told else "Nobody has connected."
        return f"no mail {wanted or 'at all'} within {timeout} s. What was said until now:\n\n{seen}"

    def _enforce(self, name: str) -> None:
        world = self._server.owner.now()
        self._server.owner.replace(enforcing(world, world.hosts[self._name], name))

    def _call(self, work: Callable[[], Result]) -> Result:
        """Do something in the server's thread, and wait for it."""
        done: Future[Result] = Future()

        def run() -> None:
            try:
                done.set_result(work())
            except Exception as wrong:
                done.set_exception(wrong)

        self._loop.call_soon_threadsafe(run)
        return done.result(START_TIME)

    def _run(self, started: Future[None]) -> None:
        asyncio.run(self._serve(started))

    async def _serve(self, started: Future[None]) -> None:
        self._loop, self._stopping = asyncio.get_running_loop(), asyncio.Event()
        try:
            self._server = self._made()
            await self._server.start()
        except BaseException as wrong:
            started.set_exception(wrong)
            return
        started.set_result(None)
        await self._stopping.wait()
        await self._server.stop()

    def _made(self) -> Server:
        listen = tuple(Listen(name, LOOPBACK, 0) for name in self._names)
        wishes = Wishes(listen, self._name, self._client_ip, self._clock)
        context = None
        if self._with_tls:
            from smtpsim.app.serve.certificate import thrown_away

            context, pem = thrown_away(("localhost", LOOPBACK, self._name))
            self.cert = _file(pem)
        server = Server(wishes, self._world, context)
        server.remember_letters().waiting.append(self._tell)
        server.observers.append(self)
        if self._webhook:
            from smtpsim.app.serve.webhooks.hook import hooks_of

            hooks_of(server).add(self._webhook, self._webhook_form)
        return server

    def heard(self, session: Session, turn: object) -> None:
        """Called by the server for each turn."""
        if not self._sessions or (session is not self._sessions[-1] and session not in self._sessions):
            self._sessions.append(session)

    def ended(self, session: Session) -> None:
        """Called by the server when a session is over."""

    def _tell(self, arrival: Arrival) -> None:
        self._loop.call_soon(self._notify)

    def _notify(self) -> None:
        with self._arrived:
            self._came += 1
            self._arrived.notify_all()


def _check(webhook: str, form: str) -> None:
    from smtpsim.app.serve.webhooks.hook import FORMS, loopback_url

    if not loopback_url(webhook):
        raise ValueError(f"webhook: {webhook!r} is not the http URL of a program on this machine (127.0.0.1, [::1])")
    if form not in FORMS:
        raise ValueError(f"webhook_form: {form!r} is none of {', '.join(FORMS)}")


def _file(content: bytes) -> str:
    descriptor, path = tempfile.mkstemp(prefix="smtpsim-", suffix=".pem")
    with open(descriptor, "wb") as file:
        file.write(content)
    return path
