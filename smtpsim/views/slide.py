"""One step for a large room: what was said, why, and of the panel only what it changed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from smtpsim.explain import Words
from smtpsim.kernel.printable import printable
from smtpsim.session.simulation import Turn, TurnKind
from smtpsim.views.dialogue import Line, Speaker, lines_of
from smtpsim.views.explanation import Explanation
from smtpsim.views.row import Mark, Panel, Row, Section

MOST_LINES = 4
"""Lines of a reply; of a longer one the first are shown."""

SERIOUS = (Mark.BAD, Mark.WARN)


class Slide(NamedTuple):
    """`why` are the sentences on the reply; `sections` hold only rows that matter now."""

    caption: tuple[str, ...]
    lines: tuple[Line, ...]
    why: tuple[Row, ...]
    sections: tuple[Section, ...]


def slide(turn: Turn, told: Explanation, panel: Panel, caption: Iterable[str], words: Words) -> Slide:
    """What to show of a turn, with its explanation and its panel."""
    why = tuple(row for row in (told.why, *told.remarks) if row.value)
    return Slide(tuple(map(printable, caption)), _shortened(lines_of(turn, words), words), why, _sections(panel, turn))


def _shortened(lines: tuple[Line, ...], words: Words) -> tuple[Line, ...]:
    missing = len(lines) - MOST_LINES - 1
    if missing < 1:
        return lines
    return (*lines[:MOST_LINES], Line(Speaker.NOTE, words("present.more-lines", count=len(lines) - MOST_LINES)))


def _sections(panel: Panel, turn: Turn) -> tuple[Section, ...]:
    """The sections with news; at the greeting, the connection that it opens."""
    if turn.kind == TurnKind.CONNECT:
        return panel.sections[:1]
    news = (section._replace(rows=_news(section)) for section in panel.sections if section.digest.changed)
    return tuple(section for section in news if section.rows)


def _news(section: Section) -> tuple[Row, ...]:
    """The rows that changed, or that warn. Steps deep in a tree are details, and what is gone needs no room."""
    return tuple(row for row in section.rows if (row.changed or row.mark in SERIOUS) and not row.depth)
