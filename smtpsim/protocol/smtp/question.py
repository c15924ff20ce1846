"""What the protocol asks the world, and the one answer it gets. The world decides, the protocol says it."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal, NamedTuple

from smtpsim.kernel.address import Path
from smtpsim.kernel.finding import Finding
from smtpsim.protocol.smtp.parameters import Parameter
from smtpsim.protocol.smtp.reply import Reply, ReplyRule
from smtpsim.protocol.smtp.state import Content, Envelope

_NO_VALUES: Mapping[str, object] = MappingProxyType({})


class Disposition(NamedTuple):
    """What becomes of an accepted letter for one recipient, otherwise than the client was told.

    `address` is the forward-path, "" for every recipient; `action` is drop (it is never delivered), junk (it goes to
    the junk folder) or stay (what the host does with it is not known); `reason` is a key for the catalogues
    (`handling.KEY`).
    """

    address: str
    action: Literal["drop", "junk", "stay"]
    reason: str


class Verdict(NamedTuple):
    """The world's answer. `rule` is the refusal (or other reply) to give, None for the usual acceptance.

    `values` fill the reply's text; `findings` are what was looked up on the way; `trace` holds the header lines
    that the server writes above an accepted letter, each with its CRLF; `handling` tells which recipients of an
    accepted letter do not get it as usual; `notes` are what the world shall remember, and none of the protocol's.
    The reply takes `delay` seconds; with `breaks` there is none, and the connection is gone.
    `reply`, where it is given, is said as it stands, in the place of every other.
    """

    rule: ReplyRule | None = None
    values: Mapping[str, object] = _NO_VALUES
    findings: tuple[Finding, ...] = ()
    trace: str = ""
    handling: tuple[Disposition, ...] = ()
    notes: tuple[object, ...] = ()
    delay: int = 0
    breaks: bool = False
    reply: Reply | None = None

    @property
    def accepts(self) -> bool:
        if self.reply:
            return self.reply.accepts
        return not self.breaks and (self.rule is None or self.rule.accepts)


ACCEPTED = Verdict()


class AskConnection(NamedTuple):
    """May this client speak at all?"""

    stage: Literal["connect"] = "connect"


class AskHello(NamedTuple):
    name: str
    esmtp: bool
    stage: Literal["helo"] = "helo"


class AskSender(NamedTuple):
    path: Path
    parameters: tuple[Parameter, ...]
    stage: Literal["mail"] = "mail"


class AskRecipient(NamedTuple):
    path: Path
    parameters: tuple[Parameter, ...]
    stage: Literal["rcpt"] = "rcpt"


class AskData(NamedTuple):
    """May the letter begin?"""

    stage: Literal["data"] = "data"


class AskMessage(NamedTuple):
    """The letter is whole: take it? An accepting verdict gives `values["id"]`, the queue's name for it."""

    envelope: Envelope
    content: Content
    stage: Literal["message"] = "message"


class AskQuit(NamedTuple):
    """The client means to go: nobody can keep it, but the answer may be late, or another one."""

    stage: Literal["quit"] = "quit"


class AskVerify(NamedTuple):
    path: Path
    stage: Literal["vrfy"] = "vrfy"


class AskExpand(NamedTuple):
    text: str
    stage: Literal["expn"] = "expn"


class AskChallenge(NamedTuple):
    """A CRAM-MD5 challenge is needed: `values["challenge"]` holds it (RFC 2195 2). As long as the session has brought
    no letter, `number` is another one for each."""

    mechanism: str
    number: int = 0
    stage: Literal["challenge"] = "challenge"


class AskLogin(NamedTuple):
    """Do these credentials fit? `secret` is the password, or the digest that answers `challenge`."""

    mechanism: str
    user: str
    secret: str
    challenge: str
    stage: Literal["auth"] = "auth"


Question = (
    AskConnection
    | AskHello
    | AskSender
    | AskRecipient
    | AskData
    | AskMessage
    | AskQuit
    | AskVerify
    | AskExpand
    | AskChallenge
    | AskLogin
)
