""":lang LANGUAGE: the language of everything but the mail protocols; alone, the next one."""

from __future__ import annotations

from smtpsim.explain import LANGUAGES, words
from smtpsim.session.change import Wrong
from smtpsim.shell.answer import Answer, Speak
from smtpsim.shell.command import Command
from smtpsim.shell.place import Place


def _run(place: Place, argument: str) -> Answer:
    following = LANGUAGES[(LANGUAGES.index(place.words.lang) + 1) % len(LANGUAGES)]
    wanted = argument.lower() or following
    return Speak(words(wanted)) if wanted in LANGUAGES else Wrong("lang-unknown", {"known": ", ".join(LANGUAGES)})


COMMAND = Command("lang", _run, ":lang ja", lambda place: LANGUAGES)
