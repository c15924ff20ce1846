"""The bucket brigade: what a host does with the letters it answers for, until nothing is left to do now."""

from __future__ import annotations

from smtpsim.kernel.address import Path
from smtpsim.message.trace import return_path
from smtpsim.world.bounce import bounce
from smtpsim.world.directory import mailbox_address
from smtpsim.world.model import Host, Letter, Mailbox, Receiver, StoredMail, World
from smtpsim.world.outcome import Failure, rewritten
from smtpsim.world.queue import enqueue, expired, next_try
from smtpsim.world.relay import relay
from smtpsim.world.routing import Route, route

HOPS_LIMIT = 50
"""More Received headers than this mean a loop (RFC 5321 6.3 asks for 100 at least; Postfix stops at 50)."""


def settle(world: World) -> World:
    """Carry every letter that is under way as far as it goes now."""
    while world.under_way:
        letter = world.under_way.first
        world = carry(world._replace(under_way=world.under_way.drop_first()), letter)
    return world


def carry(world: World, letter: Letter) -> World:
    """Deliver to the host's own mailboxes, relay the rest, and deal with what fails."""
    host = world.hosts[letter.host]
    if _hops(letter.octets) > HOPS_LIMIT:
        looping = tuple(Failure(r, "5.4.6", "Too many hops") for r in letter.receivers)
        return _fail(world, letter, looping)
    failures: tuple[Failure, ...] = ()
    away: list[Receiver] = []
    for receiver in letter.receivers:
        if not is_local(host, receiver.recipient.path):
            away.append(receiver)
        elif address := mailbox_address(world, host, receiver.recipient.path):
            world = _deliver(world, letter, receiver, address)
        else:
            failures += (Failure(receiver, "5.1.1", "User unknown"),)
    for found, receivers in _by_route(world, away).items():
        attempt = relay(world, host, letter._replace(receivers=tuple(receivers)), found)
        world, failures = attempt.world, failures + attempt.failures
    return _fail(world, letter, failures)


def is_local(host: Host, path: Path) -> bool:
    """Whether the host itself delivers for this forward-path."""
    return not path.domain or path.host in host.domains or path.host[1:-1] in host.addresses


def _hops(octets: bytes) -> int:
    header = octets[: octets.find(b"\r\n\r\n") + 1]
    return (b"\n" + header).lower().count(b"\nreceived:")


def _by_route(world: World, receivers: list[Receiver]) -> dict[Route, list[Receiver]]:
    """Recipients that share their mail exchangers share one dialogue."""
    groups: dict[Route, list[Receiver]] = {}
    for receiver in receivers:
        found = route(world.zones, receiver.recipient.path.host)
        groups.setdefault(found, []).append(receiver)
    return groups


def _deliver(world: World, letter: Letter, receiver: Receiver, address: str) -> World:
    """Final delivery: the envelope goes, Return-Path stays (RFC 5321 4.4)."""
    octets = return_path(str(letter.sender)).encode("utf-8", "surrogateescape") + letter.octets
    mailbox = world.mailboxes.get(address) or Mailbox(address, "")
    mail = StoredMail(letter.id, str(letter.sender), octets)
    filled = mailbox._replace(mails=mailbox.mails.push_front(mail), count=mailbox.count + 1)
    world = world._replace(mailboxes=world.mailboxes.insert(address, filled))
    outcome = world.outcomes[receiver.outcome]
    delivered = outcome._replace(
        status="delivered", hop=letter.hop, host=letter.host, mailbox=address, reason="", next_try=0
    )
    return rewritten(world, receiver.outcome, delivered)


def _fail(world: World, letter: Letter, failures: tuple[Failure, ...]) -> World:
    """Temporary failures wait in the queue; the others, and those that waited too long, bounce."""
    if not failures:
        return world
    if expired(world, letter):
        return bounce(world, letter, failures)
    for_good = tuple(failure for failure in failures if not failure.temporary)
    world = bounce(world, letter, for_good) if for_good else world
    waiting = tuple(failure for failure in failures if failure.temporary)
    return _defer(world, letter, waiting) if waiting else world


def _defer(world: World, letter: Letter, failures: tuple[Failure, ...]) -> World:
    due = next_try(world, letter)
    for failure in failures:
        number = failure.receiver.outcome
        outcome = world.outcomes[number]._replace(
            status="deferred", hop=failure.hop, host=letter.host, reason=failure.text, next_try=due
        )
        world = rewritten(world, number, outcome)
    left = letter._replace(receivers=tuple(failure.receiver for failure in failures))
    return enqueue(world, left, due)
