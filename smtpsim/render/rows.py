"""Rows laid out in columns at a given width. What looks different in colour reads the same without."""

from __future__ import annotations

from collections.abc import Iterator

from smtpsim.render.badges import badge_lines, badges_cut
from smtpsim.render.cells import breakable, clipped, folded, padded, width
from smtpsim.render.theme import CHANGED, SYMBOLS, Span, Spans, badge_role
from smtpsim.views.row import Mark, Panel, Row, Section

GUTTER = 3
"""Columns for the mark of a change, the row's own mark, and a space."""

INDENT = 2
NARROWEST_VALUE = 16

DEPTH_SHARE = 3
"""Depth takes a third of the line at most: what is deeper yet stands no further in."""

LABEL_SHARE = 3
"""Labels take a third of the line at most; the value of a longer one goes below it."""


STATE_SHARE = 2
"""A state takes half of the line at most."""


def heading(section: Section, columns: int) -> Spans:
    """The title in a line across, and at its end the section's state."""
    state = clipped(section.state, columns // STATE_SHARE)
    end: Spans = (Span(badge_role(section.digest.mark), state), Span("rule", " ─")) if state else ()
    space = columns - sum(width(span.text) for span in end)
    shown = clipped(section.title, space - 4)
    rest = space - width(shown) - 4 - bool(end)
    return Span("rule", "── "), Span("title", shown), Span("rule", " " + "─" * rest + (" " if end else "")), *end


def laid_out(section: Section, columns: int) -> Iterator[Spans]:
    """The section: its title, where it has one, and its rows, each as many lines as it needs."""
    if section.title:
        yield heading(section, columns)
    for lines in row_lines(section, columns):
        yield from lines


def row_lines(section: Section, columns: int) -> Iterator[Iterator[Spans]]:
    """The lines of each row, their columns in line with those of the others."""
    label = _label_column(section, columns)
    return (_row(row, label, columns) for row in section.rows)


def _label_column(section: Section, columns: int) -> int:
    """The columns for labels: those of the longest that leaves most of the line to the values."""
    widths = (width(row.label) for row in section.rows)
    return max((label for label in widths if label <= columns // LABEL_SHARE), default=0)


def digest_line(row: Row, label: int, columns: int) -> Spans:
    """A section's digest in one line, cut where it is too long; `label` columns are kept for its title."""
    head = *_gutter(row), Span("label", padded(row.label, label) + "  ")
    space = columns - GUTTER - label - 2
    if row.badges:
        return *head, *badges_cut(row.badges, space)
    return *head, Span("changed" if row.changed else "value", clipped(row.value, space))


def digest_lines(row: Row, label: int, columns: int) -> Iterator[Spans]:
    """The same in as many lines as it needs."""
    head: Spans = (*_gutter(row), Span("label", padded(row.label, label) + "  "))
    space = columns - GUTTER - label - 2
    role = "changed" if row.changed else "value"
    lines = badge_lines(row.badges, space) if row.badges else ((Span(role, text),) for text in folded(row.value, space))
    for spans in lines:
        yield *head, *spans
        head = (Span("plain", " " * (GUTTER + label + 2)),)


TASK_LINES = 3
"""Lines at most for the step at hand on a small screen: enough for every lesson at 80 columns."""


def task_lines(row: Row, columns: int) -> list[Spans]:
    """The digest of a task: its title does not stand in the column of labels, so that the step is read whole."""
    space = columns - GUTTER
    *lines, last = list(folded(f"{row.label} {row.value}", space))[: TASK_LINES + 1]
    if len(lines) == TASK_LINES:
        last = clipped(f"{lines.pop()} …", space)
    sign = _gutter(row)
    blank: Spans = (Span("plain", " " * GUTTER),)
    return [(*(blank if number else sign), Span("value", text)) for number, text in enumerate((*lines, last))]


def _row(row: Row, label: int, columns: int) -> Iterator[Spans]:
    indent = min(INDENT * row.depth, columns // DEPTH_SHARE)
    start = GUTTER + indent
    column = _value_column(row, start, label, columns)
    lines = iter(_lines(row, columns - column))
    first = _first(row, column - start, columns - start, lines)
    yield *_gutter(row), Span("plain", " " * indent), *first
    for spans in lines:
        yield Span("plain", " " * column), *spans


def _value_column(row: Row, start: int, label: int, columns: int) -> int:
    """Where the value begins: after the labels, or on a line of its own where there is no room beside them."""
    if not row.label:
        return start
    beside = start + label + 2
    if width(row.label) > label or columns - beside < NARROWEST_VALUE:
        return start + INDENT
    return beside


def _lines(row: Row, columns: int) -> Iterator[Spans]:
    """The value, and the remark after it where that fits, else below it."""
    if row.badges:
        yield from badge_lines(row.badges, columns)
        return
    value = Span("changed" if row.changed else "value", row.value)
    remark = Span("warn" if row.mark is Mark.WARN else "remark", row.remark)
    if row.remark and width(row.value) + 2 + width(row.remark) <= columns:
        yield value, Span("plain", "  "), remark
        return
    for role, text in (value, remark):
        if text:
            yield from ((Span(role, piece),) for piece in folded(text, columns))


def _gutter(row: Row) -> Spans:
    change = Span("changed-mark", CHANGED) if row.changed else Span("plain", " ")
    return change, Span(row.mark.value, SYMBOLS[row.mark]), Span("plain", " ")


def _first(row: Row, space: int, most: int, lines: Iterator[Spans]) -> Iterator[Span]:
    """The label, and the first line of the value after it where there is room."""
    if not row.label:
        yield from next(lines, ())
    elif width(row.label) + 2 <= space:
        yield Span("label", padded(row.label, space))
        yield from next(lines, ())
    else:
        yield Span("label", clipped(row.label, most))


def plain(panel: Panel, columns: int) -> str:
    """The whole panel; every line ends in a line feed and holds at most so many columns."""
    lines = (spans for section in panel.sections for spans in laid_out(section, columns))
    return "".join(f"{text_of(spans)}\n" for spans in lines)


def text_of(spans: Spans) -> str:
    """A line without its looks."""
    return breakable("".join(span.text for span in spans).rstrip())
