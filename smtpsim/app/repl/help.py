"""The help page: the keys, SMTP in a few lines, the simulator's orders, and what the marks mean."""

from __future__ import annotations

from collections.abc import Iterator

from smtpsim.app.repl import commands
from smtpsim.app.repl.keymap import HELP, STEP_HELP
from smtpsim.explain import Words
from smtpsim.render.theme import CHANGED
from smtpsim.views.page import page, part
from smtpsim.views.row import Mark, Panel, Row

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


def help_page(words: Words) -> Panel:
    """Everything that can be typed or pressed."""
    return page(
        words("page.help"),
        part(words("page.keys"), _keys(words)),
        part(words("page.smtp"), _smtp(words)),
        part(words("page.simulator"), _orders(words)),
        part(words("page.marks"), _marks(words)),
        part(words("present.keys"), (Row(key, shown, words(f"present.key-{key}")) for shown, key in STEP_HELP)),
    )


def order_help(name: str, words: Words) -> str:
    """One order: its form and what it is for."""
    return f"{words(f'command.{name}-form')}  {words(f'command.{name}')}"


def _keys(words: Words) -> Iterator[Row]:
    for shown, key in HELP:
        yield Row(key, shown, words(f"repl.key-{key}"))


def _smtp(words: Words) -> Iterator[Row]:
    for line, key in SMTP:
        yield Row(key, line, words(f"repl.smtp-{key}"))


def _orders(words: Words) -> Iterator[Row]:
    for name in commands.names():
        yield Row(name, words(f"command.{name}-form"), words(f"command.{name}"))


def _marks(words: Words) -> Iterator[Row]:
    for mark in Mark:
        if mark is not Mark.NONE:
            yield Row(mark, "", words(f"repl.mark-{mark}"), mark)
    yield Row("changed", CHANGED, words("repl.mark-changed"))
