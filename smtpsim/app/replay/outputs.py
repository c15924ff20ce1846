"""How a replay is shown: the dialogue, JSON, the final panel, or the check's result."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from smtpsim.app.environment import Environment
from smtpsim.app.replay.pace import paced
from smtpsim.explain import Words
from smtpsim.kernel.printable import printable
from smtpsim.session.simulation import Turn, TurnKind
from smtpsim.shell.exporting import Session, export
from smtpsim.shell.recording import Recording, open_recording, ordering
from smtpsim.transcript.client import Played
from smtpsim.transcript.comparison import Compared, compare
from smtpsim.transcript.losses import in_language
from smtpsim.transcript.notes import Notes
from smtpsim.transcript.recording import masked_turns

__all__ = ["Checked", "Output", "open_recording", "ordering", "perform", "told"]


class Checked(NamedTuple):
    """What a recording came to: how many replies were compared, and those that differ. `wrong` is why it could not be
    played, "" where it could."""

    name: str
    replies: int = 0
    differences: tuple[Compared, ...] = ()
    wrong: str = ""


class Output(NamedTuple):
    """What is printed (dialogue, json, check, panel), where, and how fast: `pace` times as a person types, None for at
    once."""

    kinds: tuple[str, ...]
    pace: float | None
    environment: Environment

    def put(self, line: str) -> None:
        if self.pace is None:
            print(line, file=self.environment.out)
        else:
            paced(line, self.pace, self.environment.out)


def perform(recording: Recording, output: Output, say: Words) -> Checked:
    """Play one recording and print, line by line, what was asked for."""
    seen = _Seen(recording, output.environment.columns)
    for line in _lines(seen, output.kinds, say):
        output.put(line)
    return Checked(recording.name, seen.replies, tuple(seen.differences))


def export_last(recording: Recording, path: str, say: Words) -> None:
    """Write what a recording comes to: a page, its picture, its letter."""
    dialogue = recording.dialogue
    played = tuple(recording.turns(say))
    shown = in_language(dialogue, say.lang)
    title, about = shown.directive("title", recording.name), shown.directive("about")
    turns, notes = [one.turn for one in played], Notes(dialogue, played)
    turns = list(masked_turns(turns)) if recording.masked else turns
    export(path, Session(title, turns, notes, dialogue.directive("world"), about), say)


class _Seen:
    """What has gone by of a recording."""

    def __init__(self, recording: Recording, columns: int) -> None:
        self.recording, self.columns = recording, columns
        self.last: Turn = recording.first
        self.before: Turn | None = None
        self.replies = 0
        self.differences: list[Compared] = []

    def steps(self, say: Words) -> Iterator[Played]:
        """The turns; replies are compared on the way, unless they are the truth."""
        recording = self.recording
        if recording.as_recorded:
            for played in recording.turns(say):
                self.before, self.last = self.last, played.turn
                yield played
            return
        for found in compare(recording.dialogue, recording.first, ordering(recording.name, say)):
            if isinstance(found, Played):
                self.before, self.last = self.last, found.turn
                yield found
            else:
                self.replies += 1
                self.differences += [] if found.same else [found]


def _lines(seen: _Seen, outputs: Sequence[str], say: Words) -> Iterator[str]:
    """The lines of all outputs, in the order in which they come up."""
    for played in seen.steps(say):
        for output in outputs:
            if output in _EACH_TURN:
                yield from _EACH_TURN[output](played, say)
    for output in outputs:
        if output in _AT_THE_END:
            yield from _AT_THE_END[output](seen, say)


def _dialogue(played: Played, say: Words) -> Iterator[str]:
    turn = played.turn
    if turn.kind == TurnKind.SIMULATOR:
        yield printable(turn.line)
    elif turn.kind != TurnKind.CONNECT:
        yield printable(f"> {turn.line}".rstrip(" "))
    if turn.reply is not None:
        yield from map(printable, turn.reply.wire().removesuffix("\r\n").split("\r\n"))


def _json(played: Played, say: Words) -> Iterator[str]:
    from smtpsim.render.json import turn_line

    yield turn_line(played.turn)


def _check(seen: _Seen, say: Words) -> Iterator[str]:
    """What differs, and the one line that says that nothing does."""
    name = seen.recording.name
    if not seen.differences:
        yield say("cli.check-good", name=name, count=seen.replies)
    yield from told(name, seen.differences, seen.columns, say)


def told(name: str, differences: Iterable[Compared], columns: int, say: Words) -> Iterator[str]:
    """Each difference: a line on it, and both sides with their reasons."""
    from smtpsim.render.beside import beside
    from smtpsim.views.difference import difference

    for found in differences:
        shown = difference(name, found, say)
        yield shown.head
        yield from beside(shown.recorded, shown.answered, columns)


def _other_replies(seen: _Seen, say: Words) -> Iterator[str]:
    """Behind a dialogue: where the simulated server said something else than the recorded one."""
    found = [one for one in seen.differences if one.recorded]
    if found:
        name = seen.recording.name
        yield ""
        yield say("replay.differ", name=name, count=len(found), total=seen.replies)
        yield from told(name, found, seen.columns, say)


def _panel(seen: _Seen, say: Words) -> Iterator[str]:
    from smtpsim.render.rows import plain
    from smtpsim.views.panel import changed_panel

    yield from plain(changed_panel(seen.last, seen.before, say), seen.columns).splitlines()


_EACH_TURN: dict[str, Callable[[Played, Words], Iterator[str]]] = {"dialogue": _dialogue, "json": _json}
_AT_THE_END: dict[str, Callable[[_Seen, Words], Iterator[str]]] = {
    "dialogue": _other_replies,
    "check": _check,
    "panel": _panel,
}
