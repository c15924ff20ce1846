"""The world takes in what a dialogue came to: refused recipients, and letters that a host now answers for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from smtpsim.kernel.printable import encoded
from smtpsim.message.trace import received, with_protocol
from smtpsim.protocol.smtp.facts import Fact, LetterRefused, LetterTaken, RecipientRefused
from smtpsim.protocol.smtp.reply import Reply
from smtpsim.protocol.smtp.step import Step
from smtpsim.world.model import Letter, Outcome, Receiver, World
from smtpsim.world.outcome import with_outcome

if TYPE_CHECKING:
    from smtpsim.world.connection import Connection


def apply(world: World, connection: Connection, step: Step) -> World:
    """Take in the facts of one step."""
    for fact in step.facts:
        taker = _TAKERS.get(type(fact))
        if taker:
            world = taker(world, connection, fact)
    return world


def _recipient_refused(world: World, connection: Connection, fact: Fact) -> World:
    assert isinstance(fact, RecipientRefused)
    return _refuse(world, connection, str(fact.recipient), fact.reply)


def _letter_refused(world: World, connection: Connection, fact: Fact) -> World:
    assert isinstance(fact, LetterRefused)
    for recipient in fact.envelope.recipients:
        world = _refuse(world, connection, str(recipient.path), fact.reply)
    return world


def _refuse(world: World, connection: Connection, recipient: str, reply: Reply) -> World:
    """A refusal in the typed dialogue is an outcome; in a relay's dialogue the relay deals with it."""
    if connection.hop:
        return world
    reason = f"{reply.code} {reply.lines[0]}"
    outcome = Outcome("", recipient, "rejected", 0, connection.host.name, reason=reason)
    return with_outcome(world, outcome)


def _letter_taken(world: World, connection: Connection, fact: Fact) -> World:
    assert isinstance(fact, LetterTaken)
    envelope = fact.envelope
    numbers = connection.outcomes
    if not numbers:
        first = len(world.outcomes) + 1
        for recipient in envelope.recipients:
            outcome = Outcome(fact.queue_id, str(recipient.path), "accepted", 0, connection.host.name)
            world = with_outcome(world, outcome)
        numbers = tuple(range(first, first + len(envelope.recipients)))
    letter = Letter(
        id=fact.queue_id,
        host=connection.host.name,
        sender=envelope.sender,
        receivers=tuple(map(Receiver, envelope.recipients, numbers)),
        octets=encoded(fact.trace) + _received(world, connection, fact) + _octets(fact),
        hop=connection.hop,
        arrived=world.now,
    )
    return world._replace(under_way=world.under_way.push_front(letter), serial=world.serial + 1)


def _octets(fact: LetterTaken) -> bytes:
    lines = fact.content.lines()
    lines.append(b"")
    return b"\r\n".join(lines)


def _received(world: World, connection: Connection, fact: LetterTaken) -> bytes:
    state = connection.state
    utf8 = fact.envelope.parameter("SMTPUTF8") is not None
    protocol = with_protocol(state.esmtp, utf8, state.tls, state.user is not None)
    helo, server = state.helo or "unknown", connection.host.name
    header = received(helo, connection.client_ip, server, protocol, fact.queue_id, world.now)
    return encoded(header)


_TAKERS = {
    RecipientRefused: _recipient_refused,
    LetterRefused: _letter_refused,
    LetterTaken: _letter_taken,
}
