"""The live view: a table of the sessions in the terminal, the newest at the top, drawn anew while something happens."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from typing import TextIO

from rich.console import Console
from rich.live import Live
from rich.table import Table
from rich.text import Text

from smtpsim.app.serve.log import outcome
from smtpsim.app.serve.session import Session
from smtpsim.explain import Words
from smtpsim.kernel.printable import printable
from smtpsim.session.simulation import Turn

KEPT = 200
COLUMNS = {
    "client": (15, None),
    "helo": (10, 2),
    "phase": (8, None),
    "envelope": (12, 4),
    "verdicts": (10, 3),
    "outcome": (10, 3),
}
"""By the name of a column: how wide it is at least, and its share of the width that is left, None for none."""

BESIDE = 6
"""Lines of the terminal that are not for sessions."""
PER_SECOND = 4


class LiveTable:
    """An observer. rich draws in a thread of its own, at most four times a second, so that a flood costs no more."""

    looks_at_dialogues = False

    def __init__(self, out: TextIO, say: Words) -> None:
        self._say = say
        self._console = Console(file=out)
        self._ended: deque[Session] = deque(maxlen=KEPT)
        self._open: dict[int, Session] = {}
        self._live = Live(
            console=self._console, get_renderable=self.table, refresh_per_second=PER_SECOND, transient=True
        )

    def start(self) -> None:
        self._live.start()

    def stop(self) -> None:
        self._live.stop()

    def heard(self, session: Session, turn: Turn) -> None:
        self._open[session.number] = session

    def ended(self, session: Session) -> None:
        self._open.pop(session.number, None)
        self._ended.appendleft(session)

    def table(self) -> Table:
        """As many of the newest sessions as the terminal has lines for."""
        table = Table(expand=True, box=None, header_style="bold")
        table.add_column("#", justify="right", min_width=4, no_wrap=True)
        for name, (least, share) in COLUMNS.items():
            title = self._say(f"page-mail.{name}")
            table.add_column(title, overflow="ellipsis", no_wrap=True, min_width=least, ratio=share)
        newest = sorted((*self._open.values(), *self._ended), key=lambda one: -one.number)
        for session in newest[: max(1, self._console.height - BESIDE)]:
            table.add_row(*map(Text, self._cells(session)), style="dim" if session.over else "")
        return table

    def _cells(self, session: Session) -> Iterator[str]:
        simulation = session.simulation
        connection, transaction = simulation.connection, simulation.transaction
        taken = ", ".join(one.address for one in transaction.recipients if one.refusal is None)
        access = simulation.access
        yield str(session.number)
        yield session.client.ip
        yield printable(connection.state.helo or "")
        yield str(access.state.phase if access else connection.state.phase)
        yield "" if transaction.sender is None else printable(f"<{transaction.sender}> → {taken}")
        yield ", ".join(f"{one.kind} {one.result}" for one in connection.findings if one.result not in _NOTHING)
        yield outcome(session, self._say) if session.over or session.letters else str(session.last_code)


_NOTHING = frozenset({"none", "not-listed"})
"""Results of findings that say nothing of the client."""
