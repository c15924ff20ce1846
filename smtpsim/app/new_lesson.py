"""Writes a lesson of one's own: a template that works, or one that a recorded session proposes."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from smtpsim.disk.writing import put, put_folder
from smtpsim.explain import LANGUAGES, Words
from smtpsim.explain import words as words_of
from smtpsim.goals.lesson import Exercise, Lesson, read_lesson
from smtpsim.goals.parse import written
from smtpsim.kernel.failure import Failure
from smtpsim.session.simulation import Turn, TurnKind
from smtpsim.shell.lesson_check import NearMiss, near_misses, passing, solving
from smtpsim.shell.lesson_folder import FILE
from smtpsim.shell.opening import Choice
from smtpsim.shell.reading import read_dialogue, why
from smtpsim.shell.recording import record

LINES = (
    *("HELO cgi.example.com", "MAIL FROM:<webmaster@example.com>", "RCPT TO:<test@hogefuga.com>", "DATA"),
    *("From: <webmaster@example.com>", "To: <test@hogefuga.com>", "Subject: hello", "", "Hi there.", "."),
)
"""What the template's solution types."""


class _Draft(NamedTuple):
    """`goals` are those of each step, by its id; `lines` the solution, and those of them that are `free` may name
    another address; the rest says where it is held."""

    goals: Mapping[str, tuple[str, ...]]
    lines: Sequence[str]
    host: str = ""
    client_ip: str = ""
    free: tuple[str, ...] = ()


LINE = "line-"
"""How the id of a step begins that asks for one line."""

LOOKS = 3
"""So often a proposed solution is gone through: what is left out can make another line needless."""


def write_lesson(folder: str, source: str, say: Words) -> None:
    """Write the files of a lesson into a new folder; `source` is a session that proposes its steps, "" for none. Raises
    Failure."""
    if os.path.lexists(folder):
        raise Failure(say("lesson.exists", name=folder))
    draft = _proposed(source, say) if source else _Draft({"delivered": _template_goals()}, LINES)
    name = os.path.basename(folder)
    text = _joined(_lesson_lines(draft))
    lesson = _read(name, text)
    files = {FILE: text, **{f"{lang}.toml": _joined(_sentences(lesson, words_of(lang))) for lang in LANGUAGES}}

    def fill(path: str) -> None:
        os.makedirs(path)
        for name, content in files.items():
            put(os.path.join(path, name), content.encode())

    try:
        put_folder(folder, fill)
    except OSError as wrong:
        raise Failure(say("cli.unwritable", name=folder, reason=why(wrong, say))) from wrong


def _read(name: str, text: str) -> Lesson:
    lesson = read_lesson(name, text)
    assert isinstance(lesson, Lesson), lesson
    return lesson


def _joined(lines: Iterable[str]) -> str:
    return "".join(f"{line}\n" for line in lines)


def _template_goals() -> tuple[str, ...]:
    return "envelope from=webmaster@example.com", "outcome recipient=test@hogefuga.com status=delivered"


def _proposed(source: str, say: Words) -> _Draft:
    """The steps that a recorded session reached: who was greeted, what was refused, what became of each recipient."""
    recording = record(source, read_dialogue(source, "", say), Choice(), say)
    turns = [played.turn for played in recording.turns(say)]
    if any(turn.kind == TurnKind.OCTETS for turn in turns):
        raise Failure(say("lesson.octets", name=source))
    goals = dict(_reached(turns))
    if not goals:
        raise Failure(say("lesson.nothing-reached", name=source))
    opening = turns[0].after.connection
    return _whole(_Draft(goals, [], opening.host.name, opening.client_ip), turns[1:], say)


def _whole(draft: _Draft, turns: Sequence[Turn], say: Words) -> _Draft:
    """A draft that asks for every line of its solution, as far as a second look finds."""
    left = list(turns)
    for _ in range(LOOKS):
        before = len(left)
        draft = _tightened(draft, left, say)
        if len(left) == before:
            break
    return _in_order(draft, say)


def _in_order(draft: _Draft, say: Words) -> _Draft:
    """The steps as they are reached, one after the other; those of single lines bear numbers in this order."""
    when = [step.turn for step in solving(_exercise(draft), say).reached]
    ordered = sorted(zip(when, draft.goals.items(), strict=True), key=lambda one: one[0])
    named = (
        (f"{LINE}{number}" if name.startswith(LINE) else name, goals)
        for number, (_, (name, goals)) in enumerate(ordered, 1)
    )
    return draft._replace(goals=dict(named))


