"""How a replay is shown: the dialogue, JSON, the final panel, or the check's result."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from smtpsim.app.environment import Environment
from smtpsim.app.exporting import Session, export
from smtpsim.app.failure import Failure
from smtpsim.app.pacing import paced
from smtpsim.app.recording import Recording, open_recording
from smtpsim.app.refusal import told
from smtpsim.explain import Words
from smtpsim.kernel.printable import printable
from smtpsim.protocol.smtp.reply import Reply
from smtpsim.session.orders import Refused, carry_out
from smtpsim.session.simulation import Simulation
from smtpsim.session.turn import Turn
from smtpsim.transcript.client import Order, Played
from smtpsim.transcript.comparison import Compared, compare, status
from smtpsim.transcript.dialogue import Command
from smtpsim.transcript.losses import in_language
from smtpsim.transcript.notes import Notes
from smtpsim.transcript.replay import play
from smtpsim.world.pickup.access import PickupReply

__all__ = ["open_recording", "perform"]


def perform(
    recording: Recording, outputs: list[str], speed: float | None, say: Words, environment: Environment
) -> bool:
    """Play one recording and print what was asked for; False when a check found a difference.

    `speed` paces the dialogue as a person would type it, None plays without a pause.
    """
    seen = _Seen(recording, environment.columns)
    lines = _lines(seen, outputs, say)
    for line in lines:
        if speed is None:
            print(line, file=environment.out)
        else:
            paced(line, speed, environment.out)
    return not seen.differences


def ordering(name: str, say: Words) -> Order:
    """Carries out a recording's `:` lines. One that is wrong makes the file unusable: Failure with its line."""

    def order(simulation: Simulation, command: Command) -> tuple[Turn, ...]:
        done = carry_out(simulation, command.text)
        if isinstance(done, Refused):
            raise Failure(f"{name}:{command.line}: {told(done, say)}")
        return done

    return order


def export_last(recording: Recording, path: str, say: Words) -> None:
    """Write what a recording comes to: a page, its picture, its letter."""
    dialogue = recording.dialogue
    played = tuple(play(dialogue, recording.first, ordering(recording.name, say)))
    shown = in_language(dialogue, say.lang)
    title, about = shown.directive("title", recording.name), shown.directive("about")
    turns, notes = [one.turn for one in played], Notes(dialogue, played)
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
        """The turns; replies are compared on the way."""
        recording = self.recording
        for found in compare(recording.dialogue, recording.first, ordering(recording.name, say)):
            if isinstance(found, Played):
                self.before, self.last = self.last, found.turn
                yield found
            else:
                self.replies += 1
                self.differences += [] if found.same else [found]


def _lines(seen: _Seen, outputs: list[str], say: Words) -> Iterator[str]:
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
    if turn.kind == "simulator":
        yield printable(turn.line)
    elif turn.kind != "connect":
        yield printable(f"> {turn.line}".rstrip(" "))
    if turn.reply is not None:
        yield from map(printable, turn.reply.wire().removesuffix("\r\n").split("\r\n"))


def _json(played: Played, say: Words) -> Iterator[str]:
    from smtpsim.render.json import turn_line

    yield turn_line(played.turn)


def _check(seen: _Seen, say: Words) -> Iterator[str]:
    name = seen.recording.name
    if not seen.differences:
        yield say("cli.check-good", name=name, count=seen.replies)
    for found in seen.differences:
        recorded = (found.recorded.code or status(found.recorded.lines)) if found.recorded else "-"
        answered = _said(found.answered) if found.answered else "-"
        yield say(
            "cli.check-differs",
            name=name,
            line=found.line,
            client=printable(found.said) or "-",
            recorded=recorded,
            answered=answered,
        )


def _panel(seen: _Seen, say: Words) -> Iterator[str]:
    from smtpsim.render.plain import plain
    from smtpsim.views.panel import changed_panel

    yield from plain(changed_panel(seen.last, seen.before, say), seen.columns).splitlines()


def _said(reply: Reply) -> str:
    """What tells of the reply's success: the code, or the status word of POP3 and IMAP."""
    return status(reply.lines) if isinstance(reply, PickupReply) else str(reply.code)


_EACH_TURN: dict[str, Callable[[Played, Words], Iterator[str]]] = {"dialogue": _dialogue, "json": _json}
_AT_THE_END: dict[str, Callable[[_Seen, Words], Iterator[str]]] = {"check": _check, "panel": _panel}
