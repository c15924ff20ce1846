"""A session as a transcript: its turns become the entries of a dialogue that can be saved and played again."""

from __future__ import annotations

from collections.abc import Sequence

from smtpsim.session.turn import Turn
from smtpsim.transcript.assembly import NO_CODE, unstuffed
from smtpsim.transcript.dialogue import Client, Command, Content, Dialogue, Directive, Entry, Server, Target
from smtpsim.transcript.notes import NO_NOTES, Notes

PORT = "smtp"


def recorded(turns: Sequence[Turn], title: str = "", notes: Notes = NO_NOTES) -> Dialogue:
    """The dialogue of these turns. The first is the greeting; it tells who connected to whom."""
    connection = turns[0].after.connection
    directives = (Directive("title", title),) if title else ()
    return Dialogue(
        entries=tuple(entry for turn in turns for entry in (*entries_of(turn), *notes.behind(turn))),
        directives=(*directives, Directive("client", connection.client_ip)),
        target=Target(connection.host.name, PORT),
    )


def entries_of(turn: Turn) -> tuple[Entry, ...]:
    """What one turn adds to the dialogue: the input, and the reply where there was one."""
    reply = turn.reply
    code = NO_CODE if turn.after.pickup else reply.code if reply else NO_CODE
    said = (Server(code, reply.lines),) if reply else ()
    return (*_INPUTS[turn.kind](turn), *said)


def _nothing(turn: Turn) -> tuple[Entry, ...]:
    return ()


def _client(turn: Turn) -> tuple[Entry, ...]:
    return (Client(turn.line),)


def _content(turn: Turn) -> tuple[Entry, ...]:
    """A line of the letter; the lone dot that ended it is the client's, for a reply follows it."""
    return (Client(turn.line) if turn.reply else Content(unstuffed(turn.line)),)


def _octets(turn: Turn) -> tuple[Entry, ...]:
    return tuple(Content(text) for text in turn.line.removesuffix("\r\n").split("\r\n"))


def _order(turn: Turn) -> tuple[Entry, ...]:
    return (Command(turn.line),)


_INPUTS = {
    "connect": _nothing,
    "command": _client,
    "answer": _client,
    "content": _content,
    "octets": _octets,
    "simulator": _order,
}
