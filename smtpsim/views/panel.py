"""The panel of a turn: connection, envelope, letter, SPF and outcome, with what the turn changed."""

from __future__ import annotations

from smtpsim.explain import Words
from smtpsim.session.turn import Turn
from smtpsim.views import connection, envelope, letter, outcome, pickup, spf
from smtpsim.views.change import compared
from smtpsim.views.row import Panel
from smtpsim.views.safe import safe_panel

SECTIONS = (connection.section, envelope.section, letter.section, spf.section, outcome.section)
"""The sections from top to bottom. Each takes the simulation after a turn and the words to say it in."""


def panel(turn: Turn, words: Words) -> Panel:
    """What there is to see after a turn."""
    simulation = turn.after
    if simulation.pickup:
        return safe_panel(Panel(words("panel.title"), pickup.sections(simulation, words)))
    sections = tuple(section(simulation, words) for section in SECTIONS)
    return safe_panel(Panel(words("panel.title"), sections))


def changed_panel(turn: Turn, before: Turn | None, words: Words) -> Panel:
    """The panel of a turn, with the rows marked that are not as they were in the turn before."""
    return compared(panel(turn, words), panel(before, words) if before else None)
