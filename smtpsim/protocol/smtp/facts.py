"""What happened, as the protocol can tell it. The world, the panel and the outcomes go by these."""

from __future__ import annotations

from typing import Literal, NamedTuple

from smtpsim.kernel.address import Path
from smtpsim.protocol.dialogue import Closed, Connected, LoggedIn, LoginRefused, TlsStarted, fact_keys
from smtpsim.protocol.smtp.question import Disposition
from smtpsim.protocol.smtp.reply import Reply
from smtpsim.protocol.smtp.state import Content, Envelope


class HelloGiven(NamedTuple):
    name: str
    esmtp: bool
    key: Literal["hello"] = "hello"


class TransactionBegun(NamedTuple):
    sender: Path
    key: Literal["sender"] = "sender"


class SenderRefused(NamedTuple):
    sender: Path
    reply: Reply
    key: Literal["sender-refused"] = "sender-refused"


class RecipientTaken(NamedTuple):
    recipient: Path
    key: Literal["recipient"] = "recipient"


class RecipientRefused(NamedTuple):
    recipient: Path
    reply: Reply
    key: Literal["recipient-refused"] = "recipient-refused"


class LetterBegun(NamedTuple):
    key: Literal["letter-begun"] = "letter-begun"


class LetterTaken(NamedTuple):
    """The server took responsibility for the letter (RFC 5321 4.2.5). `trace` is what it writes above it, `handling`
    names the recipients who do not get it as usual."""

    envelope: Envelope
    content: Content
    queue_id: str
    trace: str = ""
    handling: tuple[Disposition, ...] = ()
    key: Literal["letter-taken"] = "letter-taken"


class LetterRefused(NamedTuple):
    envelope: Envelope
    reply: Reply
    key: Literal["letter-refused"] = "letter-refused"


class TransactionDropped(NamedTuple):
    """RSET, a new HELO or QUIT threw an unfinished envelope away."""

    key: Literal["transaction-dropped"] = "transaction-dropped"


Fact = (
    Connected
    | HelloGiven
    | TransactionBegun
    | SenderRefused
    | RecipientTaken
    | RecipientRefused
    | LetterBegun
    | LetterTaken
    | LetterRefused
    | TransactionDropped
    | TlsStarted
    | LoggedIn
    | LoginRefused
    | Closed
)

FACT_KEYS = fact_keys(Fact)
"""The key of every kind of fact; the words for it are in the catalogues, under `fact.KEY`."""
