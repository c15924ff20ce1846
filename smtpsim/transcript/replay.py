"""Plays a recorded dialogue against the simulation."""

from __future__ import annotations

from collections.abc import Iterator

from smtpsim.session.turn import Turn
from smtpsim.transcript.client import Order, Played
from smtpsim.transcript.comparison import compare
from smtpsim.transcript.dialogue import Dialogue


def play(dialogue: Dialogue, first: Turn, order: Order) -> Iterator[Played]:
    """The turns of a dialogue, one by one. `first` is the greeting's turn.

    How a letter goes that only one side knows of is told by the recorded replies, so that these are followed here too.
    """
    return (found for found in compare(dialogue, first, order) if isinstance(found, Played))
