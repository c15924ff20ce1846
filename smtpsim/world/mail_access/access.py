"""A connection by which a reader's program picks up mail, and what a protocol must know to play the server."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from smtpsim.kernel.fault import Fault
from smtpsim.kernel.printable import encoded
from smtpsim.kernel.ref import Ref
from smtpsim.protocol.smtp.framing import Unit
from smtpsim.protocol.smtp.reply import Reply
from smtpsim.world.accounts import login_name
from smtpsim.world.mail_access.maildrop import INBOX, named
from smtpsim.world.model import Host, World


class AccessReply(Reply):
    """A reply of POP3 or IMAP: a status word stands where SMTP has digits, and `lines` are whole.

    `code` is 0 where the reply accepts and 500 where it refuses; it is never shown.
    """

    __slots__ = ()

    def wire(self) -> str:
        """The reply as sent; octets of a mail that are no UTF-8 stand in it as lone surrogates."""
        return "".join(f"{line}\r\n" for line in self.lines)


def access_reply(key: str, accepts: bool, lines: tuple[str, ...], ref: Ref) -> AccessReply:
    return AccessReply(key, 0 if accepts else 500, "", lines, ref)


class MailAccess(NamedTuple):
    """`state` is the protocol's own; `protocol` is the name of its file."""

    protocol: str
    host: Host
    client_ip: str
    state: Any

    @property
    def over(self) -> bool:
        return str(self.state.phase) == "closed"

    @property
    def mailbox(self) -> str:
        """The address of the mailbox whose owner has logged in, "" before that."""
        return address_of(self.host, self.state.user) if self.state.user else ""

    @property
    def waits(self) -> bool:
        """Whether the server is to tell what is new as soon as it happens (RFC 2177 3)."""
        return str(self.state.phase) == "idle"

    @property
    def opened(self) -> str:
        """The name under which the world knows the mailbox that is open."""
        return named(self.mailbox, self.folder)

    @property
    def folder(self) -> str:
        """The folder that is open in IMAP, in the protocol's words; INBOX where none is."""
        selected = getattr(self.state, "selected", None)
        return selected.maildrop.name if selected else INBOX


class Fetched(NamedTuple):
    """What one unit of input came to."""

    world: World
    access: MailAccess
    reply: Reply | None
    facts: tuple[Any, ...]
    faults: tuple[Fault, ...]


def nothing_new(world: World, access: MailAccess) -> Fetched | None:
    """What is told unasked by a protocol whose server only answers."""
    return None


class Access(NamedTuple):
    """A protocol: how a connection is opened, what a unit of input does, what comes of a client that says nothing for
    `idle_time` seconds, and what the server says unasked when the world has changed."""

    connect: Callable[[World, Host, str], Fetched]
    take: Callable[[World, MailAccess, Unit], Fetched]
    time_out: Callable[[World, MailAccess], Fetched]
    idle_time: int
    push: Callable[[World, MailAccess], Fetched | None] = nothing_new


def address_of(host: Host, user: str) -> str:
    """The mailbox that a login name means: a whole address, or a local part in the first domain served."""
    return login_name(user if "@" in user else f"{user}@{next(iter(host.serves), '')}")


def admitted(world: World, host: Host, user: str, secret: str, challenge: str = "") -> bool:
    """Whether the password fits, or APOP's digest of it and the challenge, and the mailbox is served here."""
    address = address_of(host, user)
    if host.accepts_any:
        return True
    served = address in world.mailboxes and address.rpartition("@")[2] in host.serves
    password = host.users.get(address)
    if not served or password is None:
        return False
    return secret.lower() == apop_digest(password, challenge) if challenge else secret == password


def apop_digest(password: str, challenge: str) -> str:
    """What APOP sends, in hexadecimal (RFC 1939 7)."""
    from hashlib import md5

    return md5(encoded(challenge + password)).hexdigest()
