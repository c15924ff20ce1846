"""What is said of the read receipt that a mail asks for, or that has been sent for it."""

from __future__ import annotations

from smtpsim.explain import Words
from smtpsim.message.receipt import RULES, Receipt
from smtpsim.session.change import Wrong
from smtpsim.session.opened import open_mail
from smtpsim.session.simulation import OpenedMail, Turn
from smtpsim.views.row import Mark, Row, cited
from smtpsim.world.stored import reading_of


def receipt_row(receipt: Receipt, words: Words) -> Row:
    """The rule that decides about a receipt, and where it is said."""
    mark = Mark.WARN if receipt.allowed else Mark.NONE
    return Row("receipt", "", rule_text(receipt, words), mark, cited(RULES[receipt.rule].ref))


def rule_text(receipt: Receipt, words: Words) -> str:
    return words(f"mail.receipt-{receipt.rule}", to=asked_by(receipt))


def asked_by(receipt: Receipt) -> str:
    """The addresses that a receipt goes to."""
    return ", ".join(one.address for one in receipt.asked_by)


def read_rows(turn: Turn, words: Words) -> tuple[Row, ...]:
    """What came of the receipt when a mail was opened; nothing for any other turn."""
    about = turn.about
    if not isinstance(about, OpenedMail):
        return ()
    sent = ", ".join(fate.recipient for fate in turn.fates if fate.role == "receipt")
    if sent:
        return (Row("receipt", "", words("mail.receipt-done", to=sent), Mark.GOOD),)
    return _not_sent(turn, about, words)


def _not_sent(turn: Turn, about: OpenedMail, words: Words) -> tuple[Row, ...]:
    opened = open_mail(turn.after.world, about.mailbox, str(about.number))
    if isinstance(opened, Wrong):
        return ()
    receipt = reading_of(opened.mail).receipt
    ignored = (Row("ignored", "", words("mail.receipt-ignored"), Mark.NOTE),) if receipt.allowed else ()
    return receipt_row(receipt, words), *ignored
