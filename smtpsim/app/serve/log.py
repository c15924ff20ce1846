"""The log: one line a session for people, one JSON object an event for programs. Secrets are masked before."""

from __future__ import annotations

import json
from typing import Any, TextIO

from smtpsim.app.serve.session import Session
from smtpsim.explain import Words
from smtpsim.kernel.printable import printable
from smtpsim.session.simulation import Turn


class PlainLog:
    """A line for each session that has ended."""

    looks_at_dialogues = False

    def __init__(self, out: TextIO, say: Words) -> None:
        self._out, self._say = out, say

    def heard(self, session: Session, turn: Turn) -> None:
        return

    def ended(self, session: Session) -> None:
        values = {"number": session.number, "name": session.service, "ip": session.client.ip}
        print(self._say("serve.session", **values, outcome=outcome(session, self._say)), file=self._out, flush=True)


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
        "client": session.last_line,
        "code": reply.code if reply else None,
        "reply": [printable(line) for line in reply.lines[:10]] if reply else None,
        "facts": [fact.key for fact in turn.facts],
        "faults": [fault.key for fault in turn.faults],
    }
