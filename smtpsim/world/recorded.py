"""A server whose replies are known from a recording. The world judges all the same, for its findings and for what
becomes of the letters; what the server said is the recording's. Where this world does not have the server, a host is
made up of which only the name is known."""

from __future__ import annotations

from functools import cache

from smtpsim.protocol.smtp import extensions, machine, recorded
from smtpsim.protocol.smtp.extensions.auth import MECHANISMS
from smtpsim.protocol.smtp.framing import Unit
from smtpsim.protocol.smtp.offer import service
from smtpsim.protocol.smtp.question import (
    ACCEPTED,
    AskMessage,
    AskRecipient,
    AskSender,
    Disposition,
    Question,
    Verdict,
)
from smtpsim.protocol.smtp.recorded import SILENT, Recorded
from smtpsim.protocol.smtp.service import Limits, Service, SmtpPending, SmtpStep
from smtpsim.protocol.smtp.state import State
from smtpsim.world.apply import apply
from smtpsim.world.connection import Taken, renewed, still_true
from smtpsim.world.judge import judge
from smtpsim.world.memory import remember
from smtpsim.world.model import Case, Connection, Host, Policy, UsedPolicy, World, queue_id
from smtpsim.world.policies import load

_NO_LIMIT = 10**9


def hear(world: World, connection: Connection, unit: Unit, said: Recorded) -> Taken:
    """Feed one unit to the host's end, which answers as recorded."""
    state, lenient = connection.state, _lenient(connection.host.name)
    begun = recorded.begin(state, lenient, unit, said)
    verdict, findings = ACCEPTED, connection.findings
    if isinstance(begun, SmtpPending):
        findings = still_true(findings, begun.question.stage)
        verdict = _judged(world, connection._replace(findings=findings), begun.question)
        findings, world = renewed(findings, verdict.findings), remember(world, verdict.notes)
    step = recorded.follow(state, lenient, unit, begun, verdict, said)
    if step.facts:
        world = apply(world, connection, step.facts)
    return Taken(world, connection._replace(state=step.state, findings=findings), step)


def greet(world: World, connection: Connection, said: Recorded) -> Taken:
    """The connection as it is after a recorded greeting; SILENT where the recording begins later."""
    state, lenient = State(), _lenient(connection.host.name)
    step = SmtpStep(state, None)
    if said is not SILENT:
        pending = machine.connect(state)
        own = machine.finish(state, lenient, pending, ACCEPTED)
        reply = recorded.reply_of(said, own.reply)
        step = machine.finish(state, lenient, pending, Verdict(reply=reply))
    return Taken(world, connection._replace(state=step.state), step)


def interrupt(world: World, connection: Connection, said: Recorded) -> Taken:
    """The server says something that nobody has asked for, as 421 before it hangs up."""
    state = connection.state
    step = machine.hung_up(SmtpStep(state, recorded.reply_of(said, None)))
    return Taken(world, connection._replace(state=step.state), step)


def _judged(world: World, connection: Connection, question: Question) -> Verdict:
    """The world's verdict, without what a fault on demand would do to the reply."""
    client_ip, state = connection.client_ip, connection.state
    host = connection.host._replace(service=_lenient(connection.host.name))
    verdict = judge(world, host, client_ip, state, question, connection.findings)._replace(delay=0, breaks=False)
    if not isinstance(question, AskMessage):
        return verdict
    beyond = _beyond(world, connection, question, verdict)
    return verdict._replace(values={"id": queue_id(world)}, handling=(*beyond, *verdict.handling))


def _beyond(world: World, connection: Connection, letter: AskMessage, verdict: Verdict) -> tuple[Disposition, ...]:
    """The recipients whom this world's host would not have taken the letter for. If the recorded server took it, what
    came then is not known."""
    host, client_ip, _, state, findings, *_ = connection
    envelope = letter.envelope

    def accepts(question: Question) -> bool:
        return judge(world, host, client_ip, state, question, findings).accepts

    if not verdict.accepts or not accepts(AskSender(envelope.sender, envelope.parameters)):
        return (Disposition("", "stay", UNKNOWN),)
    refused = (one.path for one in envelope.recipients if not accepts(AskRecipient(one.path, one.parameters)))
    return tuple(Disposition(str(path), "stay", UNKNOWN) for path in refused)


@cache
def _lenient(name: str) -> Service:
    """A server that knows every command and has no limits: whether there were some, the recording tells."""
    limits = Limits(0, _NO_LIMIT, _NO_LIMIT)
    return service(name, extensions.names(), limits, tuple(MECHANISMS))


UNKNOWN = "recorded"
"""The reason why a letter stays where it is: a recording does not show what the server did with it."""


def _stay(case: Case, question: AskMessage) -> Verdict:
    return Verdict(handling=(Disposition("", "stay", UNKNOWN),))


_STAYS = Policy("recorded", {"message": _stay})


def with_recorded_host(world: World, name: str) -> World:
    """The world with a host of this name, which asks for SPF as most do, and whose letters go no further."""
    asked = load("spf")
    host = Host(
        name=name,
        addresses=(),
        service=service(name),
        domains=frozenset(),
        relay_for=(),
        policies=(UsedPolicy(asked, asked.settings), UsedPolicy(_STAYS, {})),
        users={},
        aliases={},
        lists={},
        plus=False,
        listens=("smtp",),
        serves=(),
        about={},
    )
    return world.with_host(host)
