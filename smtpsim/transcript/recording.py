"""A session as a transcript: its turns become the entries of a dialogue that can be saved and played again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from copy import copy

from smtpsim.kernel.dots import unstuffed
from smtpsim.protocol.smtp.state import Phase
from smtpsim.session.simulation import Turn, TurnKind
from smtpsim.transcript.assembly import NO_CODE
from smtpsim.transcript.dialogue import Client, Command, Content, Dialogue, Directive, Entry, Server, Target
from smtpsim.transcript.notes import NO_NOTES, Notes
from smtpsim.transcript.secrets import Masker, hidden

PORT = "smtp"


def recorded(
    turns: Sequence[Turn], title: str = "", notes: Notes = NO_NOTES, world: str = "", pupil: str = ""
) -> Dialogue:
    """The dialogue of these turns. The first is the greeting; it tells who connected to whom. `world` names the
    world that it was held in, "" for the shipped one; `pupil` is who typed it, where that was said."""
    opening = turns[0].after
    connection = opening.access or opening.connection
    seed = str(opening.world.seed or "")
    named = (("title", title), ("pupil", pupil), ("world", world), ("seed", seed), ("client", connection.client_ip))
    return Dialogue(
        entries=tuple(_entries(turns, notes)),
        directives=tuple(Directive(key, value) for key, value in named if value),
        target=Target(connection.host.name, opening.access.protocol if opening.access else PORT),
    )


def _entries(turns: Sequence[Turn], notes: Notes) -> Iterator[Entry]:
    """What each turn adds. Octets that came in pieces without a reply between them are one run of lines."""
    octets = ""
    for turn in turns:
        if turn.kind == TurnKind.OCTETS:
            octets += turn.line
            if turn.reply is None:
                continue
        whole = turn._replace(line=octets) if turn.kind == TurnKind.OCTETS else turn
        octets = ""
        yield from entries_of(whole)
        yield from notes.behind(turn)
    if octets:
        yield from _lines(octets)


def masked_turns(turns: Iterable[Turn]) -> Iterator[Turn]:
    """The turns of a session with a mask in the place of each secret that was typed, to be shown to others."""
    session = MaskedSession()
    return (session.shown(turn) for turn in turns)


class MaskedSession:
    """The turns of a session with masks, one by one as they come. Whether a line is a secret depends on the turns
    before it: undoing turns goes back to what was known there."""

    def __init__(self) -> None:
        self._known = [Masker()]

    def shown(self, turn: Turn) -> Turn:
        """The next turn, with a mask where it holds a secret."""
        masker = copy(self._known[-1])
        self._known.append(masker)
        entries = [(entry, masker.shown(entry)) for entry in entries_of(turn)]
        texts = [shown.text for entry, shown in entries if isinstance(shown, Client | Content) and shown != entry]
        return hidden(turn, texts[0] if texts else turn.line)

    def cut(self, kept: int) -> None:
        """Only so many of the turns are left."""
        del self._known[kept + 1 :]


def entries_of(turn: Turn) -> tuple[Entry, ...]:
    """What one turn adds to the dialogue: the input, and the reply where there was one."""
    reply = turn.reply
    code = NO_CODE if turn.after.access else reply.code if reply else NO_CODE
    said = (Server(code, reply.lines),) if reply else ()
    return (*_INPUTS[turn.kind](turn), *said)


def _nothing(turn: Turn) -> tuple[Entry, ...]:
    return ()


def _client(turn: Turn) -> tuple[Entry, ...]:
    return (Client(turn.line),)


def _content(turn: Turn) -> tuple[Entry, ...]:
    """A line of the letter, or the lone dot that ended it (RFC 5321 4.1.1.4). The connection may break at the dot, so
    a reply is no sign of it; a dot whose line ends in a bare LF ends nothing, so neither is the dot alone."""
    ended = turn.reply is not None or turn.after.connection.state.phase is not Phase.DATA
    return (Client(turn.line) if ended else Content(unstuffed(turn.line)),)


def _octets(turn: Turn) -> tuple[Entry, ...]:
    return _lines(turn.line)


def _lines(octets: str) -> tuple[Entry, ...]:
    return tuple(Content(text) for text in octets.removesuffix("\r\n").split("\r\n"))


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
