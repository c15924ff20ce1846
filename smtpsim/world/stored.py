"""A mail that lies in a mailbox: whose host keeps it, and which outcome it came of, though its envelope is gone."""

from __future__ import annotations

from rpds import List

from smtpsim.kernel.address import split_address
from smtpsim.message.reading import Reading, read_mail
from smtpsim.protocol.imap.flags import SEEN
from smtpsim.world.mailbox import Mailbox, StoredMail
from smtpsim.world.model import DeliveryStatus, Host, Outcome, World

RECEIPT_SENT = "$MDNSent"
"""The flag of a mail whose read receipt has been sent, so that no program sends a second one (RFC 3503)."""


def reading_of(mail: StoredMail) -> Reading:
    """A stored mail as its reader sees it."""
    return read_mail(mail.octets, RECEIPT_SENT in mail.flags)


def keeper(world: World, mailbox: Mailbox) -> Host:
    """The host that delivers to a mailbox: for a domain of nobody's, one that takes mail for every address."""
    host = world.host_for(split_address(mailbox.address).host)
    host = host or next((one for one in world.hosts.values() if one.accepts_any), None)
    assert host is not None
    return host


def seen(world: World, mailbox: Mailbox, mail: StoredMail) -> World:
    """The world in which a reader's program has shown the mail: it is marked as seen (RFC 3501 2.3.2)."""
    return flagged(world, mailbox, mail, SEEN)


def flagged(world: World, mailbox: Mailbox, mail: StoredMail, flag: str) -> World:
    """The world in which the mail has one flag more."""
    found = world.mailboxes[mailbox.name]
    mails = [one._replace(flags=one.flags | {flag}) if one.uid == mail.uid else one for one in found.mails]
    return world._replace(mailboxes=world.mailboxes.insert(mailbox.name, found._replace(mails=List(mails))))


def about(world: World, mailbox: Mailbox, reading: Reading, role: str) -> Outcome:
    """The beginning of the outcome of a letter about a stored mail: what it is, and what it follows from.

    Only the Received lines tell by now which letter the mail once was.
    """
    names = {passage.queue_id for passage in reading.way}
    for number in range(len(world.outcomes), 0, -1):
        outcome = world.outcomes[number]
        if outcome.mailbox == mailbox.name and outcome.letter in names:
            return Outcome("", "", DeliveryStatus.ACCEPTED, outcome.hop, outcome.host, follows=number, role=role)
    return Outcome("", "", DeliveryStatus.ACCEPTED, 0, keeper(world, mailbox).name, role=role)
