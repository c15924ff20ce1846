""":lang LANGUAGE: the language of everything but SMTP itself; alone, the next one."""

from __future__ import annotations

from smtpsim.app.repl.order import Order
from smtpsim.app.repl.state import State
from smtpsim.explain import LANGUAGES, words
from smtpsim.views.row import Mark


def _run(state: State, argument: str) -> None:
    following = LANGUAGES[(LANGUAGES.index(state.words.lang) + 1) % len(LANGUAGES)]
    wanted = argument.lower() or following
    if wanted in LANGUAGES:
        state.speak(words(wanted))
    else:
        state.tell("command.lang-unknown", Mark.BAD, known=", ".join(LANGUAGES))


ORDER = Order("lang", _run, lambda state: LANGUAGES)
