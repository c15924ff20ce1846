"""What one stranger may use of a server, and what it says, as real servers do, when that is used up."""

from __future__ import annotations

from typing import NamedTuple

from smtpsim.kernel.duration import MINUTE
from smtpsim.kernel.ref import Ref
from smtpsim.protocol.smtp.machine import IDLE_TIME
from smtpsim.protocol.smtp.reply import ReplyRule, fill
from smtpsim.world.mail_access import load as load_access


class Limits(NamedTuple):
    """Connections in all and from one address; commands between two letters; octets of one connection that wait to be
    sent; octets of all mail that is held in memory (`smtpsim.app.serve.room`); mailboxes. Times are in seconds: how
    long a server waits for a whole command or line (None: as long as its protocol says), for a TLS handshake, and for
    a client that does not read."""

    connections: int = 4000
    from_address: int = 2500
    commands: int = 5000
    unsent: int = 262_144
    memory: int = 1_073_741_824
    mailboxes: int = 200_000
    command_time: float | None = None
    handshake_time: float = 30.0
    sending_time: float = 1 * MINUTE

    def idle_time(self, protocol: str) -> float:
        """How long a server of this protocol waits for a whole command or line."""
        if self.command_time is not None:
            return self.command_time
        return IDLE_TIME if protocol == "smtp" else load_access(protocol).idle_time


TOO_MANY = ReplyRule(
    "serve-connections", 421, "4.3.2", "{server} Too many connections, try again later", Ref(5321, "3.8")
)
TOO_MANY_FROM = ReplyRule(
    "serve-connections-from", 421, "4.7.0", "{server} Error: too many connections from {ip}", Ref(5321, "3.8")
)
TOO_MANY_COMMANDS = ReplyRule(
    "serve-commands", 421, "4.7.0", "{server} Error: too many commands, closing connection", Ref(5321, "4.3.2")
)
NO_ROOM_LEFT = ReplyRule(
    "serve-no-room-left", 421, "4.3.1", "{server} Insufficient system storage, closing connection", Ref(5321, "3.8")
)
SHUTTING_DOWN = ReplyRule(
    "serve-shutdown", 421, "4.3.2", "{server} Service shutting down, closing connection", Ref(5321, "3.8")
)


def farewell(protocol: str, rule: ReplyRule, server: str, ip: str = "") -> bytes:
    """What is said before the server hangs up unasked. POP3 knows no such reply: an -ERR is read as the answer to
    whatever comes next (RFC 1939 3)."""
    said = fill(rule, rule.text, {"server": server, "ip": ip}, True)
    if protocol == "smtp":
        return said.wire().encode()
    sign = "* BYE" if protocol == "imap" else "-ERR"
    return f"{sign} {' '.join(said.lines)}\r\n".encode()
