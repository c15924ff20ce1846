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
    yield from (_line(line, step.number if first else None, words) for first, line in _firsts(step))
    yield from map(_note, step.under)
    yield "</li>"


def _note(text: str) -> str:
    return f'<p class="note">{escape(text)}</p>'


def _firsts(step: Step) -> Iterator[tuple[bool, Line]]:
    return ((place == 0, line) for place, line in enumerate(step.lines))


def _line(line: Line, number: int | None, words: Words) -> str:
    refused = f" {line.mark.value}" if line.mark in (Mark.BAD, Mark.WARN) else ""
    sign = escape(signed(line))
    shown = "" if number is None else str(number)
    return (
        f'<div class="line {line.speaker.value}{refused}"><span class="number" aria-hidden="true">{shown}</span>'
        f'<span class="sign" aria-hidden="true">{sign}</span>'
        f'<span class="unseen">{escape(words(f"html.{line.speaker.value}"))}: </span><code>{_text(line)}</code></div>'
    )


def _text(line: Line) -> str:
    """The text, with the characters marked that a fault points at."""
    pieces, start = [], 0
    for column in line.columns:
        if start < column <= len(line.text):
            pieces += [escape(line.text[start : column - 1]), f"<mark>{escape(line.text[column - 1])}</mark>"]
            start = column
    return "".join([*pieces, escape(line.text[start:])])
