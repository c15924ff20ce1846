"""The single lines around dialogue and panel: title, heads, prompt, key bar. Each is a function of the state."""

from __future__ import annotations

from collections.abc import Iterable

from smtpsim.app.tui.keymap import BAR, BRANCH_BAR, LOOP_BAR, PAGE_BAR, STEP_BAR, Key
from smtpsim.app.tui.shape import Half
from smtpsim.app.tui.state import State
from smtpsim.app.tui.viewport import Viewport
from smtpsim.kernel.printable import printable
from smtpsim.protocol.smtp.state import Phase
from smtpsim.render.cells import clipped, padded, width
from smtpsim.render.dialogue import NUMBER
from smtpsim.render.fragments import Fragments
from smtpsim.views.hosts import world_title
from smtpsim.world.calendar import clock

_IN_LETTER = (Phase.DATA, Phase.CHUNK)


def title(state: State, columns: int) -> Fragments:
    """The program and its world; the simulated time, and the step that is shown."""
    simulation = state.simulation
    last = state.last.number
    at = state.now.number
    part = state.stepping or at != last
    step = state.words("repl.step-of" if part else "repl.step", at=at, last=last)
    right = f"{clock(simulation.world.now)}  {step} "
    left = f" smtpsim  {printable(_subject(state))}"
    return [("class:bar", padded(clipped(left, columns - width(right)), columns - width(right)) + right)]


def _subject(state: State) -> str:
    """The world, or the recording that is presented; on a branch of it, where that began."""
    present, say = state.present, state.words
    if present is None:
        return world_title(state.simulation.world, say)
    title = present.show.title(say.lang)
    return title if present.left is None else say("present.beside", title=title, step=present.left.position)


def head(state: State, half: Half, scrolled: bool, viewport: Viewport, columns: int) -> Fragments:
    """The line above a half: what it is, whether the page keys scroll it, and whether there is more."""
    page = state.page if half is Half.PANEL else None
    name = page.title if page else state.words(f"repl.half-{half}")
    more = [sign for sign, there in (("▴", viewport.above), ("▾", viewport.below)) if there]
    right = " ".join([*([state.words("page.close")] if page else ()), *more])
    return ruled(name, right, "class:head-active" if scrolled else "class:head", columns)


def ruled(name: str, right: str, look: str, columns: int) -> Fragments:
    """A name in a line across, and something short at the line's other end."""
    name = clipped(name, columns - width(right) - 7)
    rule = "─" * (columns - width(name) - width(right) - (6 if right else 4))
    tail = [(look, f" {right} "), ("class:head", "─")] if right else [("class:head", "─")]
    return [("class:head", "──"), (look, f" {name} "), ("class:head", rule[:-1] if right else rule[1:]), *tail]


def prompt(state: State) -> Fragments:
    """The number that the next step will have, and to whom the line goes: `>` the server, `:` the simulator."""
    number = ("class:number", f"{state.now.number + 1:>{NUMBER}} ")
    if state.escaped:
        return [number, ("class:simulator", ": ")]
    sign = ("class:letter", "│ ") if state.phase in _IN_LETTER else ("class:client", "> ")
    return [number, sign]


def question(state: State) -> Fragments:
    """What is being asked, in the place of the input line."""
    return [("class:ask", f" {state.ask.text if state.ask else ''} [y/n] ")]


def keys(state: State, columns: int) -> Fragments:
    """The keys that fit."""
    return key_bar(((shown, state.words(f"repl.bar-{key}")) for shown, key in _bar(state)), columns)


def _bar(state: State) -> tuple[Key, ...]:
    """The keys of what is going on."""
    present = state.present
    if state.reads_page:
        return PAGE_BAR
    if present is None:
        return BAR
    if present.left is not None:
        return BRANCH_BAR
    return LOOP_BAR if present.pace.loop else STEP_BAR


def key_bar(labelled: Iterable[tuple[str, str]], columns: int) -> Fragments:
    """Keys and what they do, as many as fit."""
    fragments: Fragments = []
    used = 0
    for shown, label in labelled:
        used += width(shown) + width(label) + 4
        if used > columns:
            break
        fragments += [("class:bar-key", f" {shown} "), ("class:bar-label", f" {label} ")]
    return fragments
