"""The shipped transcripts as a table, by what they are about."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from smtpsim.explain import Words
from smtpsim.transcript.dialogue import Dialogue
from smtpsim.transcript.losses import in_language
from smtpsim.views.page import page, part
from smtpsim.views.row import Panel, Row


class Shipped(NamedTuple):
    """A shipped transcript as one line tells of it, in one language. `theme` is an entry of the words' `theme`."""

    name: str
    theme: str
    title: str
    about: str


def shipped(name: str, dialogue: Dialogue, words: Words) -> Shipped:
    """What the head of a transcript says: in the language of the words, or else for everybody."""
    shown = in_language(dialogue, words.lang)
    return Shipped(name, shown.directive("theme"), shown.directive("title"), shown.directive("about"))


def shipped_table(found: Iterable[Shipped], words: Words) -> Panel:
    """A section a theme, a row a transcript; no section for a theme that there is no transcript of."""
    listed = tuple(found)
    by_theme = (
        part(title, tuple(Row(one.name, one.name, one.title, remark=one.about) for one in listed if one.theme == theme))
        for theme, title in words.section("theme").items()
        if any(one.theme == theme for one in listed)
    )
    return page(words("transcript.shipped"), *by_theme)
