"""The SMTP that a mail program is going to speak, before it does."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from smtpsim.explain import Words
from smtpsim.message.draft import Draft
from smtpsim.views.page import page, part
from smtpsim.views.row import Mark, Panel, Row

MOST_LINES = 500
"""Lines that are shown; a text may have any number."""


def plan(lines: Iterable[str], draft: Draft, words: Words) -> Panel:
    """The client's lines, from its greeting to the final dot."""
    return page(words("compose.plan"), part("", _rows(tuple(lines), draft, words)))


def no_plan(words: Words) -> Panel:
    """What stands there as long as there is nothing to send."""
    return page(words("compose.plan"), part("", (), words("compose.plan-none")))


def _rows(lines: tuple[str, ...], draft: Draft, words: Words) -> Iterator[Row]:
    hidden = {f"RCPT TO:<{named.address}>" for named in draft.bcc}
    letter = False
    for number, line in enumerate(lines[:MOST_LINES]):
        inside = letter and line != "."
        bcc = line in hidden and not inside
        remark = words("compose.plan-bcc") if bcc else ""
        mark = Mark.NOTE if bcc else Mark.NONE
        yield Row(str(number), "\N{BOX DRAWINGS LIGHT VERTICAL}" if inside else ">", line.expandtabs(4), mark, remark)
        letter = inside or line == "DATA"
    if len(lines) > MOST_LINES:
        yield Row("more", "", words("page.more-lines", count=len(lines) - MOST_LINES), Mark.NOTE)
