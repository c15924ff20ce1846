"""The mailboxes of the world, and the mails in one of them as its reader's program lists them."""

from __future__ import annotations

from collections.abc import Iterator

from smtpsim.explain import Words
from smtpsim.kernel.printable import decoded
from smtpsim.message.addresses import addresses
from smtpsim.message.encoded_words import readable
from smtpsim.message.headers import Headers
from smtpsim.message.mime import opened
from smtpsim.protocol.imap.flags import SEEN
from smtpsim.views.page import page, part
from smtpsim.views.row import Mark, Panel, Row
from smtpsim.world.calendar import moment
from smtpsim.world.mailbox import Mailbox, StoredMail
from smtpsim.world.model import World

MOST_MAILS = 500


def mailboxes(world: World, words: Words) -> Panel:
    """Every mailbox with the number of its mails, those with mail first."""
    known = sorted(world.mailboxes.values(), key=lambda mailbox: (not mailbox.length, mailbox.name))
    rows = (_mailbox_row(mailbox, words) for mailbox in known)
    return page(words("page.mailboxes"), part("", rows, words("page.no-mailboxes")))


def _mailbox_row(mailbox: Mailbox, words: Words) -> Row:
    mark = Mark.NOTE if mailbox.length else Mark.NONE
    return Row(mailbox.name, "", mailbox.name, mark, words("page.mails", count=mailbox.length))


def inbox(mailbox: Mailbox, now: int, words: Words) -> Panel:
    """The mails of one mailbox, the newest first. The first that ever came is number 1."""
    title = words("page.inbox", mailbox=mailbox.name)
    return page(title, part("", _mails(mailbox, now, words), words("page.no-mails")))


def _mails(mailbox: Mailbox, now: int, words: Words) -> Iterator[Row]:
    for index, mail in enumerate(mailbox.mails):
        if index == MOST_MAILS:
            yield Row("more", "", words("page.older", count=mailbox.length - index), Mark.NOTE)
            return
        yield _mail(mailbox.length - index, mail, now, words)


def _mail(number: int, mail: StoredMail, now: int, words: Words) -> Row:
    """What a list of mails shows: the subject, the author that the header names, and when the mail came."""
    unread = SEEN not in mail.flags
    told = (_author(mail, words), moment(mail.arrived, now), *((words("mail.unread"),) if unread else ()))
    title = subject(mail) or words("page.no-subject")
    return Row(str(mail.uid), str(number), title, Mark.NOTE if unread else Mark.NONE, ", ".join(told))


def _author(mail: StoredMail, words: Words) -> str:
    """The name in the From field, else the address; the envelope's sender is not shown to readers."""
    named = (one for value in header(mail).values("From") for one in addresses(value))
    return next((one.name or one.address for one in named), "") or words("mail.from-nobody")


def header(mail: StoredMail) -> Headers:
    """The header of a stored mail, trace fields included."""
    return opened(mail.octets).headers


def subject(mail: StoredMail) -> str:
    """The subject, decoded; "" when the mail has none."""
    return next((readable(value) for value in header(mail).values("Subject")), "")


def source(mail: StoredMail) -> tuple[str, ...]:
    """Every line of the mail as it lies in the mailbox."""
    return tuple(decoded(mail.octets).removesuffix("\r\n").split("\r\n"))
