"""One mail as its reader's program shows it, and below what the program knows: where an answer would go, where a
bounce, what became of the request for a receipt, and that the envelope is gone."""

from __future__ import annotations

from collections.abc import Iterator

from smtpsim.explain import Words
from smtpsim.message.addresses import NamedAddress
from smtpsim.message.mime import HTML
from smtpsim.message.reading import Attachment, Reading
from smtpsim.session.opened import Opened, open_mail
from smtpsim.session.simulation import OpenedMail
from smtpsim.views.drawn_envelope import torn_up
from smtpsim.views.page import page
from smtpsim.views.panel_section import PanelSection, Scene, Seen
from smtpsim.views.receipt import receipt_row
from smtpsim.views.row import Mark, Panel, Row, Section, titled
from smtpsim.world.stored import reading_of

MOST_LINES = 2_000
"""Lines of one mail that are shown; a letter may have any number."""

DIGESTED = ("From", "Subject")
"""The fields that stand for the whole header where there is room for one row."""


def reader(opened: Opened, words: Words) -> Panel:
    """The mail as a page."""
    first, *others = _sections(opened, words)
    return page(first.title, first._replace(title=""), *others)


def _make(seen: Seen, words: Words) -> tuple[Section, ...]:
    """The mail that a turn opened, where there is one."""
    mail = seen.about
    if not isinstance(mail, OpenedMail):
        return ()
    opened = open_mail(seen.simulation.world, mail.mailbox, str(mail.number))
    return _sections(opened, words) if isinstance(opened, Opened) else ()


def _sections(opened: Opened, words: Words) -> tuple[Section, ...]:
    """The mail's parts from top to bottom."""
    reading = reading_of(opened.mail)
    return (
        _header(opened, reading, words),
        _text(reading, words),
        *_attachments(reading, words),
        _ways(opened, reading, words),
        _envelope(opened, reading, words),
    )


def _header(opened: Opened, reading: Reading, words: Words) -> Section:
    title = words("page.mail", mailbox=opened.mailbox.name, number=opened.number)
    rows = tuple(Row(f"field-{number}", field.name, field.value) for number, field in enumerate(reading.header))
    digest = ", ".join(f"{field.name}: {field.value}" for field in reading.header if field.name in DIGESTED)
    return titled("mail-header", title, rows, digest)


def _text(reading: Reading, words: Words) -> Section:
    title = words("mail.text-from-html" if reading.text.kind == HTML else "mail.text")
    rows = tuple(text_rows(reading.text.lines, words))
    none = words("mail.no-text")
    first = next((line for line in reading.text.lines if line.strip()), none)
    return titled("mail-text", title, rows or (Row("none", "", none),), first)


def text_rows(lines: tuple[str, ...], words: Words) -> Iterator[Row]:
    """The lines of a mail, as many as are shown."""
    for number, text in enumerate(lines[:MOST_LINES]):
        yield Row(str(number), "", text.expandtabs(4))
    if len(lines) > MOST_LINES:
        yield Row("more", "", words("page.more-lines", count=len(lines) - MOST_LINES), Mark.NOTE)


def _attachments(reading: Reading, words: Words) -> tuple[Section, ...]:
    rows = tuple(_attachment(number, one, words) for number, one in enumerate(reading.attachments))
    names = ", ".join(row.value for row in rows)
    return (titled("mail-attachments", words("mail.attachments"), rows, names),) if rows else ()


def _attachment(number: int, one: Attachment, words: Words) -> Row:
    remark = words("mail.attachment", kind=one.kind, octets=one.octets)
    return Row(f"attachment-{number}", "", one.name or words("mail.attachment-unnamed"), remark=remark)


def _ways(opened: Opened, reading: Reading, words: Words) -> Section:
    answer = _answer(reading, words)._replace(label=words("mail.answer"))
    bounce = _bounce(reading, words)._replace(label=words("mail.bounce"))
    receipt = receipt_row(reading.receipt, words)._replace(label=words("mail.receipt"))
    how = (Row("how", "", words("mail.receipt-how", name=opened.name), depth=1),) if reading.receipt.allowed else ()
    digest = ", ".join(f"{row.label} {row.value}" for row in (answer, bounce))
    return titled("mail-ways", words("mail.ways"), (answer, bounce, receipt, *how), digest)


def _answer(reading: Reading, words: Words) -> Row:
    """Where "answer" goes: to Reply-To, else to From (RFC 5322 3.6.2)."""
    if not reading.answer.to:
        return Row("answer", "", words("mail.answer-nobody"), Mark.WARN)
    to = ", ".join(map(_shown, reading.answer.to))
    return Row("answer", "", to, remark=words("mail.answer-by", field=reading.answer.field))


def _bounce(reading: Reading, words: Words) -> Row:
    """Where a bounce of this mail would go: to Return-Path, and nowhere else (RFC 5321 4.4)."""
    if reading.bounce_to is None:
        return Row("bounce", "", words("mail.bounce-unknown"), Mark.WARN)
    if not reading.bounce_to:
        return Row("bounce", "", words("mail.bounce-nowhere"), Mark.NOTE)
    return Row("bounce", "", reading.bounce_to, remark=words("mail.bounce-by"))


def _shown(named: NamedAddress) -> str:
    return f"{named.name} <{named.address}>" if named.name else named.address


def _envelope(opened: Opened, reading: Reading, words: Words) -> Section:
    gone = Row("gone", "", words("mail.gone"), Mark.NOTE)
    address = opened.mailbox.address
    named = Row("named", "", words("mail.named", address=address))
    if not reading.names(address):
        named = Row("named", "", words("mail.not-named", address=address), Mark.WARN)
    source = Row("source", "", words("mail.source-hint", name=opened.name))
    return titled(
        "mail-envelope", words("mail.envelope"), (*torn_up(reading.bounce_to, words), gone, named, source), gone.value
    )


SECTION = PanelSection(
    "mail",
    10,
    _make,
    lambda seen: (seen.simulation.world.mailboxes, seen.about),
    scenes=frozenset({Scene.READING}),
    about=OpenedMail,
)
