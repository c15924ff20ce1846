"""A panel as plain text: the same columns and marks as on the screen, without colour, at any width."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from smtpsim.render.looks import Spans
from smtpsim.render.rows import heading, laid_out
from smtpsim.views.row import Panel, Section


def plain(panel: Panel, columns: int) -> str:
    """The whole panel; every line ends in a line feed and holds at most so many columns."""
    return "".join(f"{line}\n" for section in panel.sections for line in _section(section, columns))


def text_of(spans: Spans) -> str:
    """A line without its looks."""
    return "".join(span.text for span in spans).rstrip()


def _section(section: Section, columns: int) -> Iterator[str]:
    lines: Iterable[Spans] = laid_out(section, columns)
    yield text_of(heading(section, columns))
    yield from map(text_of, lines)
