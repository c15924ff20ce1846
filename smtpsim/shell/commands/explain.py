""":explain [CODE|COMMAND|EXTENSION|WORD|KEY]: what such a word means, at length; alone, the last reply at length;
`:explain more` gives a picture of it and a line to try."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from smtpsim.explain import Words
from smtpsim.session.change import Wrong
from smtpsim.session.simulation import Turn
from smtpsim.shell.answer import Answer, Page
from smtpsim.shell.command import Command
from smtpsim.shell.place import Place
from smtpsim.views.code import code, last_reply, more_of_reply
from smtpsim.views.glossary import term_names
from smtpsim.views.row import Panel
from smtpsim.views.topics import TOPICS


def _run(place: Place, argument: str) -> Answer:
    words = place.words
    if argument in _OF_THE_REPLY:
        turn, (show, following) = _last(place), _OF_THE_REPLY[argument]
        return Page(lambda unfolded: show(turn, words), more=following) if turn else Wrong("explain-no-reply")
    page = code(argument, words)
    return (
        Page(lambda unfolded: page)
        if page
        else Wrong("explain-unknown", {"found": argument, "known": ", ".join(_known(place))})
    )


_OF_THE_REPLY: Mapping[str, tuple[Callable[[Turn, Words], Panel], str]] = {
    "": (last_reply, ":explain more"),
    "more": (more_of_reply, ":help"),
}
"""By what stands behind `:explain`: what is shown of the last reply, and what its key then shows."""


def _last(place: Place) -> Turn | None:
    """The newest turn with a reply: inside a letter, the one that began it."""
    numbers = range(place.timeline.position, -1, -1)
    return next((turn for number in numbers if (turn := place.timeline.turn(number)).reply), None)


def _known(place: Place) -> tuple[str, ...]:
    known = place.words.section("explain")
    codes = tuple(key.removeprefix("code-") for key in known if key.startswith("code-"))
    service = place.simulation.connection.host.service
    keywords = tuple(extension.keyword for extension in service.extensions)
    return tuple(dict.fromkeys((*codes, *service.verbs, *keywords, *term_names(place.words), *TOPICS)))


COMMAND = Command("explain", _run, ":explain 550", _known, pages=True, group="look")
