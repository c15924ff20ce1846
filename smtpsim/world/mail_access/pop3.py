"""POP3 at a host of the world: a log-in gives the session the mailbox as it is at that moment (RFC 1939 4)."""

from __future__ import annotations

from smtpsim.protocol.dialogue import Closed
from smtpsim.protocol.pop3 import machine
from smtpsim.protocol.pop3.question import AskLogin, Verdict
from smtpsim.protocol.pop3.service import PopPending, PopStep, Service
from smtpsim.protocol.pop3.state import State
from smtpsim.protocol.smtp.framing import Line, Unit
from smtpsim.world.mail_access.access import Access, Fetched, MailAccess, access_reply, address_of, admitted
from smtpsim.world.mail_access.maildrop import applied, maildrop
from smtpsim.world.model import Host, World, queue_id


def _connect(world: World, host: Host, client_ip: str) -> Fetched:
    timestamp = f"<{queue_id(world)}.{world.now}@{host.name}>"
    access = MailAccess("pop3", host, client_ip, State(timestamp=timestamp))
    return _fetched(world, access, machine.connect(access.state, _service(host)))


def _take(world: World, access: MailAccess, unit: Unit) -> Fetched:
    assert isinstance(unit, Line)
    service = _service(access.host)
    step = machine.begin(access.state, service, unit)
    if isinstance(step, PopPending):
        verdict = _judge(world, access.host, service, step.question)
        step = machine.finish(access.state, service, step, verdict)
    return _fetched(world, access, step)


def _service(host: Host) -> Service:
    """A host that can start TLS has it in the list of its extensions, whatever it listens for."""
    return Service(host.name, tls=host.service.offers("STARTTLS"))


def _time_out(world: World, access: MailAccess) -> Fetched:
    closed = access._replace(state=machine.time_out(access.state))
    return Fetched(world, closed, None, (Closed("server"),), ())


def _judge(world: World, host: Host, service: Service, question: AskLogin) -> Verdict:
    if not admitted(world, host, question.user, question.secret, question.challenge):
        return Verdict(service.rule("login-refused"))
    return Verdict(maildrop=maildrop(world, address_of(host, question.user)))


def _fetched(world: World, access: MailAccess, step: PopStep) -> Fetched:
    later = access._replace(state=step.state)
    reply = access_reply(step.reply.key, step.reply.accepts, step.reply.lines, step.reply.ref)
    world = applied(world, later.mailbox, step.facts) if later.mailbox else world
    return Fetched(world, later, reply, step.facts, step.faults)


ACCESS = Access(_connect, _take, _time_out, machine.IDLE_TIME)
