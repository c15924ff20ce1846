""":explain [CODE|COMMAND|EXTENSION]: what such a word means, at length; alone, the last reply at
length."""

from __future__ import annotations

from smtpsim.app.repl.order import Order
from smtpsim.app.repl.state import State
from smtpsim.session.turn import Turn
from smtpsim.views.code import code, last_reply
from smtpsim.views.row import Mark


def _run(state: State, argument: str) -> None:
    if not argument:
        state.open_page(last_reply(_last(state), state.words))
        return
    page = code(argument, state.words)
    if page:
        state.open_page(page)
    else:
        state.tell("command.explain-unknown", Mark.BAD, found=argument)


def _last(state: State) -> Turn:
    """The newest turn with a reply: inside a letter, the one that began it. The greeting is one at the least."""
    numbers = range(state.timeline.position, -1, -1)
    return next(turn for number in numbers if (turn := state.timeline.turn(number)).reply)


def _codes(state: State) -> tuple[str, ...]:
    known = state.words.section("explain")
    codes = tuple(key.removeprefix("code-") for key in known if key.startswith("code-"))
    service = state.simulation.connection.host.service
    keywords = tuple(extension.keyword for extension in service.extensions)
    return tuple(dict.fromkeys((*codes, *service.verbs, *keywords)))


ORDER = Order("explain", _run, _codes)
