"""The live view in the terminal: a table of the sessions, the newest at the top, drawn anew while something happens;
and one of them opened, with its dialogue and panel as they grow."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from typing import NamedTuple

from prompt_toolkit.application import Application
from prompt_toolkit.key_binding import KeyBindings
from prompt_toolkit.key_binding import KeyPressEvent as Event
from prompt_toolkit.layout import DynamicContainer, HSplit, Layout
from prompt_toolkit.layout.containers import Window
from prompt_toolkit.layout.controls import FormattedTextControl

from smtpsim.app.serve.history import History
from smtpsim.app.serve.log import outcome
from smtpsim.app.serve.opened import Opened
from smtpsim.app.serve.server import Server
from smtpsim.app.serve.session import Session
from smtpsim.app.tui.panes import Lines
from smtpsim.app.tui.style import style_sheet
from smtpsim.explain import Words
from smtpsim.kernel.printable import printable
from smtpsim.render.cells import clipped, folded, padded
from smtpsim.render.fragments import Fragments
from smtpsim.views.explanation import mistake_told

EVERY = 0.25
"""Seconds between two pictures while something happens, so that a flood of sessions costs no more."""

INTERRUPTED = 130
"""The exit status that Ctrl-C means; `q` means 0."""

MOST_LINES = 3
"""Lines for the addresses of the ports."""


class Column(NamedTuple):
    """A column of the table; `share` is its part of the width that is left when all have their `least`."""

    name: str
    least: int
    share: int
    text: Callable[[Session, Words], str]


def _phase(session: Session, say: Words) -> str:
    access = session.simulation.access
    return str(access.state.phase if access else session.simulation.connection.state.phase)


def _envelope(session: Session, say: Words) -> str:
    transaction = session.simulation.transaction
    taken = ", ".join(one.address for one in transaction.recipients if one.refusal is None)
    return "" if transaction.sender is None else printable(f"<{transaction.sender}> → {taken}")


def _verdicts(session: Session, say: Words) -> str:
    found = session.simulation.connection.findings
    return ", ".join(f"{one.kind} {one.result}" for one in found if one.result not in _NOTHING)


def _outcome(session: Session, say: Words) -> str:
    return outcome(session, say) if session.over or session.letters else str(session.last_code)


def _mistake(session: Session, say: Words) -> str:
    return mistake_told(session.mistake.rpartition(".")[2], say)


COLUMNS = (
    Column("number", 5, 0, lambda session, say: str(session.number)),
    Column("client", 15, 0, lambda session, say: session.client.ip),
    Column("helo", 8, 2, lambda session, say: printable(session.simulation.connection.state.helo or "")),
    Column("phase", 7, 0, _phase),
    Column("envelope", 8, 4, _envelope),
    Column("verdicts", 8, 3, _verdicts),
    Column("outcome", 8, 3, _outcome),
    Column("mistake", 8, 2, _mistake),
)

_NOTHING = frozenset({"none", "not-listed"})
"""Results of findings that say nothing of the client."""


class LiveScreen:
    """`ready` is the line on where the server listens. The chosen session stays chosen while newer ones come in above
    it."""

    def __init__(self, server: Server, history: History, ready: str, say: Words) -> None:
        self._server, self._history, self._ready, self._say = server, history, ready, say
        self._chosen = 0
        self._opened: Opened | None = None

    async def run(self, stopping: asyncio.Future[int]) -> None:
        """Draw until the server is to stop; `q` and Ctrl-C stop it."""
        application = self.application(stopping)

        def leave(done: asyncio.Future[int]) -> None:
            if application.is_running:
                application.exit()

        stopping.add_done_callback(leave)
        following = asyncio.ensure_future(self._follow(application))
        try:
            await application.run_async(handle_sigint=False, set_exception_handler=False)
        finally:
            following.cancel()

    async def _follow(self, application: Application[None]) -> None:
        """Draw anew where a session has gone on; lines of a letter are seen in the one that is opened."""
        changed, seen = asyncio.Event(), 0
        self._history.listeners.add(changed)
        try:
            while True:
                await asyncio.sleep(EVERY)
                turns = self._opened.session.turns if self._opened else 0
                if changed.is_set() or turns != seen:
                    changed.clear()
                    seen = turns
                    application.invalidate()
        finally:
            self._history.listeners.discard(changed)

    def application(self, stopping: asyncio.Future[int]) -> Application[None]:
        table = HSplit([Window(Lines(self._head), height=self._head_lines), Window(Lines(self._table))])
        keys = Window(FormattedTextControl(self._keys), height=1)
        body = DynamicContainer(lambda: self._opened.container if self._opened else table)
        self._shown_by: Application[None] = Application(
            layout=Layout(HSplit([body, keys])),
            key_bindings=self._bindings(stopping),
            style=style_sheet(),
            full_screen=True,
            mouse_support=True,
        )
        return self._shown_by

    def sessions(self) -> list[Session]:
        """All that go on or are remembered, the newest first."""
        both = (*self._server.sessions.values(), *self._history.ended_ones)
        return sorted(both, key=lambda one: -one.number)

    def table(self, columns: int, rows: int) -> list[Fragments]:
        """The head and so many sessions, from the newest down to at least the one that is chosen."""
        shown = self._window(rows)
        free = max(columns - sum(column.least + 1 for column in COLUMNS), 0)
        shares = sum(column.share for column in COLUMNS)
        widths = [column.least + free * column.share // shares for column in COLUMNS]
        titles = ["#", *(self._say(f"page-mail.{column.name}") for column in COLUMNS[1:])]
        lines: list[Fragments] = [[("class:head-active", _cells(titles, widths))]]
        for session in shown:
            texts = [column.text(session, self._say) for column in COLUMNS]
            lines.append([(self._look(session, shown), _cells(texts, widths))])
        return lines

    def _window(self, rows: int) -> list[Session]:
        """Rows around the chosen session."""
        known = self.sessions()
        at = next((number for number, one in enumerate(known) if one.number == self._chosen), 0)
        top = max(0, at - rows + 1)
        return known[top : top + rows]

    def _look(self, session: Session, shown: Sequence[Session]) -> str:
        chosen = self._chosen if any(one.number == self._chosen for one in shown) else shown[0].number
        if session.number == chosen:
            return "reverse"
        return "class:hint" if session.over else ""

    def _head_lines(self) -> int:
        return len(self._head(self._shown_by.output.get_size().columns))

    def _head(self, columns: int) -> list[Fragments]:
        """Where the server listens: all of it, since the address of the page may hold a token."""
        return [[("class:hint", line)] for line in folded(self._ready, columns)[:MOST_LINES]]

    def _table(self, columns: int) -> list[Fragments]:
        rows = self._shown_by.output.get_size().rows - self._head_lines() - 2
        found = self.table(columns, max(rows, 1))
        return found if len(found) > 1 else [*found, [("class:hint", self._say("page-mail.nothing-yet"))]]

    def _keys(self) -> Fragments:
        return [("class:bar", f" {self._say('serve.keys-opened' if self._opened else 'serve.keys')} ")]

    def _move(self, by: int) -> None:
        known = [one.number for one in self.sessions()]
        if known:
            at = known.index(self._chosen) if self._chosen in known else 0
            self._chosen = known[min(max(at + by, 0), len(known) - 1)]

    def _open(self) -> None:
        self._move(0)
        for session in self.sessions():
            if session.number == self._chosen and self._opened is None:
                self._opened = Opened(session, self._server, self._say)

    def _close(self) -> None:
        self._opened = None

    def _up_or_down(self, rows: int) -> None:
        if self._opened:
            self._opened.scroll(rows)
        else:
            self._move(rows)

    def _bindings(self, stopping: asyncio.Future[int]) -> KeyBindings:
        bindings = KeyBindings()
        acts: dict[str, Callable[[], None]] = {
            "up": lambda: self._up_or_down(-1),
            "down": lambda: self._up_or_down(1),
            "pageup": lambda: self._up_or_down(-10),
            "pagedown": lambda: self._up_or_down(10),
            "enter": self._open,
            "right": self._open,
            "escape": self._close,
            "left": self._close,
            "tab": lambda: self._opened.turn() if self._opened else None,
            "q": lambda: _stop(stopping, 0),
            "c-c": lambda: _stop(stopping, INTERRUPTED),
        }
        for key, act in acts.items():
            bindings.add(key, eager=key == "escape")(_calling(act))
        return bindings


def _calling(act: Callable[[], None]) -> Callable[[Event], None]:
    return lambda event: act()


def _stop(stopping: asyncio.Future[int], status: int) -> None:
    if not stopping.done():
        stopping.set_result(status)


def _cells(texts: Sequence[str], widths: Sequence[int]) -> str:
    return " ".join(padded(clipped(text, columns), columns) for text, columns in zip(texts, widths, strict=True))
