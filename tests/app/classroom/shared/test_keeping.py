"""A shared world on the disk: what was said is said again, and comes to the same world."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from smtpsim.app.classroom.classroom import Classroom
from smtpsim.app.classroom.pupil import Pupil
from smtpsim.app.classroom.roster import Joined
from smtpsim.app.classroom.shared.log import FILE, kept_steps
from smtpsim.app.classroom.shared.opening import go, open_shared
from smtpsim.app.classroom.shared.world import Entry, SharedWorld
from smtpsim.explain import words
from smtpsim.kernel.failure import Failure
from smtpsim.render.json import outcomes
from smtpsim.shell.opening import Choice
from tests.app.classroom.shared.conftest import letter, say

ANN, BEN = "ann@class.example", "ben@class.example"


def running(folder: Path, pupils: dict[str, str]) -> tuple[SharedWorld, Classroom]:
    """A class that is kept in a folder, as its program begins it."""
    steps = kept_steps(str(folder), words("en"))
    shared = open_shared(Choice(), words("en"), ("wait", "dns"), steps)
    classroom = Classroom(Choice(), words("en"), "first-mail", code="1", worlds=shared)
    go(shared, classroom, steps, pupils, str(folder))
    return shared, classroom


def dialogue(pupil: Pupil) -> Sequence[tuple[int, str, object]]:
    return [(turn.number, turn.line, turn.reply) for turn in pupil.state.timeline.turns]


def test_a_killed_class_comes_to_the_same_world(tmp_path: Path) -> None:
    shared, classroom = running(tmp_path, {})
    ann, ben = (classroom.roster.admit(name, f"secret of {name}").member for name in ("Ann", "Ben"))
    say(ann, *letter("webmaster@example.com", "test@hogefuga.com"))
    say(ben, "EHLO b.example", "MAIL FROM:<ben@class.example> BODY=BINARYMIME", "RCPT TO:<ann@class.example>")
    say(ben, "BDAT 6 LAST", "abcd", ":undo", ":dns set x.example A 192.0.2.9", ":wait 2h", "RSET")
    say(ann, ":lesson hello", "HELO again.example", *letter(ANN, BEN)[1:], "BAD \udcff\x1b")
    again, back = running(tmp_path, {"Ann": "secret of Ann", "Ben": "secret of Ben"})
    for name, pupil in (("Ann", ann), ("Ben", ben)):
        found = back.roster.back("a", name, f"secret of {name}")
        assert isinstance(found, Joined)
        assert found.member.row()._replace(idle=0.0) == pupil.row()._replace(idle=0.0)
        assert dialogue(found.member) == dialogue(pupil)
        assert outcomes(found.member.state.simulation) == outcomes(pupil.state.simulation)
    for address in (ANN, BEN, "test@hogefuga.com"):
        assert list(again.newest.mailboxes[address].mails) == list(shared.newest.mailboxes[address].mails)
    assert again.newest.zones.query("x.example", "A") == shared.newest.zones.query("x.example", "A")
    assert again.letters() == shared.letters()


def test_the_file_is_its_owners_alone_and_its_torn_end_is_left_out(tmp_path: Path) -> None:
    _, classroom = running(tmp_path, {})
    ann = classroom.roster.admit("Ann", "s").member
    say(ann, "NOOP", "HELO a.example")
    path = tmp_path / FILE
    assert path.stat().st_mode & 0o077 == 0
    path.write_bytes(path.read_bytes()[:-5])
    assert [step.line for step in kept_steps(str(tmp_path), words("en"))] == ["", "first-mail", "NOOP"]


@pytest.mark.parametrize("line", ["x", "[]", "[1]", '["a", "b", 0, "command", ""]', "null"])
def test_a_file_that_holds_no_steps_is_told_in_one_line(tmp_path: Path, line: str) -> None:
    (tmp_path / FILE).write_text(f"{json.dumps(Entry('', 0, -1, 'start', ''))}\n{line}\n")
    with pytest.raises(Failure, match=r"steps\.jsonl:2: "):
        kept_steps(str(tmp_path), words("en"))


def test_steps_of_somebody_who_is_not_there_are_left_out(tmp_path: Path) -> None:
    _, classroom = running(tmp_path, {})
    say(classroom.roster.admit("Ann", "s").member, *letter(ANN, BEN))
    shared, back = running(tmp_path, {"Ben": "t"})
    assert [pupil.alias for pupil in back.pupils] == ["Ben"]
    assert shared.newest.mailboxes[BEN].length == 0
