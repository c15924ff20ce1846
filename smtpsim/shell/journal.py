"""The journal: every turn is on disk before the next line is read, so that a killed session can be brought back.

A session writes a transcript of its own, `session-NAME.txt`, and holds a lock on it; leaving removes it. One whose lock
nobody holds was cut off.
"""

from __future__ import annotations

import os

from smtpsim.session.simulation import Turn
from smtpsim.session.timeline import Timeline
from smtpsim.transcript import Dialogue, write
from smtpsim.transcript.recording import entries_of, recorded


class Journal:
    """Follows a timeline in an open file; what it costs is what has changed. Raises OSError when the disk does not want
    it."""

    def __init__(self, path: str, file: int) -> None:
        self.path, self._file = path, file
        self._turns: list[Turn] = []
        self._ends = [0]

    def follow(self, timeline: Timeline) -> None:
        """Cut off the turns that were undone or replaced, write those that are new."""
        kept = len(self._turns)
        while kept and not timeline.holds(kept - 1, self._turns[kept - 1]):
            kept -= 1
        self._cut(kept)
        for number in range(kept, timeline.position + 1):
            self._write(timeline.turn(number))

    def close(self) -> None:
        """The session ended well: nothing is to be brought back."""
        os.close(self._file)
        os.remove(self.path)

    def _cut(self, kept: int) -> None:
        if kept < len(self._turns):
            del self._turns[kept:], self._ends[kept + 1 :]
            os.truncate(self._file, self._ends[kept])
            os.lseek(self._file, self._ends[kept], os.SEEK_SET)

    def _write(self, turn: Turn) -> None:
        """One turn is one write; the first also tells who connected to whom."""
        octets = write(self._dialogue(turn), "text")
        os.write(self._file, octets)
        self._turns.append(turn)
        self._ends.append(self._ends[-1] + len(octets))

    def _dialogue(self, turn: Turn) -> Dialogue:
        """What stands in the file for a turn."""
        return Dialogue(entries_of(turn)) if self._turns else recorded((turn,))
