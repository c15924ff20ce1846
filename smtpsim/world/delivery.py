"""Local delivery: into a mailbox, on to the addresses behind an alias, or to the members of a list."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from itertools import islice
from typing import Any, NamedTuple

from smtpsim.kernel.address import split_address
from smtpsim.kernel.printable import encoded
from smtpsim.message.header_block import has_field, without_fields
from smtpsim.protocol.smtp.state import Recipient
from smtpsim.reports.reason import NO_REASON, Cause, own
from smtpsim.reports.trace import DELIVERED_TO, delivered_to, return_path
from smtpsim.world.directory import Alias, Box, MailingList, Place, Returns, is_local
from smtpsim.world.mailbox import Mailbox, StoredMail, folder_of
from smtpsim.world.model import DeliveryStatus, Letter, Outcome, QueuedRecipient, World
from smtpsim.world.notify import wants, without_success
from smtpsim.world.outcome import Attempted, rewritten, with_outcome

LOOP = "5.4.6"
MAILBOX_FULL = "4.2.2"
RECENT = frozenset({"\\Recent"})
"""The flag of mail that no session has been told of yet (RFC 3501 2.3.2)."""


class Delivered(NamedTuple):
    """The world after the attempt, and why it failed, None when it did not."""

    world: World
    failure: Attempted | None = None


def deliver(world: World, letter: Letter, queued: QueuedRecipient, where: Place) -> Delivered:
    """Deliver to one recipient of this host."""
    return _DELIVERERS[type(where)](world, letter, queued, where)


def _to_box(world: World, letter: Letter, queued: QueuedRecipient, box: Box) -> Delivered:
    """Final delivery: the envelope goes, a Return-Path of our own stays (RFC 5321 4.4)."""
    sender = str(letter.sender)
    octets = encoded(return_path(sender)) + without_fields(letter.octets, "Return-Path")
    name = folder_of(box.address, queued.folder)
    mailbox = world.mailboxes.get(name) or Mailbox(box.address, "", folder=queued.folder)
    if mailbox.quota and mailbox.octets + len(octets) > mailbox.quota:
        return Delivered(world, Attempted(queued, Cause(MAILBOX_FULL, own("mailbox-full", address=box.address))))
    mail = StoredMail(letter.id, sender, octets, mailbox.uid_next, world.now, RECENT)
    filled = mailbox.with_mail(mail)
    world = world._replace(mailboxes=world.mailboxes.insert(name, filled))
    world = _arrived(world, letter, queued, name)
    reaction = world.hosts[letter.host].reacts.get(box.address.partition("@")[0])
    return Delivered(_react(world, filled, mail, reaction) if reaction else world)


def _react(world: World, mailbox: Mailbox, mail: StoredMail, reaction: str) -> World:
    """What a reader's program does with the mail at once."""
    from smtpsim.world.reactions import react

    return react(world, mailbox, mail, reaction)


def _arrived(world: World, letter: Letter, queued: QueuedRecipient, address: str) -> World:
    outcome = world.outcomes[queued.outcome]._replace(
        status=DeliveryStatus.DELIVERED,
        hop=letter.hop,
        host=letter.host,
        mailbox=address,
        why=NO_REASON,
        next_try=0,
        way=letter.way,
    )
    return _confirmed(rewritten(world, queued.outcome, outcome), letter, queued, "delivered")


def _confirmed(world: World, letter: Letter, queued: QueuedRecipient, action: str) -> World:
    """Who wished for it hears of success (RFC 3461 4.1)."""
    if not wants(queued.recipient, "SUCCESS"):
        return world
    from smtpsim.world.bounce import confirm

    return confirm(world, letter, (queued,), action)


def _to_targets(world: World, letter: Letter, queued: QueuedRecipient, alias: Alias) -> Delivered:
    """The same letter goes on to other addresses; the sender stays whom a failure is told to (RFC 5321 3.9.1).

    The first target takes over the recipient's outcome, each other one gets an outcome of its own. A sender who wants
    to hear of success hears once that the alias was expanded: a report from each target would name people whom the
    sender does not know (RFC 3461 5.2.7.3). With one target the wish goes on with the letter (5.2.7.2).
    """
    if _has_been_at(letter, alias.address):
        return Delivered(world, Attempted(queued, Cause(LOOP, own("alias-loop", address=alias.address))))
    recipient = queued.recipient
    if len(alias.targets) > 1:
        world, recipient = _confirmed(world, letter, queued, "expanded"), without_success(recipient)
    recipients = [QueuedRecipient(_at(recipient, alias.targets[0]), queued.outcome)] if alias.targets else []
    for target in alias.targets[1:]:
        world = with_outcome(world, _follower(letter, queued, target, "copy"))
        recipients.append(QueuedRecipient(_at(recipient, target), len(world.outcomes)))
    onward = letter._replace(recipients=tuple(recipients), octets=_marked(letter, alias.address))
    for part in _sent_on(world, onward, letter.octets):
        world = world._replace(active_queue=world.active_queue.push_front(part))
    return Delivered(world)


