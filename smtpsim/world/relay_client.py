"""One dialogue of a host with the next one, kept as it was said."""

from __future__ import annotations

from smtpsim.kernel.address import Path
from smtpsim.kernel.duration import MINUTE
from smtpsim.kernel.printable import decoded, encoded
from smtpsim.protocol.smtp.framing import Line, Octets
from smtpsim.protocol.smtp.reply import Reply
from smtpsim.protocol.smtp.state import Phase
from smtpsim.world.batv import tagged_sender
from smtpsim.world.connection import Taken, connect, take, write
from smtpsim.world.model import Hop, Host, Said, World
from smtpsim.world.mta_sts.guard import Guard, Secured
from smtpsim.world.mta_sts.tally import Talk, counted

CRLF = b"\r\n"

PATIENCE = {"DATA": 2 * MINUTE, ".": 10 * MINUTE}
PATIENCE_OTHERWISE = 5 * MINUTE
"""How long a client waits for the reply to a command (RFC 5321 4.5.3.2)."""


class RelayClient:
    """A host plays the client here. `greeting` is the server's first reply; `number` that of the hop. A reply is None
    where the connection broke, or where it came so late that the client had hung up."""

    def __init__(
        self,
        world: World,
        client: Host,
        server: Host,
        client_ip: str,
        mx: str = "",
        guard: Guard | None = None,
        about: int = 0,
    ) -> None:
        """`mx` is the name by which the DNS has the server, `guard` what the client goes by for its domain, `about` the
        outcome of the first recipient that it comes for."""
        self.client, self.server, self._client_ip = client, server, client_ip
        self.mx, self.guard, self._about = mx or server.name, guard, about
        self.secured: Secured | None = None
        self.number = len(world.hops) + 1
        self._now: Taken = connect(world, server, client_ip, self.number)
        self._gone = False
        self._said: list[Said] = []
        self.greeting = self._heard("", world.now)

    def offers(self, keyword: str) -> bool:
        """Whether the server has listed this extension in its answer to EHLO."""
        return self._now.connection.state.esmtp and self.server.service.offers(keyword)

    def sender(self, path: Path) -> Path:
        """The reverse-path to name for a letter of this sender: a host with BATV writes a tag into those of its own."""
        return tagged_sender(self._now.world, self.client, path)

    def say(self, text: str) -> Reply | None:
        """Send one command line and read its reply."""
        return self._answered(text, Line(encoded(text)))

    def expect(self, outcomes: tuple[int, ...], way: tuple[str, ...]) -> None:
        """The letter that comes next is for recipients with these outcomes; these hosts have had it."""
        self._now = self._now._replace(connection=self._now.connection._replace(outcomes=outcomes, way=way))

    def send_letter(self, octets: bytes) -> Reply | None:
        """Send the lines of a letter that ends with CRLF, dots stuffed (RFC 5321 4.5.2), and the dot after them."""
        stuffed = octets.removesuffix(CRLF).replace(b"\r\n.", b"\r\n..")
        block = b"." + stuffed if stuffed.startswith(b".") else stuffed
        self._now = self._now._replace(connection=write(self._now.connection, block))
        self._said.append(Said(decoded(octets)))
        return self.say(".")

    def send_chunk(self, octets: bytes) -> Reply | None:
        """Send a letter as it is, as one chunk (RFC 3030 2)."""
        command = f"BDAT {len(octets)} LAST"
        self._now = take(self._now.world, self._now.connection, Line(encoded(command)))
        self._said.append(Said(command))
        return self._answered(decoded(octets), Octets(octets))

    def quit(self) -> None:
        """Part, unless one side has hung up already."""
        if not self._gone and self._now.connection.state.phase is not Phase.CLOSED:
            self.say("QUIT")

    def recorded(self) -> World:
        """The world after the dialogue, with the hop in it."""
        world = self._now.world
        hop = Hop(
            number=self.number,
            client=self.client.name,
            client_ip=self._client_ip,
            server=self.server.name,
            said=tuple(self._said),
            findings=self._now.connection.findings,
            secured=self.secured,
        )
        world = world._replace(hops=world.hops.insert(self.number, hop))
        if self.secured is None:
            return world
        talk = Talk(self._client_ip, self.mx, self._server_ip(), self._about)
        return counted(world, self.client, self.secured.guard, self.secured.result, talk)

    def _server_ip(self) -> str:
        """The server's address, of the kind that the client's is of."""
        kinds = (address for address in self.server.addresses if (":" in address) == (":" in self._client_ip))
        return next(kinds, "")

    def _answered(self, text: str, unit: Line | Octets) -> Reply | None:
        if self._gone:
            return None
        asked = self._now.world.now
        self._now = take(self._now.world, self._now.connection, unit)
        return self._heard(text, asked)

    def _heard(self, text: str, asked: int) -> Reply | None:
        """The reply, if there was one and it came while the client still waited."""
        reply = self._now.step.reply
        waited = self._now.world.now - asked
        if reply is None or (waited and waited > PATIENCE.get(text, PATIENCE_OTHERWISE)):
            self._gone = True
            reply = None
        self._said.append(Said(text, reply))
        return reply
