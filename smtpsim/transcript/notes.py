"""The notes in a transcript, each with the turn that it belongs to."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

from smtpsim.session.simulation import Turn
from smtpsim.transcript.client import Played
from smtpsim.transcript.dialogue import Dialogue, Note, Place
from smtpsim.transcript.losses import in_one_language

_WITH_THE_NEXT = (Place.NOTE, Place.ANSWER)


class Notes:
    """Finds the notes of a turn. A turn that was not in the recording has none, whatever its number is."""

    def __init__(self, dialogue: Dialogue, played: Iterable[Played]) -> None:
        turns = tuple(played)
        self._after = _Found()
        self._over = _Found()
        self._under = _Found()
        if turns:
            self._sort(dialogue, turns)

    def behind(self, turn: Turn) -> tuple[Note, ...]:
        """All notes between this turn and the next one in the file, in every language."""
        return self._after.of(turn)

    def over(self, turn: Turn, lang: str) -> tuple[str, ...]:
        """What introduces a turn, for readers of one language."""
        return _texts(self._over.of(turn), lang)

    def under(self, turn: Turn, lang: str) -> tuple[str, ...]:
        """What is said of what a turn brought, or asked behind it."""
        return _texts(self._under.of(turn), lang)

    def texts(self, turn: Turn, lang: str) -> tuple[str, ...]:
        """All that is said about a turn."""
        return (*self.over(turn, lang), *self.under(turn, lang))

    def at(self, turn: Turn, place: Place, lang: str) -> tuple[str, ...]:
        """Those of one kind, for readers of one language."""
        found = (*self._over.of(turn), *self._under.of(turn))
        return _texts(tuple(note for note in found if note.place is place), lang)

    def asks(self, turn: Turn) -> bool:
        """Whether the readers are asked for the next step, which is not to be shown in advance then."""
        return any(note.place is Place.ASK for note in self._under.of(turn))

    def _sort(self, dialogue: Dialogue, played: tuple[Played, ...]) -> None:
        """What stands before all else belongs to the greeting; what nothing follows, to the last turn."""
        made = {key: [one.turn for one in turns] for key, turns in groupby(played, lambda one: id(one.entry))}
        now, started = played[0].turn, False
        waiting: list[Note] = []
        for entry in dialogue.entries:
            if isinstance(entry, Note):
                self._after.add(now, entry)
                if entry.place not in _WITH_THE_NEXT:
                    self._under.add(now, entry)
                else:
                    waiting.append(entry)
                continue
            turns = made.get(id(entry), [])
            if turns or not started:
                self._over.add(turns[0] if turns and started else played[0].turn, *waiting)
                waiting = []
            started, now = True, turns[-1] if turns else now
        self._under.add(now, *waiting)


class _Found:
    """Notes by the number of a turn, and the turn that is meant."""

    def __init__(self) -> None:
        self._by_number: dict[int, tuple[Turn, tuple[Note, ...]]] = {}

    def add(self, turn: Turn, *notes: Note) -> None:
        if notes:
            self._by_number[turn.number] = (turn, (*self._by_number.get(turn.number, (turn, ()))[1], *notes))

    def of(self, turn: Turn) -> tuple[Note, ...]:
        meant, notes = self._by_number.get(turn.number, (None, ()))
        return notes if meant is turn else ()


def _texts(notes: tuple[Note, ...], lang: str) -> tuple[str, ...]:
    return tuple(note.text for note in in_one_language(notes, lang))


NO_NOTES = Notes(Dialogue(), ())