def _sent_on(world: World, letter: Letter, arrived: bytes) -> Iterator[Letter]:
    """A host with SRS forwards to others under a sender of its own, and one with ARC seals what it forwards; its own
    people get the letter as it is. `arrived` is the letter as it came."""
    from smtpsim.world.sealing import sealed
    from smtpsim.world.srs import rewritten_sender

    host = world.hosts[letter.host]
    sender = rewritten_sender(world, host, letter.sender)
    if sender == letter.sender and host.arc is None:
        yield letter
        return
    here = tuple(queued for queued in letter.recipients if is_local(host, queued.recipient.path))
    away = tuple(queued for queued in letter.recipients if queued not in here)
    if here:
        yield letter._replace(recipients=here)
    if away:
        octets = sealed(world, host, arrived, letter.octets)
        yield letter._replace(recipients=away, sender=sender, octets=octets)


def _to_members(world: World, letter: Letter, queued: QueuedRecipient, mailing_list: MailingList) -> Delivered:
    """The letter has arrived at the list, which sends it to its members as a sender of its own (RFC 5321 3.9.2): for
    the sender it is delivered (RFC 3461 5.2.7.1)."""
    if _has_been_at(letter, mailing_list.address):
        return Delivered(world, Attempted(queued, Cause(LOOP, own("list-loop", address=mailing_list.address))))
    world = _arrived(world, letter, queued, mailing_list.address)
    recipients: list[QueuedRecipient] = []
    for member in mailing_list.members:
        world = with_outcome(world, _follower(letter, queued, member, "member"))
        recipients.append(QueuedRecipient(Recipient(split_address(member)), len(world.outcomes)))
    for part in _parts(world, letter._replace(recipients=tuple(recipients)), mailing_list):
        for onward in _sent_on(world, part, letter.octets):
            world = world._replace(active_queue=world.active_queue.push_front(onward))
    return Delivered(world)


def _parts(world: World, letter: Letter, mailing_list: MailingList) -> Iterator[Letter]:
    """The letter to the list as letters of the list to its members: one for all, or one for each."""
    from smtpsim.world.mailing_list import posted

    kept = tuple(p for p in letter.parameters if p.name not in ("RET", "ENVID"))
    onward = letter._replace(sender=mailing_list.bounces, parameters=kept)
    left = iter(letter.recipients)
    members = [str(queued.recipient.path) for queued in letter.recipients]
    for count, octets in posted(world, world.hosts[letter.host], mailing_list, letter.octets, members):
        yield onward._replace(recipients=tuple(islice(left, count)), octets=octets)


def _to_service(world: World, letter: Letter, queued: QueuedRecipient, returns: Returns) -> Delivered:
    """What comes back goes into the books of a sending service, and on to the customer whom it concerns."""
    from smtpsim.world.sending.feedback import taken_back

    return Delivered(taken_back(world, letter, queued))


def _has_been_at(letter: Letter, address: str) -> bool:
    """Whether the letter went through this alias or list before, perhaps by way of other hosts."""
    return has_field(letter.octets, DELIVERED_TO, address)


def _marked(letter: Letter, address: str) -> bytes:
    return encoded(delivered_to(address)) + letter.octets


def _follower(letter: Letter, queued: QueuedRecipient, address: str, role: str) -> Outcome:
    return Outcome(
        letter.id, address, DeliveryStatus.ACCEPTED, letter.hop, letter.host, follows=queued.outcome, role=role
    )


def _at(recipient: Recipient, target: str) -> Recipient:
    """Another address for the same recipient, who was first named otherwise (RFC 3461 5.2.7)."""
    return recipient._replace(path=split_address(target))


_DELIVERERS: Mapping[type[Place], Callable[[World, Letter, QueuedRecipient, Any], Delivered]] = {
    Box: _to_box,
    Alias: _to_targets,
    MailingList: _to_members,
    Returns: _to_service,
}
"""By the class of what a local address means."""
