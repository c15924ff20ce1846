"""One session of a running server, opened in the terminal: its dialogue and its panel, which grow while it lasts."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from prompt_toolkit.layout import HSplit, VSplit
from prompt_toolkit.layout.containers import Window

from smtpsim.app.serve.server import Server
from smtpsim.app.serve.session import Session
from smtpsim.app.tui.panes import Drawn, Pane, Subject
from smtpsim.app.tui.viewport import Place, Text, Viewport
from smtpsim.explain import Words
from smtpsim.kernel.printable import printable
from smtpsim.render.cells import clipped
from smtpsim.render.fragments import Fragments, line_fragments
from smtpsim.transcript.dialogue import Client, Content, Entry
from smtpsim.transcript.dialogue import Server as Said
from smtpsim.views.change import compared
from smtpsim.views.dialogue import Line, Speaker
from smtpsim.views.panel import panel_of
from smtpsim.views.row import Panel


class Opened:
    """What has changed on the panel since the last look is marked, as in the simulator."""

    def __init__(self, session: Session, server: Server, say: Words) -> None:
        self.session, self._server, self._say = session, server, say
        self._drawn, self._turns = Drawn(), session.turns
        self._panel = panel_of(server.as_it_is(session), say)
        self._said = Spoken(session)
        dialogue = self._pane(lambda columns: self._said, lambda: 0)
        panel = self._pane(lambda columns: self._drawn.text(self.panel(), columns), lambda: 1)
        self._panes, self._half = (dialogue, panel), 0
        divider = Window(width=1, char="│", style="class:head")
        self.container = HSplit([VSplit([Window(dialogue), divider, Window(panel)])])

    def panel(self) -> Panel:
        """As it is now. Its rows are marked against the look before, until there is something new."""
        if self.session.turns != self._turns:
            self._panel = compared(panel_of(self._server.as_it_is(self.session), self._say), self._panel)
            self._turns = self.session.turns
        return self._panel

    def scroll(self, rows: int) -> None:
        self._panes[self._half].viewport.scroll(rows)

    def turn(self) -> None:
        """From now on the other half is scrolled."""
        self._half = 1 - self._half

    def _pane(self, text: Callable[[int], Text], half: Callable[[], int]) -> Pane:
        def head(viewport: Viewport, columns: int) -> Fragments:
            title = self.title() if half() == 0 else self._say("panel.title")
            return [("class:head-active" if half() == self._half else "class:head", clipped(title, columns))]

        def chosen() -> None:
            self._half = half()

        return Pane(Subject(lambda: self.session, text, head), chosen)

    def title(self) -> str:
        session = self.session
        return f"#{session.number} {session.service} {session.client.ip} → {session.host}"


class Spoken:
    """The dialogue of a session as a text that grows. Secrets are masked in it."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._lines: list[Line] = []
        self._seen = 0

    def __len__(self) -> int:
        entries = self._session.entries or []
        if len(entries) < self._seen:  # another client speaks from now on
            self._lines.clear()
            self._seen = 0
        for entry in entries[self._seen :]:
            self._lines += lines_of_entry(entry)
        self._seen = len(entries)
        return len(self._lines)

    def rows(self, line: int, columns: int) -> Sequence[Fragments]:
        return line_fragments(self._lines[line], columns)

    def home(self, columns: int, height: int) -> Place | None:
        """The end is shown as long as nobody scrolls."""
        return None


def lines_of_entry(entry: Entry) -> Iterator[Line]:
    if isinstance(entry, Said):
        last = len(entry.lines) - 1
        for at, text in enumerate(entry.lines):
            code = f"{entry.code}{'-' if at < last else ' '}" if entry.code else ""
            yield Line(Speaker.SERVER, f"{code}{printable(text)}")
    elif isinstance(entry, Client | Content):
        speaker = Speaker.CLIENT if isinstance(entry, Client) else Speaker.LETTER
        yield Line(speaker, printable(entry.text))
