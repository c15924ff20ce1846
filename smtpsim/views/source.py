"""One mail as it lies in the mailbox: the way that it took, what is left of its envelope, and every line of it."""

from __future__ import annotations

from collections.abc import Iterator

from smtpsim.explain import Words
from smtpsim.message.passage import Passage
from smtpsim.message.reading import Reading
from smtpsim.session.opened import Opened
from smtpsim.views.inbox import source as lines_of
from smtpsim.views.page import page, part
from smtpsim.views.row import Mark, Panel, Row
from smtpsim.views.sections.reader import text_rows
from smtpsim.world.stored import reading_of


def source(opened: Opened, words: Words) -> Panel:
    """The mail as a page."""
    reading = reading_of(opened.mail)
    title = words("page.mail", mailbox=opened.mailbox.name, number=opened.number)
    return page(
        title,
        part(words("mail.way"), _way(reading, words), words("mail.way-none")),
        part(words("mail.envelope"), _envelope(opened, reading, words)),
        part(words("mail.source"), text_rows(lines_of(opened.mail), words)),
    )


def _way(reading: Reading, words: Words) -> Iterator[Row]:
    """The Received lines in the order of travel: each server has put its own above the others."""
    for number, passage in enumerate(reading.way, 1):
        yield Row(
            f"passage-{number}",
            str(number),
            passage.server or words("mail.passage-server"),
            remark=_had(passage, words),
        )
    if reading.way:
        yield Row("end", "", words("mail.way-end"))


def _had(passage: Passage, words: Words) -> str:
    """From whom a server had the mail, how, and when."""
    client, client_ip = passage.client or "?", passage.client_ip or "?"
    return words("mail.passage", client=client, client_ip=client_ip, protocol=passage.protocol, date=passage.date)


def _envelope(opened: Opened, reading: Reading, words: Words) -> Iterator[Row]:
    yield _sender(reading.bounce_to, words)._replace(label=words("mail.envelope-from"))
    yield Row("to", words("mail.envelope-to"), words("mail.envelope-to-gone"), Mark.WARN)
    address = opened.mailbox.address
    if not reading.names(address):
        yield Row("named", "", words("mail.not-named", address=address), Mark.WARN)


def _sender(bounce_to: str | None, words: Words) -> Row:
    if bounce_to is None:
        return Row("from", "", words("mail.envelope-from-lost"), Mark.WARN)
    return Row("from", "", f"<{bounce_to}>", Mark.GOOD, words("mail.envelope-from-kept"))
