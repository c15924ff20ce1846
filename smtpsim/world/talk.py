"""One dialogue of a host with the next one, kept as it was said."""

from __future__ import annotations

from smtpsim.kernel.printable import decoded, encoded
from smtpsim.protocol.smtp.framing import Line
from smtpsim.protocol.smtp.reply import Reply
from smtpsim.world.connection import Taken, connect, take
from smtpsim.world.model import Hop, Host, Said, World


class Talk:
    """A host plays the client here. `greeting` is the server's first reply; `number` that of the hop."""

    def __init__(self, world: World, client: Host, server: Host) -> None:
        self.client, self.server = client, server
        self.number = len(world.hops) + 1
        opened = connect(world, server, client.addresses[0], self.number)
        self._now: Taken = opened
        self.greeting = self._reply()
        self._said = [Said("", self.greeting.wire())]

    def say(self, text: str) -> Reply:
        """Send one command line and read its reply."""
        self._now = take(self._now.world, self._now.connection, Line(encoded(text)))
        reply = self._reply()
        self._said.append(Said(text, reply.wire()))
        return reply

    def offers(self, keyword: str) -> bool:
        return self._now.connection.state.esmtp and self.server.service.offers(keyword)

    def send_letter(self, octets: bytes, outcomes: tuple[int, ...]) -> None:
        """Send the letter's lines, dots stuffed (RFC 5321 4.5.2). `outcomes` are those of its recipients."""
        world, connection, _ = self._now
        connection = connection._replace(outcomes=outcomes)
        for line in octets.removesuffix(b"\r\n").split(b"\r\n"):
            stuffed = b"." + line if line[:1] == b"." else line
            self._now = take(world, connection, Line(stuffed))
            world, connection, _ = self._now
        self._said.append(Said(decoded(octets), ""))

    def recorded(self) -> World:
        """The world after the dialogue, with the hop in it."""
        world = self._now.world
        hop = Hop(
            self.number, self.client.name, self.client.addresses[0], self.server.name, tuple(self._said)
        )
        return world._replace(hops=world.hops.insert(self.number, hop))

    def _reply(self) -> Reply:
        reply = self._now.step.reply
        assert reply is not None
        return reply
