"""What one IMAP server is: its name, its limits, its own words for a reply; and its verbs, each with its row of the
transition table.

They stand in one file because they name each other: a verb's handler takes the service.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import Any, Generic, NamedTuple, TypeVar

from smtpsim.kernel.fault import Fault
from smtpsim.protocol import dialogue
from smtpsim.protocol.dialogue import Row, Stay
from smtpsim.protocol.imap.facts import Fact
from smtpsim.protocol.imap.question import AskMaildrops, Question, Verdict
from smtpsim.protocol.imap.replies import RULES
from smtpsim.protocol.imap.reply import BYE, UNTAGGED, Reply, ReplyRule, after, fill
from smtpsim.protocol.imap.scanner import Scanner
from smtpsim.protocol.imap.state import Phase, Selected, State
from smtpsim.protocol.maildrop import Mail

_NO_TEXTS: Mapping[str, str] = MappingProxyType({})

EXTENSIONS = ("SASL-IR", "IDLE", "NAMESPACE", "ID", "UIDPLUS", "SPECIAL-USE")
"""What every server of ours has beyond RFC 3501: RFC 4959, RFC 2177, RFC 2342, RFC 2971, RFC 4315, RFC 6154."""

MECHANISMS = ("PLAIN",)
"""What AUTHENTICATE takes."""


class Limits(NamedTuple):
    """How much a stranger may ask for.

    `command` is in octets with all literals, `message` those of the one that APPEND brings, `reply` in characters that
    one FETCH gives; `flags` counts those of one mail, `mailboxes` those of one user, `errors` the refusals that end the
    session.
    """

    command: int = 65_536
    reply: int = 33_554_432
    flags: int = 50
    errors: int = 20
    message: int = 10_485_760
    mailboxes: int = 200


class Service(NamedTuple):
    """`texts` maps reply keys to this server's own wording; `tls` tells whether STARTTLS is offered."""

    name: str
    texts: Mapping[str, str] = _NO_TEXTS
    limits: Limits = Limits()
    tls: bool = True

    def rule(self, key: str) -> ReplyRule:
        return RULES[key]


def capabilities(state: State, service: Service) -> str:
    """What CAPABILITY lists now (RFC 3501 6.1.1): ways to log in only before that, STARTTLS only before TLS."""
    login = tuple(f"AUTH={name}" for name in MECHANISMS) if state.user is None else ()
    tls = ("STARTTLS",) if service.tls and not state.tls and state.user is None else ()
    return " ".join(("IMAP4rev1", *tls, *login, *EXTENSIONS))


class Command(NamedTuple):
    """A command's tag and verb (in upper case). `by_uid`: it stands after UID, and numbers are unique identifiers."""

    tag: str
    verb: str
    by_uid: bool = False


class ImapStep(dialogue.Step[State, "Reply | None", Fact]):
    """What one unit of input did; inside a literal there is no reply."""

    __slots__ = ()


class ImapPending(dialogue.Pending[Question, "Finish"]):
    """A question for the world, and what makes the step of its verdict."""

    __slots__ = ()


Finish = Callable[[State, Service, Verdict], ImapStep]

Cell = Phase | Stay | str


def anywhere(cell: Cell) -> Row[Phase]:
    """The row of a verb that is always there (RFC 3501 6.1)."""
    return _row(cell, cell, cell)


def before_login(cell: Cell) -> Row[Phase]:
    """The row of a verb that logs in, or comes before that (RFC 3501 6.2)."""
    return _row(cell, "already-in", "already-in")


def after_login(cell: Cell = Stay.STAY) -> Row[Phase]:
    """The row of a verb that is about mailboxes (RFC 3501 6.3)."""
    return _row("need-login", cell, cell)


def in_mailbox(cell: Cell = Stay.STAY) -> Row[Phase]:
    """The row of a verb that is about mails (RFC 3501 6.4)."""
    return _row("need-login", "need-select", cell)


def _row(outside: Cell, authenticated: Cell, selected: Cell) -> Row[Phase]:
    """A row of the transition table, one cell for each phase that reads commands."""
    return dialogue.row(
        {
            Phase.NOT_AUTHENTICATED: outside,
            Phase.AUTHENTICATED: authenticated,
            Phase.SELECTED: selected,
            Phase.CLOSED: "closed",
        }
    )


Arguments = TypeVar("Arguments")


def most_octets(limits: Limits) -> int:
    """How long most commands may be, with their literals."""
    return limits.command


class Verb(NamedTuple, Generic[Arguments]):
    """A command's name, the form that replies and explanations show, what reads its arguments, its handler, and its row
    of the transition table; `most` says how many octets it may have. Verbs are listed by `rank`."""

    name: str
    form: str
    read: Callable[[Scanner], Arguments | Fault]
    begin: Callable[[State, Service, Command, Arguments], ImapStep | ImapPending]
    row: Row[Phase]
    rank: int = 500
    most: Callable[[Limits], int] = most_octets


AnyVerb = Verb[Any]


def no_arguments(scanner: Scanner) -> None:
    """The reader of a verb that stands alone."""


def say(service: Service, tag: str, rule: ReplyRule, **values: object) -> Reply:
    """The reply that `rule` stands for, in this server's words."""
    values["server"] = service.name
    text = service.texts.get(rule.key, rule.text)
    return fill(rule, text, UNTAGGED if rule.status == BYE else tag, values)


def answer(
    state: State,
    service: Service,
    command: Command,
    key: str,
    untagged: Iterable[str] = (),
    *facts: Fact,
    **values: object,
) -> ImapStep:
    """A command carried out: the untagged responses, and the line that completes it."""
    return ImapStep(state, after(say(service, command.tag, service.rule(key), **values), untagged), facts)


def refuse(state: State, service: Service, tag: str, key: str, *faults: Fault, **values: object) -> ImapStep:
    """A step that changes nothing but the talk: the reply and the faults after it."""
    return ImapStep(state, say(service, tag, service.rule(key), **values), (), faults)


def with_maildrops(state: State, service: Service, command: Command, finish: Finish, mailbox: str = "") -> ImapPending:
    """Ask for the user's mailboxes, or for the one that is named; `finish` makes the step, unless the world refuses."""

    def judged(state: State, service: Service, verdict: Verdict) -> ImapStep:
        if verdict.rule is None or verdict.accepts:
            return finish(state, service, verdict)
        return ImapStep(state, say(service, command.tag, verdict.rule, **verdict.values))

    return ImapPending(AskMaildrops(state.user or "", mailbox), judged)


def selected(state: State) -> Selected:
    """The mailbox that is selected: the transition table lets no verb ask for it before there is one."""
    assert state.selected is not None
    return state.selected


def with_mails(state: State, mails: Iterable[Mail]) -> State:
    """The state with other mails in its mailbox."""
    before = selected(state)
    return state._replace(selected=before._replace(maildrop=before.maildrop._replace(mails=tuple(mails))))
