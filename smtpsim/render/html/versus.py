"""Two recordings side by side as a page: what differs is marked, and why below it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape

from smtpsim.explain import Words
from smtpsim.render.html.dialogue import line_html, text_html
from smtpsim.render.html.paper import Paper
from smtpsim.render.html.pieces import panel_html
from smtpsim.transcript.alignment import Difference
from smtpsim.views.dialogue import Line
from smtpsim.views.versus import Step, Versus, names, summary

_KINDS = {
    Difference.NONE: ("same", ""),
    Difference.TEXT: ("same", "·"),
    Difference.SAID: ("said-differs", "~"),
    Difference.ANSWER: ("answer-differs", "≠"),
}
"""How a step that both sides have is marked: the class of its row, and the sign between the two."""


def versus_paper(shown: Versus, words: Words) -> Paper:
    left, right = names(shown, words)
    head = f'<tr><th>{escape(left)}</th><th class="between"></th><th>{escape(right)}</th></tr>'
    rows = "".join(_rows(shown, words))
    legend = f'<p class="about">{escape(words("versus.legend"))}</p>'
    why = "".join(panel_html(summary(shown, words), words))
    return Paper(f"{left} / {right}", f"<table><thead>{head}</thead><tbody>{rows}</tbody></table>{legend}{why}")


def _rows(shown: Versus, words: Words) -> Iterator[str]:
    for index, step in enumerate(shown.steps):
        if index == shown.parting:
            yield f'<tr class="here"><td colspan="3">{escape(words("versus.here"))}</td></tr>'
        kind, sign = _kind(step)
        left, right = (_side(lines, words) for lines in (step.left, step.right))
        yield f'<tr class="{kind}"><td>{left}</td><td class="between">{sign}</td><td>{right}</td></tr>'


def _kind(step: Step) -> tuple[str, str]:
    if step.difference is Difference.ALONE:
        return "alone", "‹" if step.left else "›"
    return _KINDS[step.difference]


def _side(lines: Iterable[Line], words: Words) -> str:
    return "".join(line_html(line, line.turn, text_html(line), words) for line in lines)
