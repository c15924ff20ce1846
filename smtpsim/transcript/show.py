"""A recording that was played and can be shown: its turns, and what its file tells about it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from smtpsim.session.simulation import Turn
from smtpsim.transcript.client import Played
from smtpsim.transcript.dialogue import Dialogue
from smtpsim.transcript.notes import Notes


class Show(NamedTuple):
    """`name` is what the recording was asked for by. The first turn is the greeting."""

    name: str
    dialogue: Dialogue
    turns: tuple[Turn, ...]
    notes: Notes

    def title(self, lang: str) -> str:
        """The title in a language, else the one for all; without one, the name."""
        return self._told("title", lang) or self.name

    def about(self, lang: str) -> tuple[str, ...]:
        """What there is to know before the first step: the directive `about`, and the notes that stand there."""
        return (*self.summary(lang), *self.notes.over(self.turns[0], lang))

    def summary(self, lang: str) -> tuple[str, ...]:
        """The directive `about`, where there is one."""
        told = self._told("about", lang)
        return (told,) if told else ()

    def _told(self, key: str, lang: str) -> str:
        return self.dialogue.directive(f"{key}.{lang}") or self.dialogue.directive(key)


def show(name: str, dialogue: Dialogue, played: Iterable[Played]) -> Show:
    """The dialogue of that name with the turns that playing it made."""
    turns = tuple(played)
    return Show(name, dialogue, tuple(one.turn for one in turns), Notes(dialogue, turns))
