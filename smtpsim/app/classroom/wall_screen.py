"""The wall in the teacher's terminal: a row for each pupil, one opened, a word typed to them."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from typing import NamedTuple

from prompt_toolkit.application import Application
from prompt_toolkit.buffer import Buffer
from prompt_toolkit.filters import Condition
from prompt_toolkit.key_binding import KeyBindings
from prompt_toolkit.key_binding import KeyPressEvent as Event
from prompt_toolkit.layout import ConditionalContainer, HSplit, Layout
from prompt_toolkit.layout.containers import Window
from prompt_toolkit.layout.controls import BufferControl, FormattedTextControl
from prompt_toolkit.layout.processors import BeforeInput

from smtpsim.app.classroom.classroom import Classroom
from smtpsim.app.classroom.pupil import WallRow
from smtpsim.app.classroom.wall import knocks, pupil_view
from smtpsim.app.classroom.wall_routes import do
from smtpsim.app.tui.panes import Lines
from smtpsim.app.tui.style import style_sheet
from smtpsim.kernel.failure import Failure
from smtpsim.render.cells import clipped, padded, width
from smtpsim.render.fragments import Fragments

SECOND = 1.0


class Column(NamedTuple):
    """`share` of the width that is left when the others have their `least`."""

    key: str
    least: int
    share: int
    text: Callable[[WallRow], str]


COLUMNS = (
    Column("name", 9, 2, lambda row: f"{'✋' if row.hand else '!' if row.stuck else ' '} {row.alias}"),
    Column("step", 5, 0, lambda row: f"{row.step}/{row.steps}" if row.steps else ""),
    Column("idle", 5, 0, lambda row: str(int(row.idle))),
    Column("phase", 6, 0, lambda row: row.phase),
    Column("envelope", 10, 2, lambda row: "" if row.sender is None else f"<{row.sender}> {row.recipients}"),
    Column("reply", 10, 3, lambda row: row.reply),
    Column("mistake", 12, 3, lambda row: ""),
    Column("hints", 5, 0, lambda row: str(row.hints or "")),
    Column("outcome", 8, 3, lambda row: row.outcome),
)


_ASKED = {
    "class.ask-word": "say",
    "class.ask-lesson": "task",
    "class.ask-step": "step",
    "class.ask-allow": "allow",
    "class.ask-remove": "remove",
}
"""What is done with the line that answers a question."""


class WallScreen:
    """`where` gives lines on how to join, shown above."""

    def __init__(self, classroom: Classroom, where: Callable[[], tuple[str, ...]]) -> None:
        self._classroom, self._where = classroom, where
        self._at, self._top = 0, 0
        self._stuck_first = self._nameless = self._board = self._letters = False
        self._opened = ""
        self._asking = ""
        self._said = ""
        self._line = Buffer(multiline=False)

    def application(self) -> Application[None]:
        asking = Condition(lambda: bool(self._asking))
        prompt = BufferControl(self._line, input_processors=[BeforeInput(lambda: self._classroom.words(self._asking))])
        self._entry = Window(prompt, height=1)
        self._table = Window(Lines(self._body))
        keys = Window(FormattedTextControl(self._keys), height=1)
        body = HSplit([Window(Lines(self._head), height=lambda: len(self._where()) + 1), self._table])
        root = HSplit([body, ConditionalContainer(self._entry, asking), keys])
        application: Application[None] = Application(
            layout=Layout(root, focused_element=self._entry),
            key_bindings=self._bindings(asking),
            style=style_sheet(),
            full_screen=True,
            refresh_interval=SECOND,
        )
        self._shown_by = application
        return application

    def _rows_shown(self) -> int:
        return max(self._shown_by.output.get_size().rows - len(self._where()) - 4, 1)

    async def run(self) -> None:
        await self.application().run_async(handle_sigint=False, set_exception_handler=False)

    def _head(self, columns: int) -> list[Fragments]:
        title = f" {self._classroom.words('class.title')}  {self._classroom.task}"
        lines: list[Fragments] = [[("class:bar", padded(clipped(title, columns), columns))]]
        lines.extend([("", line)] for line in self._where())
        return lines

    def _body(self, columns: int) -> list[Fragments]:
        if self._opened:
            return self._one(columns)
        if self._letters:
            return self._who_wrote(columns)
        return self._projected() if self._board else self._all(columns)

    def _who_wrote(self, columns: int) -> list[Fragments]:
        """Who wrote to whom, in as many columns as fit."""
        say, most = self._classroom.words, self._rows_shown() - 2
        lines = [
            say("class.wrote-as" if wrote.named else "class.wrote", **wrote._asdict(), times=times)
            for wrote, times in self._classroom.worlds.letters()
        ]
        wide = min(max(map(width, lines), default=0) + 2, columns)
        places = max(columns // max(wide, 1), 1)
        shown: list[Fragments] = [[("class:head", _cell(say("class.letters"), columns))]]
        for row in range(min(most, len(lines))):
            shown.append([("", "".join(_cell(line, wide) for line in lines[row : places * most : most]))])
        return shown if lines else [*shown, [("class:hint", say("class.no-letters"))]]

    def _all(self, columns: int) -> list[Fragments]:
        rows = self._classroom.rows(self._stuck_first)
        self._at = min(self._at, max(len(rows) - 1, 0))
        most = self._rows_shown() - (3 if self._classroom.roster.knocks else 2)
        self._top = min(max(self._top, self._at - most + 1, 0), self._at)
        shares = sum(column.share for column in COLUMNS)
        free = max(columns - sum(column.least + 1 for column in COLUMNS), 0)
        widths = [column.least + free * column.share // shares for column in COLUMNS]
        say = self._classroom.words
        heads = [say(f"class.wall-{column.key}") for column in COLUMNS]
        lines: list[Fragments] = [[("class:head", _cells(heads, widths))]]
        for number, row in enumerate(rows[self._top : self._top + most], self._top):
            look = "reverse" if number == self._at else _look(row)
            lines.append([(look, _cells(self._texts(row), widths))])
        return [*lines, [("", "")], *self._share(columns)]

    def _texts(self, row: WallRow) -> list[str]:
        texts = [column.text(row) for column in COLUMNS]
        if row.mistake and row.times:
            texts[6] = f"{self._classroom.mistake_told(row.mistake)} ×{row.times}"
        if row.warned:
            texts[6] = self._classroom.words(row.warned)
        return texts

    def _share(self, columns: int) -> list[Fragments]:
        say, share = self._classroom.words, self._classroom.share()
        parts = [
            say(
                "class.share-timed",
                step=number,
                part=round(100 * done / share.pupils) if share.pupils else 0,
                seconds=taken,
            )
            for number, (done, taken) in enumerate(zip(share.steps, map(round, share.seconds), strict=True), 1)
        ]
        if share.mistake:
            mistake = self._classroom.mistake_told(share.mistake)
            parts.append(say("class.common", mistake=mistake, makers=share.makers))
        lines: list[Fragments] = [[("class:ask", clipped("   ".join(parts), columns))]]
        turned_away = knocks(self._classroom)
        if turned_away:
            lines.append([("class:bad", clipped(f"{say('class.knocks')}: {turned_away[0]}", columns))])
        return lines

    def _projected(self) -> list[Fragments]:
        share = self._classroom.share()
        say = self._classroom.words
        lines = [say("class.join-code"), self._classroom.roster.code, f"{share.pupils} {say('class.board-here')}"]
        steps = (
            say("class.share", step=number, part=round(100 * done / share.pupils) if share.pupils else 0)
            for number, done in enumerate(share.steps, 1)
        )
        return [[("bold", f"   {line}")] for line in ("", *lines, "", *steps)]

    def _one(self, columns: int) -> list[Fragments]:
        found = self._classroom.roster.find(self._opened)
        if found is None:
            return [[("", "")]]
        view = pupil_view(found.member)
        half, most = columns // 2 - 1, self._rows_shown() - 2
        left, right = view["dialogue"][-most:], view["panel"].splitlines()[:most]
        lines: list[Fragments] = [[("class:head-active", "" if self._nameless else view["alias"])]]
        for number in range(max(len(left), len(right))):
            one = left[number] if number < len(left) else ""
            other = right[number] if number < len(right) else ""
            lines.append([("", f"{_cell(one, half)} │ {clipped(other, half)}")])
        return [*lines, [("class:hint", clipped(view["why"], columns))]]

    def _keys(self) -> Fragments:
        usual = "class.keys-shared" if self._classroom.worlds.shared else "class.keys"
        key = "class.opened-keys" if self._opened else usual
        return [("class:bar", f" {self._said or self._classroom.words(key)} ")]

    def _bindings(self, asking: Condition) -> KeyBindings:
        bindings = KeyBindings()

        def bind(*keys: str, act: Callable[[], None]) -> None:
            for key in keys:

                @bindings.add(key, filter=~asking)
                def _(event: Event) -> None:
                    self._said = ""
                    act()

        bind("up", act=lambda: self._move(-1))
        bind("down", act=lambda: self._move(1))
        bind("pageup", act=lambda: self._move(-10))
        bind("pagedown", act=lambda: self._move(10))
        bind("enter", act=self._open)
        bind("escape", act=self._close)
        bind("s", act=lambda: setattr(self, "_stuck_first", not self._stuck_first))
        bind("n", act=lambda: setattr(self, "_nameless", not self._nameless))
        bind("p", act=lambda: setattr(self, "_board", not self._board))
        bind("w", act=lambda: setattr(self, "_letters", not self._letters))
        bind("a", act=lambda: setattr(self, "_asking", "class.ask-allow"))
        bind("f", act=lambda: self._classroom.freeze(not self._classroom.frozen))
        bind("m", act=lambda: setattr(self, "_asking", "class.ask-word"))
        bind("t", act=lambda: setattr(self, "_asking", "class.ask-lesson"))
        bind("e", act=lambda: setattr(self, "_asking", "class.ask-step"))
        bind("c", act=self._classroom.roster.renew)
        bind("x", act=lambda: setattr(self, "_asking", "class.ask-remove" if self._opened else ""))
        bind("l", act=self._lower_hand)

        @bindings.add("enter", filter=asking)
        def _(event: Event) -> None:
            what, text = _ASKED[self._asking], self._line.text
            self._line.reset()
            self._asking = ""
            done = self._do(what, alias=self._opened, word=text, name=text.strip(), number=text)
            if what == "remove":
                self._close()
            if what == "allow" and not self._said:
                self._said = self._classroom.words(
                    "class.js-allowed" if done else "class.js-forbidden", name=text.strip()
                )

        @bindings.add("escape", filter=asking, eager=True)
        def _(event: Event) -> None:
            self._line.reset()
            self._asking = ""

        @bindings.add("q", filter=~asking)
        @bindings.add("c-c")
        @bindings.add("c-d")
        def _(event: Event) -> None:
            event.app.exit()

        return bindings

    def _do(self, what: str, **values: str) -> bool:
        try:
            return do(self._classroom, what, values)
        except Failure as wrong:
            self._said = str(wrong)
            return False

    def _lower_hand(self) -> None:
        self._do("hand", alias=self._opened)

    def _move(self, by: int) -> None:
        self._at = max(self._at + by, 0)

    def _open(self) -> None:
        rows = self._classroom.rows(self._stuck_first)
        if rows:
            self._opened = rows[min(self._at, len(rows) - 1)].alias

    def _close(self) -> None:
        self._opened, self._board, self._letters = "", False, False


def _look(row: WallRow) -> str:
    if row.stuck:
        return "class:bad"
    return "" if row.here else "class:hint"


def _cells(texts: Sequence[str], widths: Sequence[int]) -> str:
    return " ".join(map(_cell, texts, widths))


def _cell(text: str, columns: int) -> str:
    short = clipped(text, columns)
    return short + " " * (columns - width(short))


async def until(done: asyncio.Event, screen: WallScreen) -> None:
    """Show the wall until the teacher leaves or something else ends the class."""
    shown, ended = asyncio.ensure_future(screen.run()), asyncio.ensure_future(done.wait())
    await asyncio.wait({shown, ended}, return_when=asyncio.FIRST_COMPLETED)
    for task in (shown, ended):
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
