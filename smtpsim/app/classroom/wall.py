"""What the wall and the board show, as JSON objects: rows of pupils, shares of the class, one pupil's session."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from smtpsim.app.classroom.classroom import Classroom
from smtpsim.app.classroom.pupil import Pupil
from smtpsim.kernel.printable import printable
from smtpsim.render.rows import plain
from smtpsim.transcript.recording import masked_turns
from smtpsim.views.dialogue import Speaker, lines_of

COLUMNS = 76
MOST_PAIRS = 400
"""So many pairs of a writer and a recipient are drawn."""

LINES = 400
"""So many lines of a dialogue are shown of a pupil."""


def wall(classroom: Classroom) -> dict[str, Any]:
    """The whole wall; `idle` in whole seconds, so that it changes no more often than it must."""
    rows = [row._replace(idle=int(row.idle))._asdict() for row in classroom.rows()]
    for row in rows:
        row["mistake_told"] = classroom.mistake_told(row["mistake"]) if row["mistake"] else ""
        row["warned"] = classroom.words(row["warned"]) if row["warned"] else ""
    return {
        "code": classroom.roster.code,
        "task": classroom.task,
        "step": classroom.step,
        "frozen": classroom.frozen,
        "knocks": knocks(classroom),
        "rows": rows,
        "share": _share(classroom),
        "shared": classroom.worlds.shared,
        "letters": [{**wrote._asdict(), "times": times} for wrote, times in classroom.worlds.letters()[:MOST_PAIRS]],
    }


def knocks(classroom: Classroom) -> list[str]:
    """Who was turned away, a sentence an address, the latest first."""
    say = classroom.words
    return [
        say("class.knock", address=printable(one.address), times=one.times, why=say(f"class.{one.key}"))
        for one in classroom.roster.knocks
    ]


def board(classroom: Classroom, where: Sequence[str] = ()) -> dict[str, Any]:
    """The projector's view: where to go, the code, counts and progress; neither names nor letters."""
    rows = classroom.rows()
    return {
        "where": [one.removeprefix("http://") for one in where],
        "code": classroom.roster.code,
        "task": classroom.task,
        "frozen": classroom.frozen,
        "here": sum(row.here for row in rows),
        "share": _share(classroom),
    }


def _share(classroom: Classroom) -> dict[str, Any]:
    share = classroom.share()
    told = classroom.mistake_told(share.mistake) if share.mistake else ""
    return {**share._asdict(), "mistake": told}


_SIGNS = {Speaker.CLIENT: "> "}


def pupil_view(pupil: Pupil) -> dict[str, Any]:
    """One session as the teacher opens it: the dialogue with secrets masked, the panel, the explanation."""
    state = pupil.state
    turns = masked_turns(state.timeline.turns)
    lines = [f"{_SIGNS.get(line.speaker, '')}{line.text}" for turn in turns for line in lines_of(turn, state.words)]
    return {
        "alias": pupil.alias,
        "dialogue": lines[-LINES:],
        "panel": plain(state.panel, COLUMNS),
        "why": state.explanation.why.value,
    }
