"""The outcome: what became of the mail for each recipient, and what lies in the mailboxes now."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from smtpsim.explain import Words
from smtpsim.session.simulation import Simulation
from smtpsim.views.fate import MARKS, fate_text, outcomes_of_mail
from smtpsim.views.mail import subject
from smtpsim.views.row import Mark, Row, Section, titled, worst
from smtpsim.world.model import Mailbox, Outcome


def section(simulation: Simulation, words: Words) -> Section:
    outcomes = tuple(outcomes_of_mail(simulation))
    title = words("panel.outcome")
    if not outcomes:
        none = words("panel.no-outcome")
        return titled("outcome", title, (Row("none", "", none),), none)
    fates = tuple(_fate(number, outcome, words) for number, outcome in outcomes)
    rows = (*fates, *_mailboxes(simulation, outcomes, words))
    return titled("outcome", title, rows, _digest(outcomes, words), worst(fates))


def _fate(number: int, outcome: Outcome, words: Words) -> Row:
    text = fate_text(outcome, words)
    if outcome.follows:
        return Row(f"outcome-{number}", words("panel.bounce"), text, MARKS[outcome.status], depth=1)
    remark = words("panel.see-hop", hop=outcome.hop) if outcome.hop else ""
    return Row(f"outcome-{number}", "", text, MARKS[outcome.status], remark)


def _mailboxes(simulation: Simulation, outcomes: tuple[tuple[int, Outcome], ...], words: Words) -> Iterator[Row]:
    """The mailboxes that were delivered to, each once, with their newest mail."""
    addresses = dict.fromkeys(outcome.mailbox for _, outcome in outcomes if outcome.mailbox)
    for address in addresses:
        mailbox = simulation.world.mailboxes[address]
        yield Row(f"mailbox-{address}", "", _holds(mailbox, words), Mark.NOTE, depth=1)


def _holds(mailbox: Mailbox, words: Words) -> str:
    newest = subject(next(iter(mailbox.mails))) or words("page.no-subject")
    return words("panel.holds", mailbox=mailbox.address, count=mailbox.length, subject=newest)


def _digest(outcomes: tuple[tuple[int, Outcome], ...], words: Words) -> str:
    """How many recipients came to which end; bounces have recipients of their own and do not count."""
    counts = Counter(outcome.status for _, outcome in outcomes if not outcome.follows)
    return ", ".join(f"{words(f'panel.status-{status}')} {count}" for status, count in counts.items())
