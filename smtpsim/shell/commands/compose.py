""":compose [FIELD=VALUE ...]: write a mail as a mail program does; alone, in a form of the full screen."""

from __future__ import annotations

from smtpsim.message.draft import DraftFault
from smtpsim.message.draft_line import read_draft_line, words_of_line
from smtpsim.session.change import Wrong
from smtpsim.session.simulation import client_name
from smtpsim.session.submission import submit
from smtpsim.shell.answer import Answer, Display, Grant, Turns
from smtpsim.shell.command import Command
from smtpsim.shell.place import Place


def _run(place: Place, argument: str) -> Answer:
    """The turns are those that its lines would have made if a person had typed them."""
    if place.in_content:
        return Wrong("compose-in-letter")
    if not argument and Grant.SCREEN in place.grants:
        return Display("form")
    found = read_draft_line(argument)
    if isinstance(found, DraftFault):
        return found
    simulation = place.simulation
    return Turns(submit(simulation, found.draft, client_name(simulation), found.split))


COMMAND = Command(
    "compose",
    _run,
    ":compose from=webmaster@example.com to=test@hogefuga.com subject=hello",
    lambda place: words_of_line(),
    frozenset({Grant.SCREEN}),
    group="mail",
)