def _tightened(draft: _Draft, left: list[Turn], say: Words) -> _Draft:
    """A line that could be left out or changed gets a step of its own for what came of it. Where that asks for nothing
    new, it is left out, what was said again before what was said first, or its address is free."""
    for at in range(len(left) - 1, -1, -1):
        draft = draft._replace(lines=[turn.line for turn in left])
        miss = _unnoticed(draft, at, say)
        further = draft._replace(goals={**draft.goals, f"{LINE}{len(draft.goals) + 1}": tuple(_came_of(left[at]))})
        if miss and _asks_more(draft, further, say):
            draft = further
            miss = _unnoticed(draft, at, say)
        if miss and miss.changed:
            draft = draft._replace(free=(*draft.free, left[at].line))
        elif miss:
            del left[at]
    return draft._replace(lines=[turn.line for turn in left])


def _unnoticed(draft: _Draft, at: int, say: Words) -> NearMiss | None:
    """How a line can be left out or changed, and every step is reached all the same."""
    exercise = _exercise(draft)
    misses = (miss for miss in near_misses(exercise) if miss.at == at)
    return next(passing(exercise, misses, say), None)


def _asks_more(draft: _Draft, further: _Draft, say: Words) -> bool:
    """Whether the last step of a draft is one that was not there, and that its solution reaches."""
    *_, goals = further.goals.values()
    return bool(goals) and goals not in draft.goals.values() and solving(_exercise(further), say).done


def _exercise(draft: _Draft) -> Exercise:
    return _read("draft", _joined(_lesson_lines(draft))).exercise


def _came_of(turn: Turn) -> Iterator[str]:
    """What a command to the server did: whom it put on the envelope, or what was answered."""
    if turn.kind != TurnKind.COMMAND or turn.reply is None:
        return
    envelope, verb = turn.after.connection.state.envelope, _verb(turn)
    if envelope and verb == "MAIL" and turn.reply.accepts:
        yield written("envelope", [("from", "=", str(envelope.sender))], False)
    elif envelope and verb == "RCPT" and turn.reply.accepts:
        yield written("envelope", [("to", "=", str(envelope.recipients[-1].path))], False)
    else:
        yield written("reply", [("code", "=", str(turn.reply.code)), ("verb", "=", verb)], False)


def _reached(turns: Sequence[Turn]) -> Iterator[tuple[str, tuple[str, ...]]]:
    if any(fact.key == "hello" for turn in turns for fact in turn.facts):
        yield "hello", ("fact key=hello",)
    refused = {(turn.reply.code, _verb(turn)) for turn in turns if turn.reply and _refused(turn)}
    for number, (code, verb) in enumerate(sorted(refused), 1):
        yield f"refused-{number}", (written("reply", [("code", "=", str(code)), ("verb", "=", verb)], False),)
    for number, (recipient, status) in enumerate(_fates(turns).items(), 1):
        terms = [("recipient", "=", recipient), ("status", "=", status)]
        yield f"mail-{number}", (written("outcome", terms, False),)


def _refused(turn: Turn) -> bool:
    return turn.kind == TurnKind.COMMAND and bool(turn.reply) and not (turn.reply and turn.reply.accepts)


def _verb(turn: Turn) -> str:
    return turn.line.split(" ", 1)[0].upper()


def _fates(turns: Sequence[Turn]) -> dict[str, str]:
    """The last status of each recipient that somebody named and the server took."""
    fates = [fate for turn in turns for fate in turn.fates if not fate.follows]
    return {fate.recipient: fate.status for fate in fates}


def _lesson_lines(draft: _Draft) -> Iterator[str]:
    for key, value in (("host", draft.host), ("client-ip", draft.client_ip)):
        if value:
            yield f"{key} = {_quoted(value)}"
    yield from ('solution = """', *map(_inside, draft.lines), '"""')
    free = [line for line in dict.fromkeys(draft.free) if line in draft.lines]
    if free:
        yield f"free = [{', '.join(map(_quoted, free))}]"
    for name, goals in draft.goals.items():
        yield from ("", "[[step]]", f'id = "{name}"', f"goals = [{', '.join(map(_quoted, goals))}]")


def _inside(line: str) -> str:
    """A line within a text over several lines."""
    return _quoted(line)[1:-1]


def _quoted(text: str) -> str:
    """A TOML string: JSON's escapes are TOML's too, but for characters beyond the plane of two octets and DEL."""
    import json

    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _sentences(lesson: Lesson, words: Words) -> Iterator[str]:
    goals = {step.id: ", ".join(condition.text for condition in step.conditions) for step in lesson.exercise.steps}
    for key in lesson.sentences():
        form, _, rest = key.partition("-")
        step, _, grade = rest.rpartition("-")
        name = f"lesson.template-{form}-{grade}" if form == "hint" else f"lesson.template-{form}"
        yield f"{key} = {_quoted(words(name, goal=goals.get(step if form == 'hint' else rest, '')))}"
