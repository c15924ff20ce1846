"""A dialogue between two servers: what the relay said to the next host, and what came back."""

from __future__ import annotations

from collections.abc import Iterator

from smtpsim.explain import Words
from smtpsim.views.dialogue import reply_mark
from smtpsim.views.page import page, part
from smtpsim.views.row import Mark, Panel, Row
from smtpsim.world.model import Hop, Said

MOST_LINES = 2_000
"""Lines of one letter that are shown."""


def hop(found: Hop, words: Words) -> Panel:
    """The whole dialogue, the letter included."""
    title = words("page.hop", number=found.number, client=found.client, server=found.server)
    rows = (row for number, said in enumerate(found.said) for row in _said(number, said, words))
    return page(title, part("", rows))


def _said(number: int, said: Said, words: Words) -> Iterator[Row]:
    typed = said.client.removesuffix("\r\n").split("\r\n") if said.client else []
    for index, text in enumerate(typed[:MOST_LINES]):
        yield Row(f"{number}-client-{index}", ">", text.expandtabs(4))
    if len(typed) > MOST_LINES:
        yield Row(f"{number}-more", " ", words("page.more-lines", count=len(typed) - MOST_LINES), Mark.NOTE)
    for index, text in enumerate(said.server.split("\r\n")):
        if text:
            yield Row(f"{number}-server-{index}", " ", text, _refusal(text))


def _refusal(text: str) -> Mark:
    """The mark of a reply that refuses; good ones go without, as in the dialogue that is typed."""
    mark = reply_mark(int(text[:3]))
    return Mark.NONE if mark is Mark.GOOD else mark
