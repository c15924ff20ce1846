"""A panel as plain text: the same columns and marks as on the screen, without colour, at any width."""

from __future__ import annotations

from smtpsim.render.cells import breakable
from smtpsim.render.rows import laid_out
from smtpsim.render.theme import Spans
from smtpsim.views.row import Panel


def plain(panel: Panel, columns: int) -> str:
    """The whole panel; every line ends in a line feed and holds at most so many columns."""
    lines = (spans for section in panel.sections for spans in laid_out(section, columns))
    return "".join(f"{text_of(spans)}\n" for spans in lines)


def text_of(spans: Spans) -> str:
    """A line without its looks."""
    return breakable("".join(span.text for span in spans).rstrip())
