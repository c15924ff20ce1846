"""The mailboxes of the world, the mails in one of them, and one mail as it lies there."""

from __future__ import annotations

from collections.abc import Iterator

from smtpsim.explain import Words
from smtpsim.views.mail import source, subject
from smtpsim.views.page import page, part
from smtpsim.views.row import Mark, Panel, Row
from smtpsim.world.model import Mailbox, StoredMail, World

MOST_LINES = 2_000
"""Lines of one mail that are shown; a letter may have any number."""

MOST_MAILS = 500


def mailboxes(world: World, words: Words) -> Panel:
    """Every mailbox with the number of its mails."""
    rows = (_mailbox_row(world.mailboxes[address], words) for address in sorted(world.mailboxes))
    return page(words("page.mailboxes"), part("", rows, words("page.no-mailboxes")))


def _mailbox_row(mailbox: Mailbox, words: Words) -> Row:
    mark = Mark.NOTE if mailbox.length else Mark.NONE
    return Row(mailbox.address, "", mailbox.address, mark, words("page.mails", count=mailbox.length))


def inbox(mailbox: Mailbox, words: Words) -> Panel:
    """The mails of one mailbox, the newest first. The first that ever came is number 1."""
    title = words("page.inbox", mailbox=mailbox.address)
    return page(title, part("", _mails(mailbox, words), words("page.no-mails")))


def _mails(mailbox: Mailbox, words: Words) -> Iterator[Row]:
    for index, mail in enumerate(mailbox.mails):
        if index == MOST_MAILS:
            yield Row("more", "", words("page.older", count=mailbox.length - index), Mark.NOTE)
            return
        remark = words("page.mail-from", sender=f"<{mail.return_path}>", id=mail.id)
        yield Row(mail.id, str(mailbox.length - index), subject(mail) or words("page.no-subject"), remark=remark)


def mail_number(mailbox: Mailbox, number: int) -> StoredMail | None:
    """The mail of that number, None when there is none."""
    if not 1 <= number <= mailbox.length:
        return None
    return next(mail for index, mail in enumerate(mailbox.mails) if index == mailbox.length - number)


def stored_mail(mailbox: Mailbox, number: int, mail: StoredMail, words: Words) -> Panel:
    """One mail as it lies in the mailbox, trace headers and all."""
    title = words("page.mail", mailbox=mailbox.address, number=number)
    return page(title, part("", _source(mail, words)))


def _source(mail: StoredMail, words: Words) -> Iterator[Row]:
    lines = source(mail)
    for number, text in enumerate(lines[:MOST_LINES]):
        yield Row(str(number), "", text.expandtabs(4))
    if len(lines) > MOST_LINES:
        yield Row("more", "", words("page.more-lines", count=len(lines) - MOST_LINES), Mark.NOTE)
