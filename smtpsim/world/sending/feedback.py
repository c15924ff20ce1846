"""What comes back to a sending service: bounces from further on, complaints, automatic answers. They go into the books,
and on to the customer whose letter it was."""

from __future__ import annotations

from smtpsim.kernel.address import mailbox_address, split_address
from smtpsim.reports.returned import complaint, delivery_groups
from smtpsim.world.model import DeliveryStatus, Letter, QueuedRecipient, World
from smtpsim.world.outcome import rewritten
from smtpsim.world.sending.account import Sending
from smtpsim.world.sending.books import Sent, sent_as
from smtpsim.world.sending.lists import is_hard
from smtpsim.world.sending.service import complaint as complained
from smtpsim.world.sending.service import hard_bounce


def taken_back(world: World, letter: Letter, queued: QueuedRecipient) -> World:
    """The world with the letter in the books and on its way to the customer; one that concerns nobody ends here."""
    sending = world.hosts[letter.host].sending
    assert sending is not None
    known = sent_as(world, sending, queued.recipient.path)
    if known is not None:
        world = _bounces(world, sending, known, letter)
        return _passed_on(world, letter, queued, known)
    told = complaint(letter.octets)
    known = sent_as(world, sending, split_address(told.sender)) if told else None
    if told is None or known is None:
        return _ended(world, letter, queued)
    address = _recipient(told.recipients, known)
    if address:
        world = complained(world, sending, known, address)
    return _passed_on(world, letter, queued, known)


def _bounces(world: World, sending: Sending, known: Sent, letter: Letter) -> World:
    for group in delivery_groups(letter.octets):
        address = _recipient((group.original, group.address), known)
        if address and group.action == "failed" and is_hard(group.status):
            world = hard_bounce(world, sending, known, address, group.diagnostic)
    return world


def _recipient(names: tuple[str, ...], known: Sent) -> str:
    """Which of the letter's recipients a report is about, "" for none: what was forwarded is reported under another
    address, and is recognised where there was no other recipient."""
    alone = known.recipients[0] if len(known.recipients) == 1 else ""
    return next((address for address in map(mailbox_address, names) if address in known.recipients), alone)


def _passed_on(world: World, letter: Letter, queued: QueuedRecipient, known: Sent) -> World:
    """The letter goes on to the customer as it is."""
    to = queued.recipient._replace(path=known.told._replace(route=()))
    onward = letter._replace(recipients=(queued._replace(recipient=to),))
    return world._replace(active_queue=world.active_queue.push_front(onward))


def _ended(world: World, letter: Letter, queued: QueuedRecipient) -> World:
    outcome = world.outcomes[queued.outcome]._replace(
        status=DeliveryStatus.DELIVERED,
        hop=letter.hop,
        host=letter.host,
        mailbox=mailbox_address(str(queued.recipient.path)),
        next_try=0,
        way=letter.way,
    )
    return rewritten(world, queued.outcome, outcome)
