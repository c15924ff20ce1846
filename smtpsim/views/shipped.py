"""The shipped transcripts as a table, by what they are about."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from smtpsim.explain import Words
from smtpsim.transcript.dialogue import Dialogue
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
    return Shipped(name, dialogue.directive("theme"), told(dialogue, "title", words), told(dialogue, "about", words))


def told(dialogue: Dialogue, key: str, words: Words) -> str:
    """A directive in the language of the words (`# title.ja:`), or else the one for everybody (`# title:`)."""
    return dialogue.directive(f"{key}.{words.lang}") or dialogue.directive(key)


def shipped_table(found: Iterable[Shipped], words: Words) -> Panel:
    """A section a theme, a row a transcript; no section for a theme that there is no transcript of."""
    listed = tuple(found)
    by_theme = (
        part(title, tuple(Row(one.name, one.name, one.title, remark=one.about) for one in listed if one.theme == theme))
        for theme, title in words.section("theme").items()
        if any(one.theme == theme for one in listed)
    )
    return page(words("transcript.shipped"), *by_theme)
