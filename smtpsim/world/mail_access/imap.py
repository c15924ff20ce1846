"""IMAP at a host of the world: each command that needs the mailboxes sees them as they are then (RFC 3501 5.2)."""

from __future__ import annotations

from smtpsim.protocol.imap import machine
from smtpsim.protocol.imap.question import AskLogin, AskMaildrops, Verdict
from smtpsim.protocol.imap.service import ImapPending, ImapStep, Service
from smtpsim.protocol.imap.state import State
from smtpsim.protocol.smtp.framing import Unit
from smtpsim.world.mail_access.access import Access, Fetched, MailAccess, access_reply, address_of, admitted
from smtpsim.world.mail_access.maildrop import applied, maildrops
from smtpsim.world.model import Host, World


def _connect(world: World, host: Host, client_ip: str) -> Fetched:
    access = MailAccess("imap", host, client_ip, State())
    return _fetched(world, access, machine.connect(access.state, _service(host)))


def _take(world: World, access: MailAccess, unit: Unit) -> Fetched:
    service = _service(access.host)
    step = machine.begin(access.state, service, unit)
    if isinstance(step, ImapPending):
        verdict = _judge(world, access.host, service, step.question)
        step = machine.finish(access.state, service, step, verdict)
    return _fetched(world, access, step)


def _time_out(world: World, access: MailAccess) -> Fetched:
    return _fetched(world, access, machine.time_out(access.state, _service(access.host)))


def _push(world: World, access: MailAccess) -> Fetched | None:
    """What a client that idles is to be told now (RFC 2177), None for nothing."""
    if not access.waits:
        return None
    verdict = Verdict(maildrops=maildrops(world, access.mailbox, access.folder))
    step = machine.push(access.state, _service(access.host), verdict)
    return _fetched(world, access, step) if step else None


def _service(host: Host) -> Service:
    """A host that can start TLS has it in the list of its extensions, whatever it listens for."""
    return Service(host.name, tls=host.service.offers("STARTTLS"))


def _judge(world: World, host: Host, service: Service, question: AskLogin | AskMaildrops) -> Verdict:
    if isinstance(question, AskMaildrops):
        found = maildrops(world, address_of(host, question.user), question.mailbox)
        return Verdict(maildrops=found, now=world.now)
    fits = admitted(world, host, question.user, question.secret)
    return Verdict() if fits else Verdict(service.rule("login-refused"))


def _fetched(world: World, access: MailAccess, step: ImapStep) -> Fetched:
    later = access._replace(state=step.state)
    said = step.reply
    reply = access_reply(said.key, said.accepts, said.lines, said.ref) if said else None
    world = applied(world, later.mailbox, step.facts) if later.mailbox else world
    return Fetched(world, later, reply, step.facts, step.faults)


ACCESS = Access(_connect, _take, _time_out, machine.IDLE_TIME, _push)
