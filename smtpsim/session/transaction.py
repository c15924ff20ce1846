"""The mail that is being typed, or was typed last: envelope, header, and where its outcomes begin."""

from __future__ import annotations

from typing import NamedTuple

from smtpsim.message.headers import NO_HEADERS, Headers
from smtpsim.protocol.smtp.facts import (
    Fact,
    LetterBegun,
    LetterRefused,
    LetterTaken,
    RecipientRefused,
    RecipientTaken,
    TransactionBegun,
    TransactionDropped,
)
from smtpsim.protocol.smtp.reply import Reply


class Named(NamedTuple):
    """A recipient that was named, and the reply that refused it (None when it was taken)."""

    address: str
    refusal: Reply | None = None


class Transaction(NamedTuple):
    """`sender` is None before MAIL, "" for the null sender; `first_outcome` is the number of the first outcome
    that belongs to this mail; `stage` is empty, open, letter, taken, refused or dropped."""

    sender: str | None = None
    recipients: tuple[Named, ...] = ()
    headers: Headers = NO_HEADERS
    first_outcome: int = 1
    stage: str = "empty"


EMPTY = Transaction()


def after(transaction: Transaction, facts: tuple[Fact, ...], outcomes: int) -> Transaction:
    """The transaction after these facts. `outcomes` counts the outcomes that there were before them."""
    for fact in facts:
        if isinstance(fact, TransactionBegun):
            transaction = Transaction(str(fact.sender), first_outcome=outcomes + 1, stage="open")
        elif isinstance(fact, RecipientTaken):
            transaction = _named(transaction, Named(str(fact.recipient)))
        elif isinstance(fact, RecipientRefused):
            transaction = _named(transaction, Named(str(fact.recipient), fact.reply))
        elif type(fact) in _STAGES:
            transaction = transaction._replace(stage=_STAGES[type(fact)])
    return transaction


def _named(transaction: Transaction, recipient: Named) -> Transaction:
    return transaction._replace(recipients=(*transaction.recipients, recipient))


_STAGES: dict[type[Fact], str] = {
    LetterBegun: "letter",
    LetterTaken: "taken",
    LetterRefused: "refused",
    TransactionDropped: "dropped",
}
