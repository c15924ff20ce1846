"""Read receipts on their way: the letter that a reader's program sends, and the mark that one has been sent."""

from __future__ import annotations

from smtpsim.kernel.address import split_address
from smtpsim.message.addresses import NamedAddress
from smtpsim.message.dates import date
from smtpsim.reports.mdn import Occasion, disposition_notification, notice
from smtpsim.world.mailbox import Mailbox, StoredMail
from smtpsim.world.model import World, queue_id
from smtpsim.world.posting import post
from smtpsim.world.stored import RECEIPT_SENT, about, flagged, keeper, reading_of


def send_receipt(world: World, mailbox: Mailbox, mail: StoredMail, mode: str) -> World:
    """Send the receipt that a mail asks for, with the null sender, from the host that keeps the mail; it is under
    way then. `mode` is one of `smtpsim.reports.mdn.MODES`.

    Whether it may be sent at all is for the caller to ask: `reading_of(mail).receipt`.
    """
    reading = reading_of(mail)
    asked_by = reading.receipt.asked_by
    reader = NamedAddress(mailbox.owner, mailbox.address)
    occasion = Occasion(reader, mail.octets, mode, queue_id(world), world.now)
    sent = next((field.value for field in reading.header if field.name == "Date"), date(mail.arrived))
    told = notice(mailbox.address, sent, world.now, world.language)
    letter = disposition_notification(occasion, asked_by, told)
    to = (split_address(one.address) for one in asked_by)
    marked = flagged(world, mailbox, mail, RECEIPT_SENT)
    return post(marked, keeper(world, mailbox).name, to, letter, about(world, mailbox, reading, "receipt"))
