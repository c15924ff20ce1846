"""The remarks in a transcript, each with the turn after which it stands."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

from smtpsim.session.turn import Turn
from smtpsim.transcript.client import Played
from smtpsim.transcript.dialogue import Dialogue, Note


class Notes:
    """Finds the notes after a turn. A turn that was not in the recording has none, whatever its number is."""

    def __init__(self, dialogue: Dialogue, played: Iterable[Played]) -> None:
        self._found = _behind(dialogue, tuple(played))

    def behind(self, turn: Turn) -> tuple[Note, ...]:
        """All notes between this turn and the next one, in every language."""
        meant, notes = self._found.get(turn.number, (None, ()))
        return notes if meant is turn else ()

    def texts(self, turn: Turn, lang: str) -> tuple[str, ...]:
        """The notes after a turn for readers of one language: the others' where there are none for them."""
        notes = self.behind(turn)
        own = tuple(note.text for note in notes if note.lang == lang)
        return own or tuple(note.text for note in notes if not note.lang)


def _behind(dialogue: Dialogue, played: tuple[Played, ...]) -> dict[int, tuple[Turn, tuple[Note, ...]]]:
    last = {id(entry): list(turns)[-1].turn for entry, turns in groupby(played, lambda one: one.entry)}
    found: dict[int, tuple[Turn, tuple[Note, ...]]] = {}
    turn = played[0].turn if played else None
    for entry in dialogue.entries:
        turn = last.get(id(entry), turn)
        if isinstance(entry, Note) and turn is not None:
            notes = found.get(turn.number, (turn, ()))[1]
            found[turn.number] = (turn, (*notes, entry))
    return found


NO_NOTES = Notes(Dialogue(), ())
