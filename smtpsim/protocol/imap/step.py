"""What one unit of input did, and how a verb is described to the machine."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Generic, NamedTuple, TypeVar

from smtpsim.kernel.fault import Fault
from smtpsim.protocol.imap.facts import Fact
from smtpsim.protocol.imap.question import Question, Verdict
from smtpsim.protocol.imap.reply import BYE, UNTAGGED, Reply, ReplyRule, after, fill
from smtpsim.protocol.imap.scanner import Scanner
from smtpsim.protocol.imap.service import Service
from smtpsim.protocol.imap.state import Selected, State
from smtpsim.protocol.maildrop import Mail


class Command(NamedTuple):
    """A command's tag and verb (in upper case). `by_uid`: it stands behind UID, and numbers are unique identifiers."""

    tag: str
    verb: str
    by_uid: bool = False


class Step(NamedTuple):
    """The state after the input, the reply (None inside a literal), the facts, and what was odd or wrong."""

    state: State
    reply: Reply | None
    facts: tuple[Fact, ...] = ()
    faults: tuple[Fault, ...] = ()


class Pending(NamedTuple):
    """A question for the world. `finish` makes the step of its verdict; `faults` were found in the command."""

    question: Question
    finish: Callable[[State, Service, Verdict], Step]
    faults: tuple[Fault, ...] = ()


Arguments = TypeVar("Arguments")


class Verb(NamedTuple, Generic[Arguments]):
    """A command's name, the form that replies and explanations show, what reads its arguments, and its handler."""

    name: str
    form: str
    read: Callable[[Scanner], Arguments | Fault]
    begin: Callable[[State, Service, Command, Arguments], Step | Pending]


AnyVerb = Verb[Any]


def no_arguments(scanner: Scanner) -> None:
    """The reader of a verb that stands alone."""


def say(service: Service, tag: str, rule: ReplyRule, **values: object) -> Reply:
    """The reply that `rule` stands for, in this server's words."""
    values["server"] = service.name
    text = service.texts.get(rule.key, rule.text)
    return fill(rule, text, UNTAGGED if rule.status == BYE else tag, values)


def answer(
    state: State, service: Service, command: Command, key: str, untagged: Iterable[str] = (), *facts: Fact
) -> Step:
    """A command carried out: the untagged responses, and the line that completes it."""
    return Step(state, after(say(service, command.tag, service.rule(key)), untagged), facts)


def refuse(state: State, service: Service, tag: str, key: str, *faults: Fault, **values: object) -> Step:
    """A step that changes nothing but the talk: the reply and the faults behind it."""
    return Step(state, say(service, tag, service.rule(key), **values), (), faults)


def refused(state: State, service: Service, command: Command, verdict: Verdict) -> Step | None:
    """The step of a verdict that refuses, None when it accepts."""
    if verdict.rule is None or verdict.accepts:
        return None
    return Step(state, say(service, command.tag, verdict.rule, **verdict.values))


def selected(state: State) -> Selected:
    """The mailbox that is selected: the transition table lets no verb ask for it before there is one."""
    assert state.selected is not None
    return state.selected


def with_mails(state: State, mails: Iterable[Mail]) -> State:
    """The state with other mails in its mailbox."""
    before = selected(state)
    return state._replace(selected=before._replace(maildrop=before.maildrop._replace(mails=tuple(mails))))
