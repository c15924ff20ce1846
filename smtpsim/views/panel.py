"""The panel of a turn: connection, envelope, letter, SPF and outcome, with what the turn changed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from smtpsim.explain import Words
from smtpsim.session.commands.read import opened_by
from smtpsim.session.opened import Opened
from smtpsim.session.simulation import Simulation
from smtpsim.session.turn import Turn
from smtpsim.views import connection, envelope, faults, letter, outcome, pickup, reader, records, spf
from smtpsim.views.change import compared
from smtpsim.views.receipt import read_by
from smtpsim.views.row import Panel, Section
from smtpsim.views.safe import safe_panel
from smtpsim.views.shift import shifts
from smtpsim.world.dns.zones import Zones

FOLDED: frozenset[str] = frozenset()


class Aside(NamedTuple):
    """The name whose records stand in the panel beside the rest, and the zones of the turn before."""

    name: str
    before: Zones


def panel(turn: Turn, words: Words, unfolded: frozenset[str] = FOLDED) -> Panel:
    """What there is to see after a turn; the SPF steps of the identities in `unfolded` are shown whole."""
    return _panel(turn.after, None, words, spf.Sight(unfolded))


def changed_panel(turn: Turn, before: Turn | None, words: Words, unfolded: frozenset[str] = FOLDED) -> Panel:
    """The panel of a turn, with the rows marked that are not as they were in the turn before. A turn that is about a
    name in the DNS shows its records too; one that opens a mail shows what its reader sees."""
    if before is None:
        return panel(turn, words, unfolded)
    mail = read_by(turn)
    if mail:
        return compared(_reading(turn.after, mail, words), _reading(before.after, mail, words))
    name = records.name_asked(turn)
    aside = Aside(name, before.after.world.zones) if name else None
    now = _panel(turn.after, aside, words, spf.Sight(unfolded, shifts(turn, before)))
    return compared(now, _panel(before.after, aside, words, spf.Sight(unfolded)))


def _panel(simulation: Simulation, aside: Aside | None, words: Words, sight: spf.Sight) -> Panel:
    about = (records.section(simulation.world.zones, aside.before, aside.name, words),) if aside else ()
    shown = _picking_up if simulation.pickup else _sending
    return safe_panel(Panel(words("panel.title"), tuple(shown(simulation, about, words, sight))))


def _reading(simulation: Simulation, mail: str, words: Words) -> Panel:
    """The mail, and below what has come of all mails. A reader sees neither dialogue nor envelope."""
    opened = opened_by(simulation.world, mail)
    shown = reader.sections(opened, words) if isinstance(opened, Opened) else ()
    return safe_panel(Panel(words("panel.title"), (*shown, outcome.section(simulation, words))))


def _picking_up(simulation: Simulation, about: Iterable[Section], words: Words, sight: spf.Sight) -> Iterator[Section]:
    yield from pickup.sections(simulation, words)
    yield from about


def _sending(simulation: Simulation, about: Iterable[Section], words: Words, sight: spf.Sight) -> Iterator[Section]:
    """From top to bottom; what the DNS says stands above what SPF makes of it."""
    yield connection.section(simulation, words)
    yield from faults.sections(simulation, words)
    yield envelope.section(simulation, words)
    yield letter.section(simulation, words)
    yield from about
    yield spf.section(simulation, words, sight)
    yield outcome.section(simulation, words)
