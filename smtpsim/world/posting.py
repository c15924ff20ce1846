"""Letters that come from inside the world: reports of servers, receipts of readers' programs."""

from __future__ import annotations

from collections.abc import Iterable

from smtpsim.kernel.address import NULL, Path
from smtpsim.protocol.smtp.state import Recipient
from smtpsim.world.model import Letter, Outcome, QueuedRecipient, World, queue_id
from smtpsim.world.outcome import with_outcome


def post(world: World, host: str, to: Iterable[Path], octets: bytes, outcome: Outcome) -> World:
    """Hand a letter with the null sender to a host, which carries it as any other when the world settles.

    `outcome` says what the letter is and what it follows from; each recipient gets one like it.
    """
    identity = queue_id(world)
    recipients = []
    for path in to:
        world = with_outcome(world, outcome._replace(letter=identity, recipient=str(path), host=host))
        recipients.append(QueuedRecipient(Recipient(path), len(world.outcomes)))
    letter = Letter(
        id=identity,
        host=host,
        sender=NULL,
        recipients=tuple(recipients),
        octets=octets,
        hop=outcome.hop,
        arrived=world.now,
        way=(host,),
    )
    return world._replace(active_queue=world.active_queue.push_front(letter), serial=world.serial + 1)
