"""The parts of a panel as HTML, each kept once: a step only names those that it shows.

A list names pieces by number; a star after it says that the step changed what stands there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from html import escape

from smtpsim.explain import Words
from smtpsim.render.theme import SYMBOLS
from smtpsim.views.explanation import Explanation
from smtpsim.views.row import Badge, Mark, Panel, Row, Section

DEEPEST = 6
"""Levels of a tree that stand further in; what is deeper yet stands no further."""

_GAP = '<div class="gap"></div>'


class Pieces:
    """All pieces so far. The same text is the same piece, whatever step it is from."""

    def __init__(self, words: Words) -> None:
        self._words = words
        self._numbers: dict[str, int] = {}

    def panel(self, panel: Panel) -> tuple[str, ...]:
        """The list of a panel: what begins a section, then its rows."""
        return tuple(
            name for section in panel.sections for name in (self._named(_title(section)), *map(self._row, section.rows))
        )

    def told(self, told: Explanation) -> tuple[str, ...]:
        """The list of what is said about a turn."""
        rows = (row for row in (told.why, *told.remarks) if row.value)
        after = (self._named(f'<p class="next">{escape(told.next)}</p>'),) if told.next else ()
        return (*map(self._row, rows), *after)

    def html(self) -> str:
        """All of them, in the order of their numbers."""
        return "\n".join(self._numbers)

    def _row(self, row: Row) -> str:
        name = self._named(row_html(row._replace(changed=False), self._words))
        return f"{name}*" if row.changed else name

    def _named(self, html: str) -> str:
        return str(self._numbers.setdefault(html, len(self._numbers)))


def difference(old: Sequence[str], new: Sequence[str]) -> str:
    """How to make one list of another: how many stay at its head, how many at its end, and what comes between. ""
    where nothing changed."""
    if old == new:
        return ""
    most = min(len(old), len(new))
    head = next((n for n in range(most) if old[n] != new[n]), most)
    most -= head
    tail = next((n for n in range(most) if old[-1 - n] != new[-1 - n]), most)
    return " ".join((str(head), str(tail), *new[head : len(new) - tail]))


def panel_html(panel: Panel, words: Words) -> Iterator[str]:
    """A whole panel."""
    for section in panel.sections:
        yield f'<section class="part">{_title(section)}<ul>'
        yield from (row_html(row, words) for row in section.rows)
        yield "</ul></section>"


def row_html(row: Row, words: Words) -> str:
    """One row; its mark is told in words too."""
    depth = f" d{min(row.depth, DEEPEST)}" if row.depth else ""
    changed = " changed" if row.changed else ""
    label = f'<span class="label">{escape(row.label)}</span> ' if row.label else ""
    return (
        f'<li class="row {row.mark.value}{depth}{changed}">{_mark(row.mark, words)}{label}'
        f'<span class="value">{_value(row, words)}</span></li>'
    )


def _title(section: Section) -> str:
    """The title, and the section's state beside it."""
    if not section.title:
        return _GAP
    state = f' <b class="{section.digest.mark.value}">{escape(section.state)}</b>' if section.state else ""
    return f"<h3>{escape(section.title)}{state}</h3>"


def _value(row: Row, words: Words) -> str:
    if row.badges:
        return " ".join(_badges(row.badges, words))
    remark = f' <span class="remark">{escape(row.remark)}</span>' if row.remark else ""
    return f"{escape(row.value)}{remark}"


def _badges(badges: Iterable[Badge], words: Words) -> Iterator[str]:
    for badge in badges:
        label, value = escape(badge.label), escape(badge.value)
        mark = _mark(badge.mark, words)
        yield f'<span class="badge {badge.mark.value}"><span class="label">{label}</span> {mark}{value}</span>'


def _mark(mark: Mark, words: Words) -> str:
    if mark is Mark.NONE:
        return ""
    said = escape(words(f"html.mark-{mark.value}"))
    return f'<span class="mark" aria-hidden="true">{SYMBOLS[mark]}</span><span class="unseen">{said}: </span>'
