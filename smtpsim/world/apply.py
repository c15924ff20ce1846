"""The world takes in what a dialogue came to: refused recipients, and letters that a host now answers for."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from smtpsim.kernel.printable import encoded
from smtpsim.protocol.smtp.facts import Fact, LetterRefused, LetterTaken, RecipientRefused
from smtpsim.protocol.smtp.reply import Reply
from smtpsim.protocol.smtp.state import Content
from smtpsim.reports.authentication_results import without_own
from smtpsim.reports.reason import Reason
from smtpsim.reports.trace import received, with_protocol
from smtpsim.world.disposition import handled
from smtpsim.world.model import Connection, DeliveryStatus, Letter, Outcome, QueuedRecipient, World
from smtpsim.world.outcome import with_outcome
from smtpsim.world.signing import signed


def apply(world: World, connection: Connection, facts: tuple[Fact, ...]) -> World:
    """Take in the facts of one step."""
    for fact in facts:
        taker = _TAKERS.get(type(fact))
        if taker:
            world = taker(world, connection, fact)
    return world


def _recipient_refused(world: World, connection: Connection, fact: RecipientRefused) -> World:
    return _refuse(world, connection, str(fact.recipient), fact.reply)


def _letter_refused(world: World, connection: Connection, fact: LetterRefused) -> World:
    for recipient in fact.envelope.recipients:
        world = _refuse(world, connection, str(recipient.path), fact.reply)
    return world


def _refuse(world: World, connection: Connection, recipient: str, reply: Reply) -> World:
    """A refusal in the typed dialogue is an outcome; in a relay's dialogue the relay deals with it."""
    if connection.hop:
        return world
    why = Reason(reply=tuple(reply.wire().splitlines()))
    return with_outcome(world, Outcome("", recipient, DeliveryStatus.REJECTED, 0, connection.host.name, why=why))


def _letter_taken(world: World, connection: Connection, fact: LetterTaken) -> World:
    envelope, first = fact.envelope, len(world.outcomes) + 1
    numbers = connection.outcomes
    if not numbers:
        world = _accepted(world, connection, fact)
        numbers = tuple(range(first, len(world.outcomes) + 1))
    recipients = tuple(map(QueuedRecipient, envelope.recipients, numbers))
    if fact.handling:
        world, recipients = handled(world, connection, recipients, fact.handling)
    letter = Letter(
        id=fact.queue_id,
        host=connection.host.name,
        sender=envelope.sender,
        recipients=recipients,
        octets=signed(world, connection, _octets(world, connection, fact)),
        hop=connection.hop,
        arrived=world.now,
        parameters=envelope.parameters,
        way=(*connection.way, connection.host.name),
    )
    serial = world.serial + 1
    if not connection.host.sending:
        return world._replace(active_queue=world.active_queue.push_front(letter), serial=serial)
    world, letter = _by_service(world._replace(serial=serial), connection, letter)
    return world._replace(active_queue=world.active_queue.push_front(letter))


def _completed(world: World, connection: Connection, fact: LetterTaken, content: bytes) -> bytes:
    """A sending service writes what the customer's program has left out (RFC 6409 8)."""
    from smtpsim.world.sending.service import completed

    return completed(world, connection, fact.queue_id, content)


def _by_service(world: World, connection: Connection, letter: Letter) -> tuple[World, Letter]:
    """What a sending service makes of a letter that is handed in."""
    from smtpsim.world.sending.service import submitted

    return submitted(world, connection, letter)


def _accepted(world: World, connection: Connection, fact: LetterTaken) -> World:
    """A first outcome for every recipient of a letter that was typed."""
    for recipient in fact.envelope.recipients:
        outcome = Outcome(fact.queue_id, str(recipient.path), DeliveryStatus.ACCEPTED, 0, connection.host.name)
        world = with_outcome(world, outcome)
    return world


def _octets(world: World, connection: Connection, fact: LetterTaken) -> bytes:
    """The letter below what this server writes above it."""
    binary = (fact.envelope.parameter("BODY") or "").upper() == "BINARYMIME"
    content = fact.content.whole() if binary else _tidy(fact.content)
    if fact.trace:
        content = without_own(content, connection.host.name)
    if connection.host.sending and connection.state.user is not None:
        content = _completed(world, connection, fact, content)
    return encoded(fact.trace + _received(world, connection, fact)) + content


# a CR or LF that is not part of a line end (RFC 5321 2.3.8)
_STRAY = re.compile(rb"\r(?!\n)|(?<!\r)\n")


def _tidy(content: Content) -> bytes:
    """Custom (Postfix): a stray CR or LF becomes a space, so that no later host takes it for a line end."""
    octets = content.whole()
    none_stray = octets.count(b"\r") == octets.count(b"\n") == content.length
    return octets if none_stray else _STRAY.sub(b" ", octets)


def _received(world: World, connection: Connection, fact: LetterTaken) -> str:
    state = connection.state
    utf8 = fact.envelope.parameter("SMTPUTF8") is not None
    protocol = with_protocol(state.esmtp, utf8, state.tls, state.user is not None)
    helo, server = state.helo or "unknown", connection.host.name
    return received(helo, connection.client_ip, server, protocol, fact.queue_id, world.now)


_TAKERS: Mapping[type[Fact], Callable[[World, Connection, Any], World]] = {
    RecipientRefused: _recipient_refused,
    LetterRefused: _letter_refused,
    LetterTaken: _letter_taken,
}
"""Each takes a fact of the class that it stands for."""
