"""A recording as a worksheet, with lines to be filled in and room for answers, and as the key to it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from html import escape
from itertools import count

from smtpsim.explain import Words
from smtpsim.render.html.dialogue import line_html, text_html
from smtpsim.render.html.paper import Paper, paragraphs
from smtpsim.views.dialogue import Line, Speaker
from smtpsim.views.handout import Handout, HandoutStep

_OPEN = (Speaker.CLIENT, Speaker.LETTER)
"""Whose lines are left out: what the server answers is there to go by."""


def worksheet(sheet: Handout, words: Words) -> Paper:
    """With a place for the name, blanks in the dialogue, and the questions with room below them."""
    who = "".join(f"<span>{escape(words(f'paper.{key}'))}</span>" for key in ("name", "date"))
    head = f'<p class="about">{escape(sheet.about)}</p><p class="who">{who}</p>{_task(sheet, words)}'
    return Paper(sheet.title, head + "".join(_steps(sheet, words, _blank, _room, _no_answer)))


def answer_key(sheet: Handout, words: Words) -> Paper:
    """The same sheet with everything filled in."""
    title = words("paper.key-title", title=sheet.title)
    head = f'<p class="about">{escape(sheet.about)}</p>'
    return Paper(title, head + "".join(_steps(sheet, words, _filled, _question, _answer)))


def _task(sheet: Handout, words: Words) -> str:
    asked = any(step.asked for step in sheet.steps)
    return f"<p>{escape(words('paper.task-asked' if asked else 'paper.task'))}</p>"


Drawn = Callable[[Line], str]
Asked = Callable[[str], str]
Answered = Callable[[HandoutStep, Words], str]


def _steps(sheet: Handout, words: Words, drawn: Drawn, asked: Asked, answered: Answered) -> Iterator[str]:
    questions = count(1)
    for step in sheet.steps:
        yield '<div class="step">'
        yield paragraphs("remark-line", step.introduced)
        for place, line in enumerate(step.lines):
            text = drawn(line) if step.open and line.speaker in _OPEN else text_html(line)
            yield line_html(line, None if place else step.number, text, words)
        yield answered(step, words)
        yield paragraphs("remark-line", step.remarked)
        yield from (asked(f"{next(questions)}. {text}") for text in step.asked)
        yield "</div>"


def _blank(line: Line) -> str:
    return '<span class="blank"></span>'


def _filled(line: Line) -> str:
    return f'<span class="filled">{text_html(line)}</span>'


def _room(question: str) -> str:
    return f'<div class="question">{escape(question)}<span class="room"></span></div>'


def _question(question: str) -> str:
    return f'<div class="question">{escape(question)}</div>'


def _no_answer(step: HandoutStep, words: Words) -> str:
    return ""


def _answer(step: HandoutStep, words: Words) -> str:
    return paragraphs("answer", (words("paper.answer", text=text) for text in step.answered))
