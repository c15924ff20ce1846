"""The turns of a session without the secrets that were typed in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from smtpsim.session.turn import Turn
from smtpsim.transcript.dialogue import Client, Content
from smtpsim.transcript.recording import entries_of
from smtpsim.transcript.secrets import Masker


def masked_turns(turns: Iterable[Turn]) -> Iterator[Turn]:
    """The turns of a session with a mask for the same secrets, to be shown to others."""
    masker = Masker()
    for turn in turns:
        entries = [(entry, masker.shown(entry)) for entry in entries_of(turn)]
        hidden = [shown.text for entry, shown in entries if isinstance(shown, Client | Content) and shown != entry]
        yield turn._replace(line=hidden[0]) if hidden else turn
