"""The help page: SMTP in a few lines, the simulator's commands, and what the marks mean."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from smtpsim.explain import Words
from smtpsim.render.theme import CHANGED
from smtpsim.shell.command import GROUPS, Command
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


def help_page(words: Words, commands: Iterable[Command], keys: tuple[Section, ...] = ()) -> Panel:
    """Everything that can be typed; `keys` are the sections of a front end that has keys."""
    known = tuple(commands)
    return page(
        words("page.help"),
        part(words("page.smtp"), _smtp(words)),
        *keys[:1],
        *(part(words(f"page.group-{group}"), _commands(known, group, words)) for group in GROUPS),
        part(words("page.marks"), _marks(words)),
        *keys[1:],
    )


def _smtp(words: Words) -> Iterator[Row]:
    for line, key in SMTP:
        yield Row(key, line, words(f"repl.smtp-{key}"))


def _commands(commands: Iterable[Command], group: str, words: Words) -> Iterator[Row]:
    """The commands of a group: what each does, and a line to try. All that can stand behind a name is told by
    `:help NAME`."""
    for command in commands:
        if command.group == group:
            name = f":{command.name}"
            example = command.example if command.example != name else ""
            yield Row(command.name, name, words(f"command.{command.name}"), remark=example)


def _marks(words: Words) -> Iterator[Row]:
    for mark in Mark:
        if mark is not Mark.NONE:
            yield Row(mark, "", words(f"repl.mark-{mark}"), mark)
    yield Row("changed", CHANGED, words("repl.mark-changed"))
