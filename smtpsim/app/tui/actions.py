"""What a person can do by keys: send lines, go back and forth, be asked, leave."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from smtpsim.app.tui.form.actions import open_form
from smtpsim.app.tui.presenter import actions as presenting
from smtpsim.app.tui.shape import Showing
from smtpsim.app.tui.state import Ask, State
from smtpsim.protocol.smtp.state import CONTENT_PHASES
from smtpsim.render.theme import THEMES
from smtpsim.shell.answer import Answer, Begin, Display, Leave, Moved, Page, Question, Refused, Speak, Told, Turns
from smtpsim.shell.commands.quit import leaving
from smtpsim.shell.suggestion import corrected
from smtpsim.views.row import Row
from smtpsim.views.trace import ASKED


def send(state: State, lines: Sequence[str]) -> None:
    """Lines were typed or pasted. Each makes a turn of its own; a question or a form stops those that follow."""
    state.message = None
    state.uncover()
    for line in lines:
        _take(state, line)
        state.hear()
        if state.ask or state.leaving or state.writing:
            break
    state.settle()


def is_order(state: State, line: str) -> bool:
    """Whether a line is for the simulator: any line at its prompt, and one with a colon outside of letters."""
    return state.escaped or state.shell.is_command(line)


def order(state: State, line: str) -> None:
    """Give the simulator a command, as if it had been typed at its prompt."""
    state.message = None
    state.uncover()
    carry_out(state, state.shell.command(line))
    state.settle()


def help_on(state: State) -> None:
    """What is behind the last reply; pressed again, more of it; pressed again, all commands and keys."""
    last = ":help" if state.shell.in_exam else ":explain"
    order(state, state.page_more or last)


def leave(state: State) -> None:
    """Leave at once, or ask first when turns would be lost."""
    carry_out(state, leaving(state.shell))


def _take(state: State, line: str) -> None:
    shell = state.shell
    if is_order(state, line):
        state.escaped = False
        answer = shell.command(line)
        carry_out(state, answer)
        state.remedies = corrected(line, answer) or state.remedies
        state.looked = line if isinstance(answer, Page) else state.looked
    else:
        carry_out(state, shell.said(line))


def carry_out(state: State, answer: Answer) -> None:
    """Show, ask or do what the shell answered."""
    answer = state.perform(answer, state.shell)
    if isinstance(answer, Refused):
        state.refuse(answer)
    else:
        _SHOWN[type(answer)](state, answer)


def _add(state: State, answer: Turns) -> None:
    state.add(answer.turns)
    if answer.page and (state.large or not answer.in_panel):
        state.open_page(answer.page)


def _move(state: State, answer: Moved) -> None:
    state.goto(answer.position)


def _open(state: State, answer: Page) -> None:
    state.open_page(answer)
    if state.page:
        state.tell("command.looked")
    if answer.question:
        _ask(state, answer.question)


def _tell(state: State, answer: Told) -> None:
    state.message = Row("message", "", answer.sentence(state.words), answer.mark)


def _ask(state: State, answer: Question) -> None:
    state.ask = Ask(answer.asked.sentence(state.words), answer.yes)


def _begin(state: State, answer: Begin) -> None:
    state.begin(answer)
    if answer.told:
        _tell(state, answer.told)
    if answer.page:
        state.open_page(answer.page)


def _speak(state: State, answer: Speak) -> None:
    state.speak(answer.words)


def _leave(state: State, answer: Leave) -> None:
    state.leaving = True


def _display(state: State, answer: Display) -> None:
    _DISPLAYS[answer.what](state, answer.argument)


def _show_halves(state: State, argument: str) -> None:
    """Both halves, the panel or the dialogue; without an argument the next of them."""
    choices = tuple(Showing)
    following = choices[(choices.index(state.showing) + 1) % len(choices)]
    state.close_page()
    state.showing = Showing(argument) if argument else following


def _fold(state: State, argument: str) -> None:
    if not _has_steps(state):
        state.tell("command.spf-none")
    elif argument:
        state.unfold(state.unfolded ^ {argument})
    else:
        state.unfold(frozenset() if state.unfolded else frozenset(ASKED))


def _theme(state: State, argument: str) -> None:
    """The theme of that name; without one the next."""
    names = tuple(THEMES)
    state.theme = argument or names[(names.index(state.theme) + 1) % len(names)]
    state.tell("command.theme-set", theme=state.theme)


def _has_steps(state: State) -> bool:
    """Whether there is anything to unfold, on the page that is open or in the panel."""
    simulation = state.simulation
    checked = any(found.kind == "spf" for found in simulation.connection.findings)
    return bool(state.page_again) or (checked and simulation.access is None)


_SHOWN: Mapping[type[object], Callable[[State, Any], None]] = {
    Turns: _add,
    Moved: _move,
    Page: _open,
    Told: _tell,
    Question: _ask,
    Begin: _begin,
    Speak: _speak,
    Leave: _leave,
    Display: _display,
}

_DISPLAYS: Mapping[str, Callable[[State, str], None]] = {
    "panel": _show_halves,
    "fold": _fold,
    "theme": _theme,
    "form": lambda state, argument: open_form(state),
    "back": lambda state, argument: presenting.back(state),
    "large": lambda state, argument: presenting.toggle_large(state),
}
"""What `smtpsim.shell.answer.Display` can ask for."""


def escape(state: State) -> None:
    """To the simulator's own prompt, from anywhere, and back (telnet's escape character)."""
    state.escaped = not state.escaped


def back(state: State) -> None:
    """Out of whatever lies on top: the simulator's prompt, a page, a message."""
    if state.escaped:
        state.escaped = False
    elif state.page:
        state.close_page()
    else:
        state.message = None
        state.uncover()


def answer(state: State, yes: bool) -> None:
    """The answer to the question that is being asked."""
    asked, state.ask = state.ask, None
    if asked and yes:
        carry_out(state, asked.yes())
        state.settle()


def interrupted(state: State) -> None:
    """Ctrl-C with nothing typed, or inside a letter: a person looks for the way out."""
    state.tell(f"repl.how-to-leave-{state.phase}" if state.phase in CONTENT_PHASES else "repl.how-to-leave")
