"""The envelope: all that servers on the way go by. It is shown as long as its mail is the one at hand."""

from __future__ import annotations

from smtpsim.explain import Words
from smtpsim.session.simulation import Simulation
from smtpsim.session.transaction import Named, Transaction
from smtpsim.views.fate import MARKS, outcomes_of_mail
from smtpsim.views.row import Mark, Row, Section, titled, worst
from smtpsim.world.model import Outcome


def section(simulation: Simulation, words: Words) -> Section:
    transaction = simulation.transaction
    title = words("panel.envelope")
    if transaction.sender is None:
        none = words("panel.no-envelope")
        return titled("envelope", title, (Row("none", "", none),), none)
    fates = _fates(simulation)
    recipients = tuple(
        _recipient(number, named, outcome, words)
        for number, (named, outcome) in enumerate(zip(transaction.recipients, fates, strict=True), 1)
    )
    rows = (_sender(transaction.sender, words), *recipients, _stage(transaction, words))
    return titled("envelope", title, rows, _digest(transaction, words), worst(recipients))


def _sender(sender: str, words: Words) -> Row:
    remark = "" if sender else words("panel.null-sender")
    return Row("from", "MAIL FROM", f"<{sender}>", Mark.NONE if sender else Mark.NOTE, remark)


def _fates(simulation: Simulation) -> list[Outcome | None]:
    """The outcome of each named recipient, in their order; None as long as there is none."""
    left = [outcome for _, outcome in outcomes_of_mail(simulation) if not outcome.follows]
    return [_take(left, named.address) for named in simulation.transaction.recipients]


def _take(outcomes: list[Outcome], address: str) -> Outcome | None:
    found = next((outcome for outcome in outcomes if outcome.recipient == address), None)
    if found:
        outcomes.remove(found)
    return found


def _recipient(number: int, named: Named, outcome: Outcome | None, words: Words) -> Row:
    key, label, value = f"to-{number}", "RCPT TO", f"<{named.address}>"
    if named.refusal:
        said = f"{named.refusal.code} {named.refusal.lines[0]}"
        return Row(key, label, value, Mark.BAD, words("panel.refused-with", reply=said))
    if outcome is None:
        return Row(key, label, value, Mark.GOOD)
    return Row(key, label, value, MARKS[outcome.status], words(f"panel.status-{outcome.status}"))


def _stage(transaction: Transaction, words: Words) -> Row:
    """Whose the envelope is by now: still the client's, or the server's, or nobody's."""
    mark = Mark.NOTE if transaction.stage in ("taken", "dropped", "refused") else Mark.NONE
    return Row("stage", "", words(f"panel.stage-{transaction.stage}"), mark)


def _digest(transaction: Transaction, words: Words) -> str:
    """The sender, who is to get the mail, and who was refused."""
    taken = ", ".join(f"<{named.address}>" for named in transaction.recipients if not named.refusal)
    refused = ", ".join(f"<{named.address}>" for named in transaction.recipients if named.refusal)
    to = f" \N{RIGHTWARDS ARROW} {taken}" if taken else ""
    also = f"; {words('panel.digest-refused', addresses=refused)}" if refused else ""
    return f"<{transaction.sender}>{to}{also}"
