"""A server in this process, with clients that write octets as they like."""

from __future__ import annotations

import asyncio
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager

import pytest

from smtpsim.app.serve.certificate import thrown_away
from smtpsim.app.serve.limits import Limits
from smtpsim.app.serve.server import Listen, Server, Wishes
from smtpsim.world.accept_any import accepting_any
from smtpsim.world.load import shipped_world

LOOPBACK = "127.0.0.1"
NO_OTHER_LIMITS = Limits()


class Client(socket.socket):
    """A client that is told what to send, octet by octet."""

    def to(self, port: int) -> Client:
        self.settimeout(10)
        self.connect((LOOPBACK, port))
        return self

    def says(self, octets: bytes, until: bytes = b"\r\n") -> bytes:
        """Send, and read until the answer ends so."""
        self.sendall(octets)
        return self.reads(until)

    def reads(self, until: bytes = b"\r\n") -> bytes:
        heard = b""
        while not heard.endswith(until):
            piece = self.recv(65_536)
            if not piece:
                break
            heard += piece
        return heard

    def rest(self) -> bytes:
        """Everything until the server hangs up."""
        heard = b""
        try:
            while piece := self.recv(65_536):
                heard += piece
        except ConnectionError:
            pass
        return heard


class Running:
    """The server, its loop, and the ports by their names."""

    def __init__(self, server: Server, loop: asyncio.AbstractEventLoop) -> None:
        self.server, self.loop = server, loop
        self.ports = {listen.name: listen.number for listen in server.bound}
        self.clients: list[socket.socket] = []

    def connect(self, name: str = "smtp") -> Client:
        client = Client()
        self.clients.append(client)
        return client.to(self.ports[name])

    def sessions(self, most: int) -> int:
        """How many sessions there are, once there are at most so many, or at the latest after five seconds."""
        deadline = time.monotonic() + 5
        while len(self.server.sessions) > most and time.monotonic() < deadline:
            time.sleep(0.01)
        return len(self.server.sessions)

    def secured(self, client: Client) -> ssl.SSLSocket:
        """The same connection after a TLS handshake, whoever the server is."""
        context = ssl.create_default_context()
        context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
        secret = context.wrap_socket(client)
        self.clients.append(secret)
        return secret

    def greeted(self, name: str = "smtp") -> Client:
        client = self.connect(name)
        client.reads()
        return client


Start = Callable[..., Running]


@pytest.fixture(scope="session")
def tls() -> ssl.SSLContext:
    return thrown_away(("localhost", LOOPBACK))[0]


@pytest.fixture
def start(tls: ssl.SSLContext) -> Iterator[Start]:
    """Start servers: `start("smtp", "pop3", host=..., accept_any=..., limits=Limits(...), clock=...)`."""
    ending = ExitStack()

    def started(
        *names: str,
        host: str = "smtp.example.com",
        accept_any: bool = True,
        limits: Limits = NO_OTHER_LIMITS,
        clock: str = "held",
        own_world: bool = False,
        xclient: tuple[str, ...] = ("127.0.0.0/8",),
        proxy: tuple[str, ...] = (),
        certified: bool = True,
    ) -> Running:
        world = shipped_world()
        world = accepting_any(world, world.hosts[host]) if accept_any else world
        listen = tuple(Listen(name, LOOPBACK, 0) for name in names or ("smtp",))
        wishes = Wishes(listen, host, "", clock, own_world, xclient, proxy, limits)
        return ending.enter_context(run_server(Server(wishes, world, tls if certified else None)))

    with ending:
        yield started


@contextmanager
def run_server(server: Server) -> Iterator[Running]:
    ready, stop = threading.Event(), asyncio.Event()
    loops: list[asyncio.AbstractEventLoop] = []

    async def serve() -> None:
        loops.append(asyncio.get_running_loop())
        await server.start()
        ready.set()
        await stop.wait()
        await server.stop()

    thread = threading.Thread(target=lambda: asyncio.run(serve()))
    thread.start()
    assert ready.wait(10)
    running = Running(server, loops[0])
    yield running
    for client in running.clients:
        client.close()
    loops[0].call_soon_threadsafe(stop.set)
    thread.join(20)
    assert not thread.is_alive()
