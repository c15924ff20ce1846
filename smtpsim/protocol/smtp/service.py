"""What one server offers: verbs, each with its row of the transition table; extensions, which bring parameters and
perhaps verbs; limits; and the server's own words for a reply.

They stand in one file because they name each other: a verb's handlers take the service that offers the verb.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import NamedTuple

from smtpsim.kernel.ref import Ref
from smtpsim.protocol import dialogue
from smtpsim.protocol.dialogue import Row, Stay
from smtpsim.protocol.smtp.facts import Fact
from smtpsim.protocol.smtp.parameters import Parameter
from smtpsim.protocol.smtp.question import Question, Verdict
from smtpsim.protocol.smtp.reply import Reply, ReplyRule
from smtpsim.protocol.smtp.state import Phase, State


class Command(NamedTuple):
    """A command line: the verb in upper case, what stands after it, and at which index that begins."""

    verb: str
    argument: str
    start: int
    line: str

    @property
    def column(self) -> int:
        """Where the verb begins."""
        return len(self.line) - len(self.line.lstrip(" \t")) + 1


class SmtpStep(dialogue.Step[State, "Reply | None", Fact]):
    """What one unit of input did; inside a letter there is no reply."""

    __slots__ = ()


class SmtpPending(dialogue.Pending[Question, "Finish"]):
    """A question for the world, and what makes the step of its verdict."""

    __slots__ = ()


Finish = Callable[[State, "Service", Verdict], SmtpStep]

OutOfOrder = Callable[[State, "Service", Command, str], SmtpStep]
"""How a verb that the transition table refuses is answered; the last argument is the reply's key."""

SmtpCell = Phase | Stay | str


def row(
    ready: SmtpCell,
    mail: SmtpCell,
    rcpt: SmtpCell,
    start: SmtpCell = "need-hello",
    chunks: SmtpCell = "in-chunks",
    turned_away: SmtpCell = "only-quit",
) -> Row[Phase]:
    """A verb's row of the transition table (RFC 5321 4.1.4), one cell for each phase that reads commands. What is not
    said is what most verbs do: no command but HELO and EHLO opens a session, and a letter that comes in chunks is not
    to be interrupted (RFC 3030 2)."""
    return dialogue.row(
        {
            Phase.START: start,
            Phase.READY: ready,
            Phase.MAIL: mail,
            Phase.RCPT: rcpt,
            Phase.CHUNKS: chunks,
            Phase.TURNED_AWAY: turned_away,
            Phase.CLOSED: "closed",
        }
    )


class Verb(NamedTuple):
    """A command: its name; the form that HELP and the explanations show; what begins it; its row of the transition
    table.

    `typed` is what completion puts in for it, "" for the name alone; verbs are listed by `rank`, in HELP unless they
    are `hidden`. A verb that `needs_ehlo` is one of an extension, which only EHLO opens (RFC 5321 3.2): servers take it
    after HELO all the same, so that this is only remarked upon. Where the extension is switched off the reply is
    `switched_off`.
    """

    name: str
    form: str
    begin: Callable[[State, Service, Command], SmtpStep | SmtpPending]
    row: Row[Phase]
    rank: int = 500
    typed: str = ""
    hidden: bool = False
    needs_ehlo: bool = False
    switched_off: str = "unknown-command"
    out_of_order: OutOfOrder | None = None


class Ruling(NamedTuple):
    """What the check of a parameter came to: the key of the refusing reply, or "" when it is taken; the key of the
    fault, or "" when there is none; and what the fault is about, where that is not the value itself.

    A fault without a refusal means taken against the grammar, as most servers do.
    """

    refusal: str = ""
    fault: str = ""
    found: str = ""


ParameterCheck = Callable[[Parameter, "Service"], Ruling]


def plainly(service: Service, state: State) -> str | None:
    """The advertisement of an extension whose keyword stands alone."""
    return ""


class Extension(NamedTuple):
    """One extension. `name` is that of its file; `single` are the parameters that may not come twice;
    `advertise` gives what stands after the keyword in the EHLO reply, and None to withhold the line."""

    name: str
    keyword: str
    ref: Ref
    mail: Mapping[str, ParameterCheck] = MappingProxyType({})
    rcpt: Mapping[str, ParameterCheck] = MappingProxyType({})
    single: frozenset[str] = frozenset()
    verbs: tuple[Verb, ...] = ()
    replies: tuple[ReplyRule, ...] = ()
    advertise: Callable[[Service, State], str | None] = plainly


class Limits(NamedTuple):
    """`size` is in octets of the letter, 0 for none; `recipients` of one letter, and `errors` of the client since the
    last accepted letter, are counted. With `refused_count`, as Postfix has it, a recipient that is refused is an error,
    too: who guesses addresses is cut off. Others refuse them one by one (RFC 5321 7.3 leaves that to the host)."""

    size: int = 10_485_760
    recipients: int = 1000
    errors: int = 20
    refused_count: bool = False


class Service(NamedTuple):
    """Made by `offer.service`, which derives the look-up tables from the extensions.

    `texts` maps reply keys to this server's own wording; `fixed` holds the replies that are always the same,
    as said without and with enhanced codes; `mechanisms` are those of AUTH.
    """

    name: str
    extensions: tuple[Extension, ...]
    limits: Limits
    mechanisms: tuple[str, ...]
    texts: Mapping[str, str]
    verbs: Mapping[str, Verb]
    rules: Mapping[str, ReplyRule]
    fixed: Mapping[str, tuple[Reply, Reply]] = MappingProxyType({})
    mail_parameters: Mapping[str, ParameterCheck] = MappingProxyType({})
    rcpt_parameters: Mapping[str, ParameterCheck] = MappingProxyType({})
    single_parameters: frozenset[str] = frozenset()
    keywords: frozenset[str] = frozenset()

    def offers(self, keyword: str) -> bool:
        """Whether EHLO lists this extension."""
        return keyword in self.keywords

    def rule(self, key: str) -> ReplyRule:
        return self.rules[key]
