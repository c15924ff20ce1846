"""The help page: SMTP in a few lines, the simulator's commands, and what the marks mean."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from smtpsim.explain import Words
from smtpsim.render.theme import CHANGED
from smtpsim.views.page import page, part
from smtpsim.views.row import Mark, Panel, Row, Section

SMTP = (
    ("HELO cgi.example.com", "hello"),
    ("MAIL FROM:<a@example.com>", "mail"),
    ("RCPT TO:<b@example.net>", "rcpt"),
    ("DATA", "data"),
    (".", "dot"),
    ("RSET", "rset"),
    ("QUIT", "quit"),
)
"""A mail from beginning to end: lines as they are typed, and the words for each (`repl.smtp-KEY`)."""


def help_page(words: Words, names: Iterable[str], keys: tuple[Section, ...] = ()) -> Panel:
    """Everything that can be typed; `keys` are the sections of a front end that has keys."""
    first, rest = keys[:1], keys[1:]
    shown = page(
        words("page.help"),
        part(words("page.smtp"), _smtp(words)),
        part(words("page.simulator"), _commands(names, words)),
        part(words("page.marks"), _marks(words)),
    )
    return shown._replace(sections=(*first, *shown.sections, *rest))


def _smtp(words: Words) -> Iterator[Row]:
    for line, key in SMTP:
        yield Row(key, line, words(f"repl.smtp-{key}"))


def _commands(names: Iterable[str], words: Words) -> Iterator[Row]:
    for name in names:
        yield Row(name, words(f"command.{name}-form"), words(f"command.{name}"))


def _marks(words: Words) -> Iterator[Row]:
    for mark in Mark:
        if mark is not Mark.NONE:
            yield Row(mark, "", words(f"repl.mark-{mark}"), mark)
    yield Row("changed", CHANGED, words("repl.mark-changed"))
