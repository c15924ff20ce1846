"""The outcome: the way of the mail to each recipient, and what lies in the mailboxes now."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from smtpsim.explain import Words
from smtpsim.protocol.smtp.reply import Reply
from smtpsim.session.simulation import Simulation
from smtpsim.views.brigade import Numbered, brigade
from smtpsim.views.fate import outcomes_of_mail
from smtpsim.views.inbox import subject
from smtpsim.views.panel_section import PanelSection, Scene, Seen
from smtpsim.views.row import Mark, Row, Section, titled, worst
from smtpsim.world.mailbox import Mailbox


def section(simulation: Simulation, words: Words) -> Section:
    outcomes = tuple(outcomes_of_mail(simulation))
    title = words("panel.outcome")
    if not outcomes and simulation.transaction.refusal:
        return _refused(simulation.transaction.sender or "", simulation.transaction.refusal, words)
    if not outcomes:
        none = words("panel.no-outcome")
        return titled("outcome", title, (Row("none", "", none),), none)
    ways = tuple(brigade(simulation, outcomes, words))
    rows = (*ways, *_mailboxes(simulation, outcomes, words))
    counted = _counted(outcomes, words)
    return titled("outcome", title, rows, _digest(counted, ways), worst(ways), counted)


def _refused(sender: str, reply: Reply, words: Words) -> Section:
    """The sender was refused: then there are no recipients whose outcome could tell of it."""
    said = f"{reply.code} {reply.lines[0]}"
    text = words("panel.outcome-refused-sender", sender=f"<{sender}>")
    row = Row("refused", "", text, Mark.BAD, said)
    return titled("outcome", words("panel.outcome"), (row,), text, Mark.BAD, words("panel.status-rejected"))


def _mailboxes(simulation: Simulation, outcomes: tuple[Numbered, ...], words: Words) -> Iterator[Row]:
    """The mailboxes that were delivered to, each once, with their newest mail."""
    known = simulation.world.mailboxes
    for address in dict.fromkeys(outcome.mailbox for _, outcome in outcomes):
        mailbox = known.get(address)
        if mailbox is not None and mailbox.length:
            yield Row(f"mailbox-{address}", "", _holds(mailbox, words), Mark.NOTE)


def _holds(mailbox: Mailbox, words: Words) -> str:
    newest = subject(next(iter(mailbox.mails))) or words("page.no-subject")
    return words("panel.holds", mailbox=mailbox.name, count=mailbox.length, subject=newest)


def _counted(outcomes: tuple[Numbered, ...], words: Words) -> str:
    """How many recipients came to which end; bounces have recipients of their own and do not count."""
    counts = Counter(outcome.status for _, outcome in outcomes if not outcome.follows)
    return ", ".join(f"{words(f'panel.status-{status}')} {count}" for status, count in counts.items())


def _digest(counted: str, ways: tuple[Row, ...]) -> str:
    """The counts, and the way where it is the same for all."""
    first = [row.value for row in ways if not row.depth]
    return ": ".join(filter(None, (counted, first[0]))) if len(first) == 1 else counted


def _make(seen: Seen, words: Words) -> Iterator[Section]:
    yield section(seen.simulation, words)


def _reads(seen: Seen) -> tuple[object, ...]:
    """Before there are outcomes nothing else counts."""
    simulation, world = seen.simulation, seen.simulation.world
    mail, connection = simulation.transaction, simulation.connection
    if not any(number >= mail.first_outcome for number in world.outcomes):
        return (mail.refusal,)
    known = world.outcomes, world.mailboxes, world.now, world.zones, world.hosts
    return mail.sender, mail.first_outcome, *known, connection.client_ip, connection.state.user, seen.findings


SECTION = PanelSection("outcome", 110, _make, _reads, frozenset({Scene.SENDING, Scene.READING}))
