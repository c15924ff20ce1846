"""The lines of the dialogue as HTML: who speaks is told by a sign, by a colour, and in a word for those who listen."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from smtpsim.explain import Words
from smtpsim.render.dialogue import signed
from smtpsim.views.dialogue import Line
from smtpsim.views.row import Mark
from smtpsim.views.step import Step


def step_html(step: Step, panel: str, told: str, words: Words) -> Iterator[str]:
    """One step of the list. `panel` is how the panel changes with it, `told` what is said about it: lists of pieces."""
    change = f' data-panel="{panel}"' if panel else ""
    yield f'<li class="step"{change} data-told="{told}">'
    yield from map(_note, step.over)
    yield from (
        line_html(line, step.number if first else None, text_html(line), words) for first, line in _firsts(step)
    )
    yield from map(_note, step.under)
    yield "</li>"


def _note(text: str) -> str:
    return f'<p class="note">{escape(text)}</p>'


def _firsts(step: Step) -> Iterator[tuple[bool, Line]]:
    return ((place == 0, line) for place, line in enumerate(step.lines))


def line_html(line: Line, number: int | None, text: str, words: Words) -> str:
    """A line with its number and who speaks; `text` is the HTML of what it says."""
    refused = f" {line.mark.value}" if line.mark in (Mark.BAD, Mark.WARN) else ""
    shown = "" if number is None else str(number)
    return (
        f'<div class="line {line.speaker.value}{refused}"><span class="number" aria-hidden="true">{shown}</span>'
        f'<span class="sign" aria-hidden="true">{escape(signed(line))}</span>'
        f'<span class="unseen">{escape(words(f"html.{line.speaker.value}"))}: </span>{text}</div>'
    )


def text_html(line: Line) -> str:
    """What a line says, with the characters marked that a fault points at."""
    pieces, start = [], 0
    for column in line.columns:
        if start < column <= len(line.text):
            pieces += [escape(line.text[start : column - 1]), f"<mark>{escape(line.text[column - 1])}</mark>"]
            start = column
    return f"<code>{''.join([*pieces, escape(line.text[start:])])}</code>"
