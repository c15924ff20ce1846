"""What a sender's program makes of a draft: an envelope and a message. Whoever is in Bcc stands on the envelope
only."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from smtpsim.kernel.address import split_address
from smtpsim.kernel.dots import stuffed
from smtpsim.kernel.printable import decoded
from smtpsim.message.body import written
from smtpsim.message.dates import date
from smtpsim.message.draft import Draft
from smtpsim.message.fields import address_field, folded, text_field

UNDISCLOSED = "undisclosed-recipients:;"
"""What stands in To when nobody is named: a group without members (RFC 5322 3.4)."""


class Stamp(NamedTuple):
    """When a message is written, in seconds since 1970, and what tells its Message-ID from all others."""

    now: int
    identity: str


class Outgoing(NamedTuple):
    """A message ready for SMTP: the two parts of its envelope, and its lines without line ends or stuffed dots.

    `sender` is "" for the null sender. No line holds the Bcc.
    """

    sender: str
    recipients: tuple[str, ...]
    lines: tuple[bytes, ...]


Split = Callable[[Outgoing], tuple[Outgoing, ...]]
"""How many transactions a message with several recipients takes."""


def compose(draft: Draft, stamp: Stamp, offered: frozenset[str]) -> Outgoing:
    """Compose for a server that offers these extensions (the keywords of EHLO's reply)."""
    body = written(draft.body, offered)
    header = (line.encode() for line in (*_header(draft, stamp), *body.fields))
    return Outgoing(draft.sender, draft.recipients, (*header, b"", *body.lines))


def one_for_all(message: Outgoing) -> tuple[Outgoing, ...]:
    """One transaction with every recipient on its envelope."""
    return (message,)


def one_each(message: Outgoing) -> tuple[Outgoing, ...]:
    """The same message once for each recipient."""
    return tuple(message._replace(recipients=(recipient,)) for recipient in message.recipients)


def stamp(draft: Draft, now: int, seed: int, turn: int) -> Stamp:
    """The stamp of a draft that is sent at this turn of a session; the same for the same arguments."""
    from hashlib import sha256
    from time import gmtime, strftime

    digest = sha256(f"{seed} {turn} {draft!r}".encode()).hexdigest()
    return Stamp(now, f"{strftime('%Y%m%d%H%M%S', gmtime(now))}.{digest[:10]}")


def mail_command(message: Outgoing, offered: frozenset[str]) -> str:
    """MAIL with the parameters that this message needs, as far as the server knows them."""
    size = sum(map(len, message.lines)) + 2 * len(message.lines)
    envelope = f"{message.sender}{message.recipients}"
    wanted = (
        ("SIZE", f"SIZE={size}", True),
        ("8BITMIME", "BODY=8BITMIME", not all(map(bytes.isascii, message.lines))),
        ("SMTPUTF8", "SMTPUTF8", not envelope.isascii()),
    )
    parameters = [word for keyword, word, needed in wanted if needed and keyword in offered]
    return " ".join([f"MAIL FROM:<{message.sender}>", *parameters])


def rcpt_command(recipient: str) -> str:
    return f"RCPT TO:<{recipient}>"


def content_lines(message: Outgoing) -> Iterator[str]:
    """The lines of the message as they go over the wire, the final dot among them (RFC 5321 4.5.2)."""
    for line in message.lines:
        yield decoded(stuffed(line))
    yield "."


def client_lines(helo: str, messages: Sequence[Outgoing], offered: frozenset[str]) -> tuple[str, ...]:
    """All that a client says to hand in these messages, as long as the server accepts everything."""
    lines = [f"EHLO {helo}"]
    for message in messages:
        lines += transaction_lines(message, offered)
    return (*lines, "QUIT")


def transaction_lines(message: Outgoing, offered: frozenset[str]) -> Iterator[str]:
    """One transaction, from MAIL to the final dot."""
    yield mail_command(message, offered)
    yield from map(rcpt_command, message.recipients)
    yield "DATA"
    yield from content_lines(message)


def _header(draft: Draft, stamp: Stamp) -> Iterator[str]:
    """The header's lines. The Bcc field is not among them (RFC 5322 3.6.3, first way)."""
    yield from address_field("From", (draft.author,))
    for name, addresses in (("To", draft.to), ("Cc", draft.cc), ("Reply-To", draft.reply_to)):
        if addresses:
            yield from address_field(name, addresses)
        elif name == "To" and not draft.cc:
            yield f"To: {UNDISCLOSED}"
    if draft.subject:
        yield from text_field("Subject", draft.subject)
    yield f"Date: {date(stamp.now)}"
    yield from folded("Message-ID", f"<{stamp.identity}@{split_address(draft.author.address).host}>")
    if draft.receipt_to:
        yield from address_field("Disposition-Notification-To", draft.receipt_to)
