"""The letter: its headers as typed and decoded, and where they say other things than the envelope does."""

from __future__ import annotations

from collections.abc import Iterator

from smtpsim.explain import Words
from smtpsim.message.addresses import addresses_in
from smtpsim.message.encoded_words import readable
from smtpsim.message.headers import Field, Headers
from smtpsim.session.simulation import Simulation
from smtpsim.session.transaction import Transaction
from smtpsim.views.panel_section import PanelSection, Seen
from smtpsim.views.row import Mark, Row, Section, titled, worst

_NO_LETTER = ("empty", "open", "closed")
"""The stages of a transaction before DATA."""

_NAMING = ("to", "cc", "bcc", "resent-to", "resent-cc")


def _make(seen: Seen, words: Words) -> Iterator[Section]:
    yield _section(seen.simulation, words)


def _section(simulation: Simulation, words: Words) -> Section:
    transaction = simulation.transaction
    title = words("panel.letter")
    if transaction.stage in _NO_LETTER:
        return _nothing(title, words("panel.no-letter"))
    headers = transaction.headers
    fields = tuple(_field(number, field, transaction, words) for number, field in enumerate(headers.fields))
    rows = (*fields, *_whole(headers, transaction, words), *_size(simulation, words))
    if not rows:
        return _nothing(title, words("panel.no-header-yet"))
    return titled("letter", title, rows, _digest(headers, words), worst(rows))


def _nothing(title: str, text: str) -> Section:
    return titled("letter", title, (Row("none", "", text),), text)


def _field(number: int, field: Field, transaction: Transaction, words: Words) -> Row:
    mark, remark = _beside_envelope(field, transaction, words)
    return Row(f"field-{number}", field.name, readable(field.value), mark, remark)


def _beside_envelope(field: Field, transaction: Transaction, words: Words) -> tuple[Mark, str]:
    """Where a header field and the envelope differ: both may be true, each for its own reader."""
    name = field.name.lower()
    if name == "from":
        return _author(field, transaction.sender or "", words)
    if name == "bcc":
        return Mark.WARN, words("panel.bcc-typed")
    if name in _NAMING:
        return _named(field, transaction, words)
    return Mark.NONE, ""


def _author(field: Field, sender: str, words: Words) -> tuple[Mark, str]:
    written = {address.lower() for address in addresses_in(field.value)}
    if sender.lower() in written:
        return Mark.NONE, ""
    return Mark.WARN, words("panel.from-differs", sender=f"<{sender}>")


def _named(field: Field, transaction: Transaction, words: Words) -> tuple[Mark, str]:
    on_envelope = {named.address.lower() for named in transaction.recipients if not named.refusal}
    missing = [address for address in addresses_in(field.value) if address.lower() not in on_envelope]
    if not missing:
        return Mark.NONE, ""
    return Mark.WARN, words("panel.not-on-envelope", addresses=", ".join(missing))


def _whole(headers: Headers, transaction: Transaction, words: Words) -> Iterator[Row]:
    """What only shows when the header is whole: none at all, one cut short, recipients that it does not name."""
    if not headers.ended:
        return
    if not headers.fields:
        yield Row("no-headers", "", words("panel.no-headers"), Mark.WARN)
    elif headers.broken:
        yield Row("broken", "", words("panel.header-broken"), Mark.WARN)
    hidden = _hidden(headers, transaction)
    if hidden and headers.fields:
        yield Row("hidden", words("panel.unnamed"), ", ".join(hidden), Mark.NOTE, words("panel.unnamed-why"))


def _hidden(headers: Headers, transaction: Transaction) -> list[str]:
    """Recipients on the envelope that no header names: to the others they are as good as a Bcc."""
    named = {
        address.lower()
        for field in headers.fields
        if field.name.lower() in _NAMING
        for address in addresses_in(field.value)
    }
    taken = (recipient.address for recipient in transaction.recipients if not recipient.refusal)
    return [address for address in taken if address.lower() not in named]


def _size(simulation: Simulation, words: Words) -> Iterator[Row]:
    """How much of the letter has been typed; it is counted as long as it is being typed."""
    if simulation.transaction.stage == "letter":
        content = simulation.connection.state.content
        value = words("panel.size", lines=content.length, octets=content.octets)
        yield Row("size", words("panel.so-far"), value)


def _digest(headers: Headers, words: Words) -> str:
    subject = next((readable(value) for value in headers.values("Subject")), "")
    author = next((readable(value) for value in headers.values("From")), "")
    parts = (f"From: {author}" if author else "", f"Subject: {subject}" if subject else "")
    said = ", ".join(part for part in parts if part)
    if said:
        return said
    return words("panel.no-headers" if headers.ended else "panel.no-header-yet")


def _reads(seen: Seen) -> tuple[object, ...]:
    """How much was typed so far counts only while the letter is typed; the envelope, once there is a header."""
    simulation, mail = seen.simulation, seen.simulation.transaction
    if mail.stage in _NO_LETTER:
        return (None,)
    typed = simulation.connection.state.content if mail.stage == "letter" else None
    return mail.headers, mail.sender, mail.recipients, typed


SECTION = PanelSection("letter", 40, _make, _reads)
