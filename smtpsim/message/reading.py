"""What a reader's program makes of a mail in its mailbox: what it shows, where answers go, and what is gone."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from smtpsim.message.addresses import NamedAddress, addresses
from smtpsim.message.encoded_words import readable
from smtpsim.message.headers import Field, Headers
from smtpsim.message.html import text_of_html
from smtpsim.message.mime import HTML, PLAIN, Leaf, opened, parts_of
from smtpsim.message.passage import Passage, read_passage
from smtpsim.message.receipt import Receipt, receipt

SHOWN = ("From", "To", "Cc", "Reply-To", "Date", "Subject")
"""The fields that mail programs show above the text, in their order."""


class Attachment(NamedTuple):
    """A part that is offered, not shown. `name` is "" when the sender gave none; `octets` counts them decoded."""

    name: str
    kind: str
    octets: int


class Text(NamedTuple):
    """`kind` is the media type that the lines were made from, "" when there is no text at all."""

    kind: str
    lines: tuple[str, ...]


class Answer(NamedTuple):
    """Where an answer goes, and by which field; "" and nobody when the header names nobody."""

    field: str
    to: tuple[NamedAddress, ...]


class Reading(NamedTuple):
    """A stored mail as its reader sees it, decoded; strangers' text in it is not yet safe to print.

    `way` are its hops in the order of travel. `bounce_to` is the envelope's sender as Return-Path kept it: "" for
    the null sender, None when there is no such line. The recipients of the envelope, Bcc among them, are gone;
    `named` are only those that To and Cc name.
    """

    header: tuple[Field, ...]
    text: Text
    attachments: tuple[Attachment, ...]
    way: tuple[Passage, ...]
    answer: Answer
    bounce_to: str | None
    named: tuple[NamedAddress, ...]
    receipt: Receipt

    def names(self, address: str) -> bool:
        """Whether To or Cc tell that this address was written to; a Bcc recipient finds no trace of itself."""
        wanted = NamedAddress("", address).identity.lower()
        return any(one.identity.lower() == wanted for one in self.named)


def read_mail(octets: bytes, receipt_sent: bool = False) -> Reading:
    """Read a stored mail, whatever its octets are."""
    headers = opened(octets).headers
    parts = parts_of(octets)
    shown = _shown(parts)
    paths = headers.values("Return-Path")
    return Reading(
        header=tuple(_header(headers)),
        text=_text(shown),
        attachments=tuple(Attachment(part.name, part.kind, len(part.octets)) for part in parts if part is not shown),
        way=tuple(read_passage(value) for value in reversed(headers.values("Received"))),
        answer=_answer(headers),
        bounce_to=paths[0].strip().removeprefix("<").removesuffix(">") if paths else None,
        named=tuple(_named(headers, "To", "Cc")),
        receipt=receipt(headers, receipt_sent),
    )


def _header(headers: Headers) -> Iterator[Field]:
    for name in SHOWN:
        yield from (Field(name, readable(value)) for value in headers.values(name))


def _shown(parts: tuple[Leaf, ...]) -> Leaf | None:
    """The part that is shown as the text: the first that is text and no attachment."""
    return next((part for part in parts if part.kind in (PLAIN, HTML) and not part.attached), None)


def _text(part: Leaf | None) -> Text:
    if part is None:
        return Text("", ())
    text = text_of_html(part.text) if part.kind == HTML else part.text
    return Text(part.kind, tuple(line.rstrip("\r") for line in text.removesuffix("\n").split("\n")))


def _answer(headers: Headers) -> Answer:
    """To Reply-To; only without one to From (RFC 5322 3.6.2)."""
    for field in ("Reply-To", "From"):
        to = tuple(_named(headers, field))
        if to:
            return Answer(field, to)
    return Answer("", ())


def _named(headers: Headers, *fields: str) -> Iterator[NamedAddress]:
    for field in fields:
        for value in headers.values(field):
            yield from addresses(value)
