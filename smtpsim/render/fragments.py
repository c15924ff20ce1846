"""Laid-out lines as prompt_toolkit's fragments, each piece with its role as a class of the style sheet.

Not by way of rich: its segments are cut, measured and styled once more at each line, and cost six times as much for
the same characters.
"""

from __future__ import annotations

from functools import lru_cache

from prompt_toolkit.formatted_text import StyleAndTextTuples

from smtpsim.render.cells import breakable
from smtpsim.render.dialogue import line_rows
from smtpsim.render.rows import laid_out
from smtpsim.render.theme import Spans
from smtpsim.views.dialogue import Line
from smtpsim.views.row import Section

Fragments = StyleAndTextTuples
"""One row: style and text, pair by pair."""


def classed(spans: Spans) -> Fragments:
    """A line whose roles are classes of the style sheet. The library would draw a no-break space as one of its own."""
    return [(f"class:{role}", breakable(text)) for role, text in spans]


@lru_cache(maxsize=2048)
def line_fragments(line: Line, columns: int) -> tuple[Fragments, ...]:
    """The rows of a line of the dialogue."""
    return tuple([classed(spans) for spans in line_rows(line, columns)])


def section_fragments(section: Section, columns: int) -> list[Fragments]:
    """The rows of a section of the panel."""
    return [classed(spans) for spans in laid_out(section, columns)]
