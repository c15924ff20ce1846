"""The log: one line a session for people, one JSON object an event for programs. Secrets are masked before."""

from __future__ import annotations

import json
import threading
from contextlib import suppress
from queue import Full, Queue
from typing import Any, TextIO

from smtpsim.app.serve.session import Session
from smtpsim.explain import Words
from smtpsim.kernel.printable import printable
from smtpsim.session.simulation import Turn

MOST_WAITING = 1000
CLOSING_TIME = 1.0
"""Seconds for the last lines of a log."""


class PlainLog:
    """A line for each session that has ended. A thread writes them: where nobody reads the pipe behind the log, lines
    are dropped, and the server goes on."""

    looks_at_dialogues = False

    def __init__(self, out: TextIO, say: Words) -> None:
        self._out, self._say = out, say
        self._lines: Queue[str | None] = Queue(MOST_WAITING)
        self._writer = threading.Thread(target=self._write, name="log", daemon=True)
        self._writer.start()

    def heard(self, session: Session, turn: Turn) -> None:
        return

    def ended(self, session: Session) -> None:
        values = {"number": session.number, "name": session.service, "ip": session.client.ip}
        self.line(self._say("serve.session", **values, outcome=outcome(session, self._say)))

    def line(self, text: str | None) -> None:
        with suppress(Full):
            self._lines.put_nowait(text)

    def close(self) -> None:
        """Write what waits, unless nobody reads it."""
        self.line(None)
        self._writer.join(CLOSING_TIME)

    def _write(self) -> None:
        with suppress(OSError, ValueError):
            while (line := self._lines.get()) is not None:
                print(line, file=self._out, flush=True)


def outcome(session: Session, say: Words) -> str:
    """What a session came to, in a few words."""
    access = session.simulation.access
    if access:
        return say("serve.outcome-access", mailbox=access.mailbox or "-")
    if session.letters:
        return say("serve.outcome-mails", count=len(session.letters))
    if session.turns < 2:
        return say("serve.outcome-silent")
    if session.mistake:
        return say("serve.outcome-mistake", code=session.last_code, mistake=session.mistake)
    return say("serve.outcome-none", code=session.last_code)


class JsonLog:
    """JSON Lines: `event` is turn, mail or end. Texts of letters are not logged."""

    looks_at_dialogues = True

    def __init__(self, file: TextIO) -> None:
        self._file = file

    def heard(self, session: Session, turn: Turn) -> None:
        if turn.reply is None and not turn.facts:
            return
        self._write("turn", session, turn_object(session, turn))

    def ended(self, session: Session) -> None:
        self._write("end", session, {"turns": session.turns, "letters": session.letters})

    def _write(self, event: str, session: Session, values: dict[str, Any]) -> None:
        head = {"event": event, "session": session.number, "service": session.service, "client_ip": session.client.ip}
        self._file.write(json.dumps(head | values, ensure_ascii=False) + "\n")
        self._file.flush()


def turn_object(session: Session, turn: Turn) -> dict[str, Any]:
    """A turn in few words: what was said (masked where it is secret), and the reply."""
    reply = turn.reply
    return {
        "turn": session.turns - 1,
        "client": printable(session.last_line),
        "code": reply.code if reply else None,
        "reply": [printable(line) for line in session.last_reply[:10]] if reply else None,
        "facts": [fact.key for fact in turn.facts],
        "faults": [fault.key for fault in turn.faults],
    }
