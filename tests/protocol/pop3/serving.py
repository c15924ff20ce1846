"""A dialogue at the other end of a socket pair, for real clients."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread
from typing import Protocol

PATIENCE = 10
"""Seconds until a client or the server gives up on the other, so that no test hangs."""


class Served(Protocol):
    """A dialogue that takes octets and gives octets."""

    @property
    def closed(self) -> bool: ...

    def octets(self, data: bytes) -> bytes: ...


@contextmanager
def served(dialogue: Served, greeting: bytes) -> Iterator[socket.socket]:
    """The client's end of the connection."""
    client, server = socket.socketpair()
    for end in (client, server):
        end.settimeout(PATIENCE)
    thread = Thread(target=_serve, args=(dialogue, greeting, server))
    thread.start()
    try:
        yield client
    finally:
        client.close()
        thread.join(PATIENCE)
        assert not thread.is_alive()


def _serve(dialogue: Served, greeting: bytes, server: socket.socket) -> None:
    with server:
        server.sendall(greeting)
        while not dialogue.closed and (data := server.recv(4096)):
            server.sendall(dialogue.octets(data))
