"""A recording with each line explained below it, and the panel at the end."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from smtpsim.explain import Words
from smtpsim.render.html.dialogue import line_html, text_html
from smtpsim.render.html.paper import Paper, paragraphs
from smtpsim.render.html.pieces import panel_html, row_html
from smtpsim.views.explanation import Explanation
from smtpsim.views.handout import Handout


def explained(sheet: Handout, words: Words) -> Paper:
    """Notes, questions and answers stand where they belong."""
    head = f'<p class="about">{escape(sheet.about)}</p>'
    end = f"<h3>{escape(words('paper.end'))}</h3>{''.join(panel_html(sheet.panel, words))}"
    return Paper(sheet.title, head + "".join(_steps(sheet, words)) + end)


def _steps(sheet: Handout, words: Words) -> Iterator[str]:
    for step in sheet.steps:
        yield '<div class="step">'
        yield paragraphs("remark-line", (*step.introduced, *step.answered))
        for place, line in enumerate(step.lines):
            yield line_html(line, None if place else step.number, text_html(line), words)
        yield told_html(step.told, words)
        yield paragraphs("remark-line", step.remarked)
        yield paragraphs("question", step.asked)
        yield "</div>"


def told_html(told: Explanation, words: Words) -> str:
    """What is said about a step, "" where there is nothing to say."""
    rows = "".join(row_html(row, words) for row in (told.why, *told.remarks) if row.value)
    return f'<ul class="said">{rows}</ul>' if rows else ""
