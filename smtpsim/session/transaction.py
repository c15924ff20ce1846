"""The mail that is being typed, or was typed last: envelope, header, and where its outcomes begin."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from rpds import Queue

from smtpsim.message.headers import NO_HEADERS, Headers
from smtpsim.protocol.smtp.facts import (
    Fact,
    LetterBegun,
    LetterRefused,
    LetterTaken,
    RecipientRefused,
    RecipientTaken,
    SenderRefused,
    TransactionBegun,
    TransactionDropped,
)
from smtpsim.protocol.smtp.reply import Reply
from smtpsim.protocol.smtp.state import Content


class Named(NamedTuple):
    """A recipient that was named, and the reply that refused it (None when it was taken)."""

    address: str
    refusal: Reply | None = None


_NOBODY: Queue[Named] = Queue()


class Transaction(NamedTuple):
    """`sender` is None before MAIL, "" for the null sender; `first_outcome` is the number of the first outcome
    that belongs to this mail; `stage` is empty, open, letter, taken, refused or dropped, or closed, where the sender
    was refused with the reply `refusal` and no mail began."""

    sender: str | None = None
    named: Queue[Named] = _NOBODY
    headers: Headers = NO_HEADERS
    first_outcome: int = 1
    stage: str = "empty"
    refusal: Reply | None = None

    @property
    def recipients(self) -> tuple[Named, ...]:
        """The recipients in the order in which they were named."""
        return tuple(self.named)


EMPTY = Transaction()


def after(transaction: Transaction, facts: tuple[Fact, ...], outcomes: int) -> Transaction:
    """The transaction after these facts. `outcomes` counts the outcomes that there were before them."""
    for fact in facts:
        change = _CHANGES.get(type(fact))
        if change:
            transaction = change(transaction, fact, outcomes)
    return transaction


def typed(transaction: Transaction, before: Content, now: Content) -> Transaction:
    """The transaction when the letter has grown: its header grows with it. Behind its end nothing is looked at."""
    headers = transaction.headers
    grown = 0 if headers.ended else now.length - before.length
    if grown <= 0:
        return transaction
    if not before.length and now.length > 1:
        return transaction._replace(headers=now.headers)
    for line in now.newest_lines(grown):
        headers = headers.add(line)
    return transaction._replace(headers=headers)


def _begun(transaction: Transaction, fact: TransactionBegun, outcomes: int) -> Transaction:
    return Transaction(str(fact.sender), first_outcome=outcomes + 1, stage="open")


def _turned_away(transaction: Transaction, fact: SenderRefused, outcomes: int) -> Transaction:
    return Transaction(str(fact.sender), first_outcome=outcomes + 1, stage="closed", refusal=fact.reply)


def _taken(transaction: Transaction, fact: RecipientTaken, outcomes: int) -> Transaction:
    return _named(transaction, Named(str(fact.recipient)))


def _refused(transaction: Transaction, fact: RecipientRefused, outcomes: int) -> Transaction:
    return _named(transaction, Named(str(fact.recipient), fact.reply))


def _named(transaction: Transaction, recipient: Named) -> Transaction:
    return transaction._replace(named=transaction.named.enqueue(recipient))


def _letter_taken(transaction: Transaction, fact: LetterTaken, outcomes: int) -> Transaction:
    """The last chunk of a letter can bring header lines that were never seen while it was typed."""
    headers = transaction.headers
    whole = headers if headers.ended else fact.content.headers
    return transaction._replace(headers=whole, stage="taken")


def _at_stage(stage: str) -> Callable[[Transaction, Fact, int], Transaction]:
    return lambda transaction, fact, outcomes: transaction._replace(stage=stage)


_CHANGES: Mapping[type[Fact], Callable[[Transaction, Any, int], Transaction]] = {
    TransactionBegun: _begun,
    SenderRefused: _turned_away,
    RecipientTaken: _taken,
    RecipientRefused: _refused,
    LetterBegun: _at_stage("letter"),
    LetterTaken: _letter_taken,
    LetterRefused: _at_stage("refused"),
    TransactionDropped: _at_stage("dropped"),
}
"""What each fact changes; facts that do not stand here change nothing."""
