"""The envelope: all that servers on the way go by. It is shown as long as its mail is the one at hand."""

from __future__ import annotations

from collections.abc import Iterator

from smtpsim.explain import Words
from smtpsim.kernel.address import split_address
from smtpsim.protocol.smtp.reply import Reply
from smtpsim.session.simulation import Simulation
from smtpsim.session.transaction import Named, Transaction
from smtpsim.views.fate import MARKS, outcomes_of_mail
from smtpsim.views.panel_section import PanelSection, Seen
from smtpsim.views.row import Mark, Row, Section, titled, worst
from smtpsim.world.model import Outcome


def _make(seen: Seen, words: Words) -> Iterator[Section]:
    yield _section(seen.simulation, words)


def _section(simulation: Simulation, words: Words) -> Section:
    transaction = simulation.transaction
    title = words("panel.envelope")
    if transaction.sender is None:
        none = words("panel.no-envelope")
        return titled("envelope", title, (Row("none", "", none),), none)
    recipients = tuple(_recipients(simulation, words))
    rows = (_sender(transaction, words), *recipients, _stage(transaction, words))
    state = _state(transaction, words)
    return titled("envelope", title, rows, _digest(transaction, words), worst(rows[:-1]), state)


def _state(transaction: Transaction, words: Words) -> str:
    """How many recipients the server has taken; that it refused the sender."""
    if transaction.refusal:
        return words("panel.status-rejected")
    taken = sum(not named.refusal for named in transaction.recipients)
    return words("panel.recipients" if taken > 1 else "panel.recipient", count=taken) if taken else ""


def _sender(transaction: Transaction, words: Words) -> Row:
    row = Row("from", "MAIL FROM", f"<{transaction.sender}>")
    if transaction.refusal:
        return row._replace(mark=Mark.BAD, remark=_refused(transaction.refusal, words))
    if not transaction.sender:
        return row._replace(mark=Mark.NOTE, remark=words("panel.null-sender"))
    return row


def _refused(reply: Reply, words: Words) -> str:
    return words("panel.refused-with", reply=f"{reply.code} {reply.lines[0]}")


def _recipients(simulation: Simulation, words: Words) -> Iterator[Row]:
    """Every recipient that was named; one that is named again gets no second copy."""
    fates = {_known_by(o.recipient): o for _, o in outcomes_of_mail(simulation) if not o.follows}
    taken: set[str] = set()
    for number, named in enumerate(simulation.transaction.recipients, 1):
        key = _known_by(named.address)
        row = _recipient(number, named, fates.get(key), words)
        yield row._replace(mark=Mark.NOTE, remark=words("panel.named-again")) if key in taken else row
        if not named.refusal:
            taken.add(key)


def _known_by(address: str) -> str:
    """The form in which a server compares addresses: the domain's case means nothing (RFC 5321 2.4)."""
    path = split_address(address)
    return f"{path.local}@{path.host}"


def _recipient(number: int, named: Named, outcome: Outcome | None, words: Words) -> Row:
    key, label, value = f"to-{number}", "RCPT TO", f"<{named.address}>"
    if named.refusal:
        return Row(key, label, value, Mark.BAD, _refused(named.refusal, words))
    if outcome is None:
        return Row(key, label, value, Mark.GOOD)
    return Row(key, label, value, MARKS[outcome.status], words(f"panel.status-{outcome.status}"))


def _stage(transaction: Transaction, words: Words) -> Row:
    """Whose the envelope is by now: still the client's, or the server's, or nobody's."""
    mark = Mark.NOTE if transaction.stage in ("taken", "dropped", "refused", "closed") else Mark.NONE
    return Row("stage", "", words(f"panel.stage-{transaction.stage}"), mark)


def _digest(transaction: Transaction, words: Words) -> str:
    """The sender, who is to get the mail, and who was refused."""
    if transaction.refusal:
        return words("panel.digest-refused", addresses=f"<{transaction.sender}>")
    taken = ", ".join(f"<{named.address}>" for named in transaction.recipients if not named.refusal)
    refused = ", ".join(f"<{named.address}>" for named in transaction.recipients if named.refusal)
    to = f" \N{RIGHTWARDS ARROW} {taken}" if taken else ""
    also = f"; {words('panel.digest-refused', addresses=refused)}" if refused else ""
    return f"<{transaction.sender}>{to}{also}"


def _reads(seen: Seen) -> tuple[object, ...]:
    mail, outcomes = seen.simulation.transaction, seen.simulation.world.outcomes
    return mail.sender, mail.refusal, mail.recipients, mail.stage, mail.first_outcome, outcomes


SECTION = PanelSection("envelope", 30, _make, _reads)
