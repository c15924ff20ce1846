"""A session as a plain form: lines that are typed go in, the dialogue, the panel and what is asked come back as data.

For a phone, where the letters of a full screen would be too small, and for a screen reader: the page shows new lines in
a region that is read aloud. It is the same session as that of the full screen.
"""

from __future__ import annotations

import asyncio
from bisect import bisect_left
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from smtpsim.app.classroom.allowance import LINE_ENDS
from smtpsim.app.classroom.terminal import PATIENCE, Gone
from smtpsim.app.tui import actions
from smtpsim.app.tui.state import State
from smtpsim.shell.autosave import Autosave
from smtpsim.shell.hints import hint
from smtpsim.views.dialogue import Line, Log
from smtpsim.views.row import Panel, Row, Section

LINES = 400
"""So many lines of the dialogue are shown at the beginning."""


class PlainForm:
    """`run` sends what has changed until the person leaves, `send` fails or somebody calls `close`."""

    def __init__(self, state: State, autosave: Autosave, send: Callable[[dict[str, Any]], Awaitable[None]]) -> None:
        self._state, self._autosave, self._send = state, autosave, send
        self._changed, self._closed = asyncio.Event(), False
        self._from = max(len(state.log) - LINES, 0)
        self._sent: list[Line] = []  # of the log, in the order in which they are shown
        state.writing, state.leaving = False, False

    def redraw(self) -> None:
        self._changed.set()

    def close(self) -> None:
        self._closed = True
        self._changed.set()

    def key(self, text: str) -> None:
        """There are no keys here."""

    def told(self, told: Mapping[str, Any]) -> None:
        """Lines that were typed, the answer to a question, or a page that is put away."""
        for name, act in _TOLD.items():
            if name in told:
                act(self._state, told[name])
        self._autosave.follow(self._state.timeline)
        self.redraw()

    async def run(self) -> None:
        self.redraw()
        while not self._closed and not self._state.leaving:
            await self._changed.wait()
            self._changed.clear()
            try:
                async with asyncio.timeout(PATIENCE):
                    await self._send(self._news())
            except TimeoutError:
                raise Gone from None

    def _news(self) -> dict[str, Any]:
        """The whole form; of the dialogue only what is not there yet, behind so many lines that stay."""
        log = self._state.log
        first = self._from = min(self._from, len(log))
        kept = self._kept(log, first)
        self._sent[kept:] = [log[number] for number in range(first + kept, len(log))]
        lines = [(line.speaker, line.mark, line.text) for line in self._sent[kept:]]
        return {"plain": {"kept": kept, "lines": lines, **form_of(self._state)}}

    def _kept(self, log: Log, first: int) -> int:
        """How many of the lines that were sent still stand. A log is cut and goes on from there: before a line that
        is the same object all are, so that halving finds the place."""
        both = range(min(len(self._sent), len(log) - first))
        return bisect_left(both, True, key=lambda number: log[first + number] is not self._sent[number])


def form_of(state: State) -> dict[str, Any]:
    """Everything beside the dialogue."""
    told, shell = state.explanation, state.shell
    said = (state.message,) if state.message else (told.why, *told.remarks)
    return {
        "why": [[row.mark, row.value] for row in said if row.value],
        "next": "" if shell.in_exam or state.message else told.next,
        "ask": state.ask.text if state.ask else "",
        "hint": "" if shell.in_exam or state.stepping or shell.over else hint("", state.simulation),
        "page": state.page is not None,
        "panel": _panel(state.page or state.panel),
    }


def _panel(panel: Panel) -> dict[str, Any]:
    return {"title": panel.title, "sections": [_section(section) for section in panel.sections]}


def _section(section: Section) -> dict[str, Any]:
    state = section.state or section.digest.value
    rows = [_row(row) for row in section.rows]
    return {"title": section.title, "state": state, "mark": section.digest.mark, "rows": rows}


def _row(row: Row) -> dict[str, Any]:
    return {name: getattr(row, name) for name in ("label", "value", "mark", "remark", "depth", "changed")}


def _lines(state: State, typed: object) -> None:
    """A question has to be answered first."""
    if state.ask is None and isinstance(typed, list):
        actions.send(state, LINE_ENDS.split("\n".join(typed)))


def _answer(state: State, yes: object) -> None:
    ask, state.ask = state.ask, None
    if ask and yes is True:
        actions.carry_out(state, ask.yes())
        state.settle()


def _put_away(state: State, told: object) -> None:
    state.close_page()


_TOLD: Mapping[str, Callable[[State, object], None]] = {"lines": _lines, "answer": _answer, "away": _put_away}
