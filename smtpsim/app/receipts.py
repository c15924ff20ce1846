"""The read receipt for a mail in a mailbox, in the words of a language."""

from __future__ import annotations

from smtpsim.explain import Words
from smtpsim.message.addresses import NamedAddress
from smtpsim.message.clock import date
from smtpsim.message.mdn import Notice, Occasion, disposition_notification
from smtpsim.message.reading import read_mail
from smtpsim.world.identity import queue_id
from smtpsim.world.model import Mailbox, StoredMail, World


def receipt_letter(world: World, mailbox: Mailbox, mail: StoredMail, mode: str, say: Words) -> bytes:
    """The letter that the owner of `mailbox` sends, with the null sender, to `read_mail(...).receipt.asked_by`.

    `mode` is one of `smtpsim.message.mdn.MODES`. Whether it may be sent at all is for the caller to ask:
    `read_mail(...).receipt.action(setting)`.
    """
    reading = read_mail(mail.octets)
    sent = next((field.value for field in reading.header if field.name == "Date"), "-")
    text = say("mail.mdn-text", reader=mailbox.address, sent=sent, now=date(world.now))
    reader = NamedAddress(mailbox.owner, mailbox.address)
    occasion = Occasion(reader, mail.octets, mode, queue_id(world), world.now)
    return disposition_notification(occasion, reading.receipt.asked_by, Notice(say("mail.mdn-subject"), text))
