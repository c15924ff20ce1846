"""The sending service that is talked to: whose mail this is, the envelope sender that it writes, meters and lists."""

from __future__ import annotations

from collections.abc import Iterator

from smtpsim.explain import Words
from smtpsim.session.simulation import Simulation
from smtpsim.views.fate import outcomes_of_mail
from smtpsim.views.meter import meter_rows, percent, short_standing, standing, standing_mark
from smtpsim.views.panel_section import PanelSection, Seen
from smtpsim.views.row import Mark, Row, Section, titled, worst
from smtpsim.world.sending.account import Account, Sending
from smtpsim.world.sending.books import Sent, books, mode, sent
from smtpsim.world.sending.lists import in_force
from smtpsim.world.sending.rates import Meter, per_mille


def _sections(simulation: Simulation, words: Words) -> tuple[Section, ...]:
    """One section, none where the host is no sending service."""
    sending = simulation.connection.host.sending
    if sending is None:
        return ()
    account = sending.account_of(simulation.connection.state.user)
    title = words("service.title")
    if account is None:
        nobody = words("service.nobody")
        return (titled("service", title, (Row("account", words("service.account"), nobody),), nobody),)
    meter = books(simulation.world, sending).meter(account.name)
    told, mark = standing(meter, sending.limits, words), standing_mark(meter, sending.limits)
    rows = (
        Row("account", words("service.account"), account.name, mark, told),
        *_rewritten(simulation, sending, account, words),
        *meter_rows(meter, sending.limits, words, ""),
        _lists(simulation, sending, account, words),
    )
    return (titled("service", title, rows, _digest(account, meter, sending, words), worst(rows)),)


def _rewritten(simulation: Simulation, sending: Sending, account: Account, words: Words) -> Iterator[Row]:
    """The envelope sender that the mail at hand goes out with."""
    known = _letter(simulation, sending)
    if known is None:
        return
    key = "own" if known.written.host == account.mail_from else "unset" if account.mail_from else "usual"
    remark = words(f"service.sender-{key}", told=known.told, domain=account.mail_from)
    yield Row("sender", "MAIL FROM", str(known.written), Mark.WARN if key == "unset" else Mark.NOTE, remark)


def _letter(simulation: Simulation, sending: Sending) -> Sent | None:
    letters = (outcome.letter for _, outcome in outcomes_of_mail(simulation) if not outcome.follows)
    return next((known for letter in letters if (known := sent(simulation.world, sending, letter))), None)


def _lists(simulation: Simulation, sending: Sending, account: Account, words: Words) -> Row:
    kept, used = books(simulation.world, sending).lists, mode(simulation.world, sending)
    own = sum(name == account.name for name, _ in kept.own)
    all_of_them = sum(in_force(listed, simulation.world.now) for listed in kept.shared.values())
    return Row("lists", words("service.lists"), words(f"service.listed-{used}", all=all_of_them, own=own))


def _digest(account: Account, meter: Meter, sending: Sending, words: Words) -> str:
    sent, bounced, complained = meter.total
    return words(
        "service.digest",
        account=account.name,
        standing=short_standing(meter, sending.limits, words),
        bounces=percent(per_mille(bounced, sent)),
        complaints=percent(per_mille(complained, sent)),
    )


def _make(seen: Seen, words: Words) -> tuple[Section, ...]:
    return _sections(seen.simulation, words)


def _reads(seen: Seen) -> tuple[object, ...]:
    """The host alone, where it is no sending service: then there is no section."""
    simulation, host = seen.simulation, seen.host
    if host.sending is None:
        return (host,)
    mail = simulation.transaction
    return host, simulation.connection.state.user, simulation.world, mail.first_outcome


SECTION = PanelSection("service", 100, _make, _reads)
