"""Each session as a transcript of its own in a folder, as `replay` reads it. Secrets are masked."""

from __future__ import annotations

import os

from smtpsim.app.serve.session import Session
from smtpsim.session.simulation import Turn
from smtpsim.transcript import write


class Recorder:
    """`head` are the directives by which a replay finds the same world. A file is written when its session ends, under
    a name that none has yet: the moment, and the number of the session."""

    looks_at_dialogues = True

    def __init__(self, folder: str, head: tuple[tuple[str, str], ...]) -> None:
        self._folder, self._head = folder, head
        os.makedirs(folder, exist_ok=True)

    def heard(self, session: Session, turn: Turn) -> None:
        return

    def ended(self, session: Session) -> None:
        if not session.entries:
            return
        content = write(session.dialogue(self._head), "text")
        with open(self._free(session), "xb") as file:
            file.write(content)

    def _free(self, session: Session) -> str:
        from datetime import UTC, datetime

        moment = datetime.fromtimestamp(session.opened, UTC).strftime("%Y%m%dT%H%M%SZ")
        name = os.path.join(self._folder, f"{moment}-{session.number:06}")
        tries = (f"{name}{f'-{again}' if again else ''}.txt" for again in range(10_000))
        return next(path for path in tries if not os.path.exists(path))
