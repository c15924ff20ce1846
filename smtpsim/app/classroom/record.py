"""A class on the disk: sessions as transcripts while they grow, who was there, and the report at the end.

`--record` writes transcripts without secrets, for `smtpsim grade`; `--keep` writes them whole, for its owner alone, so
that a class goes on after its program was killed.
"""

from __future__ import annotations

import csv
import io
import json
import os
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from html import escape
from typing import Any

from smtpsim.app.classroom.classroom import Classroom
from smtpsim.app.classroom.pupil import Pupil
from smtpsim.disk.regular import read_regular
from smtpsim.disk.writing import AS_THEY_ARE, put
from smtpsim.explain import Words
from smtpsim.kernel.failure import Failure
from smtpsim.session.simulation import Turn
from smtpsim.shell.answer import Begin
from smtpsim.shell.autosave import Autosave
from smtpsim.shell.commands.open import opened
from smtpsim.shell.journal import Journal
from smtpsim.shell.reading import why
from smtpsim.transcript import Dialogue, Directive
from smtpsim.transcript.recording import MaskedSession

CLASS = "class.json"

HEADS = ("name", "steps", "shown", "turns", "mistakes", "minutes")


Figures = tuple[str, str, int, int, int, float]
"""Of a pupil: the name, the steps that were reached of how many, how many of them were shown, the turns, the mistakes,
and the minutes."""


def file_name(alias: str) -> str:
    """The name of a pupil's file: letters and digits stay, all else becomes its number, so that no two meet."""
    return re.sub(r"[^\w]", lambda match: f"-{ord(match[0]):x}-", alias) + ".txt"


class Recorder(Autosave):
    """Writes a pupil's session as a transcript with the pupil's name, from the first turn on."""

    def __init__(self, folder: str, pupil: Pupil, task: str, whole: bool) -> None:
        super().__init__()
        self._path = os.path.join(folder, file_name(pupil.alias))
        self._named = (Directive("pupil", pupil.alias), *((Directive("lesson", task),) if task else ()))
        self._whole = whole

    def _begun(self) -> Journal:
        with suppress(FileNotFoundError):
            os.remove(self._path)  # an older one may be open to others
        file = os.open(self._path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | AS_THEY_ARE, 0o600)
        return _Named(self._path, file, self._named, self._whole)


class _Named(Journal):
    """A journal with more directives in its head; unless it is `whole`, secrets are masked."""

    def __init__(self, path: str, file: int, named: tuple[Directive, ...], whole: bool) -> None:
        super().__init__(path, file)
        self._named = named
        self._masked = None if whole else MaskedSession()

    def _cut(self, kept: int) -> None:
        super()._cut(kept)
        if self._masked:
            self._masked.cut(kept)

    def _dialogue(self, turn: Turn) -> Dialogue:
        dialogue = super()._dialogue(self._masked.shown(turn) if self._masked else turn)
        if self._turns:
            return dialogue
        return replace(dialogue, directives=(*dialogue.directives, *self._named))


def keep_class(folder: str, classroom: Classroom, token: str) -> None:
    """Write down who is there. Raises OSError."""
    roster = classroom.roster
    task = {"task": classroom.task, "step": classroom.step}
    known = {"code": roster.code, **task, "token": token, "pupils": roster.secrets}
    put(os.path.join(folder, CLASS), json.dumps(known, ensure_ascii=False).encode(), mode=0o600)


def kept_class(folder: str, say: Words) -> dict[str, Any]:
    """What was written down, {} where nothing was. Raises Failure for a file that is no class."""
    path = os.path.join(folder, CLASS)
    try:
        found = json.loads(read_regular(path))
        pupils = {str(alias): str(secret) for alias, secret in found["pupils"].items()}
        texts = {key: str(found[key]) for key in ("code", "task", "token")}
        return {**texts, "pupils": pupils, "step": int(found.get("step", 0))}
    except FileNotFoundError:
        return {}
    except OSError as wrong:
        raise Failure(say("cli.unreadable", name=path, reason=why(wrong, say))) from wrong
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as wrong:
        raise Failure(say("class.not-a-class", name=path)) from wrong


def come_back(folder: str, classroom: Classroom, pupils: dict[str, str]) -> None:
    """Everybody is where they were: their sessions are played again."""
    for alias, secret in pupils.items():
        pupil = classroom.roster.admit(alias, secret).member
        try:
            content = read_regular(os.path.join(folder, file_name(pupil.alias)))
            answer = opened(pupil.state.shell, pupil.alias, content)
        except (OSError, Failure):
            continue
        if isinstance(answer, Begin) and len(answer.turns) > pupil.state.timeline.position:
            _go_on(pupil, answer)


def _go_on(pupil: Pupil, begun: Begin) -> None:
    """The turns of the kept session after those that the task's stage has made already."""
    state = pupil.state
    state.add(begun.turns[state.timeline.position + 1 :])
    state.hear()
    state.message = None
    state.settle()


def write_report(folder: str, classroom: Classroom) -> None:
    """How far everybody came, as CSV and as a page. Raises OSError."""
    rows = list(_figures(classroom))
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(HEADS)
    writer.writerows(rows)
    put(os.path.join(folder, "report.csv"), text.getvalue().encode())
    put(os.path.join(folder, "report.html"), _page(classroom, rows).encode())


def _figures(classroom: Classroom) -> Iterator[Figures]:
    for pupil in classroom.pupils:
        row = pupil.row()
        minutes = round((pupil.seen - pupil.joined) / 60, 1)
        alias = f"'{row.alias}" if row.alias[:1] in "=+-@" else row.alias  # a spreadsheet would take it for a formula
        shown = pupil.task.shown if pupil.task else 0
        yield alias, f"{row.step}/{row.steps}", shown, pupil.state.last.number, sum(pupil.mistakes.values()), minutes


def _page(classroom: Classroom, rows: list[Figures]) -> str:
    say = classroom.words
    heads = "".join(f"<th>{escape(say(f'class.report-{head}'))}</th>" for head in HEADS)
    cells = ("".join(f"<td>{escape(str(cell))}</td>" for cell in row) for row in rows)
    body = "".join(f"<tr>{row}</tr>" for row in cells)
    title = escape(say("class.report-title"))
    style = "body{font:16px sans-serif}td,th{border:1px solid #999;padding:.2em .6em}table{border-collapse:collapse}"
    return (
        f'<!doctype html><html lang="{say.lang}"><meta charset="utf-8"><title>{title}</title><style>{style}</style>'
        f"<h1>{title}</h1><table><tr>{heads}</tr>{body}</table></html>\n"
    )
