"""The journal: every turn is on disk before the next line is read, so that a killed session can be brought back.

A session writes `session-PID.txt`, a transcript; leaving removes it. One whose process is gone was cut off.
"""

from __future__ import annotations

import os
import re

from smtpsim.app.repl.places import state_folder
from smtpsim.session.timeline import Timeline
from smtpsim.session.turn import Turn
from smtpsim.transcript import Dialogue, write
from smtpsim.transcript.recording import entries_of, recorded

LOST = "lost-session.txt"

_NAME = re.compile(r"session-([0-9]+)\.txt")


class Journal:
    """Follows a timeline; what it costs is what has changed. Raises OSError when the disk does not want it."""

    def __init__(self) -> None:
        self.path = os.path.join(state_folder(), f"session-{os.getpid()}.txt")
        self._file = open(self.path, "wb", buffering=0, opener=_private)
        self._turns: list[Turn] = []
        self._ends: list[int] = []

    def follow(self, timeline: Timeline) -> None:
        """Cut off the turns that were undone or replaced, write those that are new."""
        kept = len(self._turns)
        while kept and not timeline.holds(kept - 1, self._turns[kept - 1]):
            kept -= 1
        if kept < len(self._turns):
            self._cut(kept)
        for number in range(kept, timeline.position + 1):
            self._write(timeline.turn(number))

    def close(self) -> None:
        """The session ended well: nothing is to be brought back."""
        self._file.close()
        os.remove(self.path)

    def _cut(self, kept: int) -> None:
        end = self._ends[kept - 1] if kept else 0
        del self._turns[kept:], self._ends[kept:]
        self._file.truncate(end)
        self._file.seek(end)

    def _write(self, turn: Turn) -> None:
        dialogue = Dialogue(entries_of(turn)) if self._turns else recorded((turn,))
        self._file.write(write(dialogue, "text"))
        self._turns.append(turn)
        self._ends.append(self._file.tell())


def lost() -> str:
    """The path of the newest session that was cut off, "" when there is none. It is kept under one name."""
    try:
        folder = state_folder()
        kept = os.path.join(folder, LOST)
        for path in _cut_off(folder):
            os.replace(path, kept)
    except OSError:
        return ""
    return kept if os.path.exists(kept) else ""


def _cut_off(folder: str) -> list[str]:
    """The journals whose process is gone, the oldest first."""
    found = [
        os.path.join(folder, name)
        for name in os.listdir(folder)
        if (match := _NAME.fullmatch(name)) and not _alive(int(match.group(1)))
    ]
    return sorted(found, key=os.path.getmtime)


def _alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):
        return True
    return True


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)
