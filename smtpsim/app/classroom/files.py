"""Files between a pupil and the session: what is saved goes to the browser, what is opened is chosen there."""

from __future__ import annotations

import asyncio
import base64
import os
from collections.abc import Awaitable, Callable

from smtpsim.app.tui.actions import carry_out
from smtpsim.app.tui.state import State
from smtpsim.kernel.failure import Failure
from smtpsim.session.change import Wrong
from smtpsim.shell.answer import Answer, ReadFile, Told, WriteFile, WriteFolder
from smtpsim.shell.place import Place
from smtpsim.views.row import Mark

MOST_OCTETS = 196_608
"""A file that is handed over may be so large."""


class Exchange:
    """`send` gives the browser a message."""

    def __init__(self, state: State, send: Callable[[dict[str, str]], Awaitable[None]]) -> None:
        self._state, self._send = state, send
        self._waiting: ReadFile | None = None
        self._sending: set[asyncio.Future[None]] = set()

    def perform(self, answer: Answer, place: Place) -> Answer:
        """Do what the shell asks for with files, or give the answer back that has nothing to do with them."""
        if isinstance(answer, WriteFile):
            return self._download(answer)
        if isinstance(answer, ReadFile):
            self._waiting = answer
            self._tell({"choose": answer.path})
            return Told("class.choose-file", {"file": answer.path})
        return Wrong("not-granted-disk") if isinstance(answer, WriteFolder) else answer

    def given(self, name: str, content: str) -> None:
        """The person has chosen a file; its content is in base64."""
        asked, self._waiting = self._waiting, None
        if asked is None:
            return
        state = self._state
        try:
            octets = base64.b64decode(content, validate=True)[:MOST_OCTETS]
            carry_out(state, asked.then(octets))
        except (ValueError, Failure) as wrong:
            carry_out(state, Told("class.file-refused", {"file": name, "reason": str(wrong)}, Mark.BAD))
        state.settle()

    def _download(self, answer: WriteFile) -> Answer:
        try:
            content = answer.content()
        except (ValueError, Failure) as wrong:
            return Wrong("save-failed", {"file": answer.path, "reason": str(wrong)})
        name = os.path.basename(answer.path.replace("\\", "/")) or "session.txt"
        self._tell({"download": name, "content": base64.b64encode(content).decode("ascii")})
        return answer.then()

    def _tell(self, told: dict[str, str]) -> None:
        task = asyncio.ensure_future(self._send(told))
        self._sending.add(task)
        task.add_done_callback(self._sending.discard)
