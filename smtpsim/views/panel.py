"""The panel of a turn: connection, envelope, letter, SPF and outcome, with what the turn changed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from smtpsim.explain import Words
from smtpsim.session.opened import Opened, open_mail
from smtpsim.session.simulation import Simulation
from smtpsim.session.turn import DnsName, ListedAddress, OpenedMail, Turn
from smtpsim.views import (
    access,
    authentication,
    connection,
    envelope,
    faults,
    letter,
    lights,
    lists,
    outcome,
    rbl,
    reader,
    records,
    service,
    spf,
)
from smtpsim.views.change import compared
from smtpsim.views.row import Panel, Section
from smtpsim.views.safe import safe_panel
from smtpsim.views.shift import shifts

FOLDED: frozenset[str] = frozenset()


About = Callable[[Simulation], tuple[Section, ...]]
"""What stands in the panel beside the rest because the turn was about it, as it is in a simulation."""


def _nothing(simulation: Simulation) -> tuple[Section, ...]:
    return ()


def panel(turn: Turn, words: Words, unfolded: frozenset[str] = FOLDED) -> Panel:
    """What there is to see after a turn; the SPF steps of the identities in `unfolded` are shown whole."""
    return _panel(turn.after, _nothing, words, spf.Sight(unfolded))


def changed_panel(turn: Turn, before: Turn | None, words: Words, unfolded: frozenset[str] = FOLDED) -> Panel:
    """The panel of a turn, with the rows marked that are not as they were in the turn before. A turn that is about a
    name in the DNS shows its records too; one that opens a mail shows what its reader sees."""
    if before is None:
        return panel(turn, words, unfolded)
    mail = turn.about
    if isinstance(mail, OpenedMail):
        return compared(_reading(turn.after, mail, words), _reading(before.after, mail, words))
    about = _about(turn, before, words)
    now = _panel(turn.after, about, words, spf.Sight(unfolded, shifts(turn, before)))
    return compared(now, _panel(before.after, about, words, spf.Sight(unfolded)))


def _about(turn: Turn, before: Turn, words: Words) -> About:
    """A name in the DNS, or an address on blocklists."""
    about, zones = turn.about, before.after.world.zones
    if isinstance(about, DnsName):
        return lambda simulation: (records.section(simulation.world.zones, zones, about.name, words),)
    if isinstance(about, ListedAddress):
        return lambda simulation: (rbl.section(simulation.world, about.address, words),)
    return _nothing


def _panel(simulation: Simulation, about: About, words: Words, sight: spf.Sight) -> Panel:
    shown = _picking_up if simulation.access else _sending
    return safe_panel(Panel(words("panel.title"), tuple(shown(simulation, about(simulation), words, sight))))


def _reading(simulation: Simulation, mail: OpenedMail, words: Words) -> Panel:
    """The mail, and below what has come of all mails. A reader sees neither dialogue nor envelope."""
    opened = open_mail(simulation.world, mail.mailbox, str(mail.number))
    shown = reader.sections(opened, words) if isinstance(opened, Opened) else ()
    return safe_panel(Panel(words("panel.title"), (*shown, outcome.section(simulation, words))))


def _picking_up(simulation: Simulation, about: Iterable[Section], words: Words, sight: spf.Sight) -> Iterator[Section]:
    yield from access.sections(simulation, words)
    yield from about


def _sending(simulation: Simulation, about: Iterable[Section], words: Words, sight: spf.Sight) -> Iterator[Section]:
    """From top to bottom; what the DNS says stands above what SPF makes of it."""
    yield connection.section(simulation, words)
    yield from faults.sections(simulation, words)
    yield envelope.section(simulation, words)
    yield letter.section(simulation, words)
    yield from about
    yield spf.section(simulation, words, sight)
    yield from lights.sections(simulation, words)
    yield from authentication.sections(simulation, words)
    beside = lists.section(simulation, words)
    if beside:
        yield beside
    yield from service.sections(simulation, words)
    yield outcome.section(simulation, words)
