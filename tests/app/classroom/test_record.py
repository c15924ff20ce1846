"""A class on the disk: what is recorded, the report, and a class that goes on after its program was killed."""

from __future__ import annotations

import csv
import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from smtpsim.app.classroom.classroom import Classroom
from smtpsim.app.classroom.demo import lines, names
from smtpsim.app.classroom.record import CLASS, Recorder, come_back, keep_class, kept_class, write_report
from smtpsim.app.classroom.wall import pupil_view
from smtpsim.app.tui.actions import send
from smtpsim.explain import words
from smtpsim.kernel.failure import Failure
from smtpsim.transcript import Dialogue, read
from tests.app.classroom.conftest import Admit
from tests.transcript.log_ins import LOG_INS, PASSWORD, SECRET, USER, told


def test_a_recorded_session_is_a_transcript_of_the_pupil_without_secrets(admit: Admit, tmp_path: Path) -> None:
    ann = admit("Änn/..")
    recorder = Recorder(str(tmp_path), ann, "hello", whole=False)
    send(ann.state, ("EHLO a.example", "AUTH PLAIN AGFubgBzZWNyZXQ=", "NOOP"))
    recorder.follow(ann.state.timeline)
    send(ann.state, (":undo", "RSET"))
    recorder.follow(ann.state.timeline)
    (file,) = tmp_path.iterdir()
    text = file.read_text(encoding="utf-8")
    assert "AGFubgBzZWNyZXQ=" not in text
    assert ("> RSET" in text, "> NOOP" in text) == (True, False)
    found = read(file.read_bytes())
    assert isinstance(found, Dialogue)
    assert (found.directive("pupil"), found.directive("lesson")) == (ann.alias, "hello")
    assert file.stat().st_mode & 0o077 == 0


UNDONE: tuple[tuple[str, ...], ...] = (
    ("AUTH LOGIN", USER, PASSWORD, ":undo", PASSWORD),
    ("AUTH LOGIN", USER, PASSWORD, ":undo", ":undo", USER, PASSWORD),
    ("AUTH LOGIN", USER, PASSWORD, ":undo", ":undo", ":undo", "AUTH PLAIN", SECRET),
)


@pytest.mark.parametrize("host", ["", ":host mx.docomo.ne.jp", ":connect smtp.example.com:587"])
@pytest.mark.parametrize("line_by_line", [True, False])
@pytest.mark.parametrize("said", [*LOG_INS, *UNDONE])
def test_nothing_that_others_see_of_a_class_holds_what_auth_sent(
    admit: Admit, tmp_path: Path, said: tuple[str, ...], line_by_line: bool, host: str
) -> None:
    """However the journal is brought up to date, after each line or after many: what a line is depends on those before
    it."""
    ann = admit("Ann")
    recorder = Recorder(str(tmp_path), ann, "hello", whole=False)
    seen: list[object] = []
    for line in (*([host] if host else []), "EHLO a.example", *said, "NOOP"):
        send(ann.state, (line,))
        if line_by_line:
            recorder.follow(ann.state.timeline)
            seen += (ann.row(), pupil_view(ann))
    recorder.follow(ann.state.timeline)
    seen += (ann.row(), pupil_view(ann))
    (file,) = tmp_path.iterdir()
    text = file.read_text(encoding="utf-8") + str(seen)
    assert not told(text)
    assert "> NOOP" in text


def test_what_is_kept_holds_it_for_the_owner_alone(classroom: Classroom, admit: Admit, tmp_path: Path) -> None:
    ann = admit("Ann")
    send(ann.state, ("EHLO a.example", "AUTH LOGIN", USER, PASSWORD))
    (tmp_path / "Ann.txt").touch(0o644)
    (tmp_path / CLASS).touch(0o644)
    before = os.umask(0)
    try:
        Recorder(str(tmp_path), ann, "hello", whole=True).follow(ann.state.timeline)
        keep_class(str(tmp_path), classroom, "token")
    finally:
        os.umask(before)
    assert f"> {PASSWORD}" in (tmp_path / "Ann.txt").read_text(encoding="utf-8")
    assert {file.name: file.stat().st_mode & 0o777 for file in tmp_path.iterdir()} == {"Ann.txt": 0o600, CLASS: 0o600}


def test_the_report(classroom: Classroom, admit: Admit, tmp_path: Path) -> None:
    ann = admit("Ann")
    admit("=1+1")
    send(ann.state, ("HELLO a", "HELO a.example", "QUIT"))
    write_report(str(tmp_path), classroom)
    with open(tmp_path / "report.csv", encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    assert rows[1][:5] == ["Ann", "2/2", "0", "3", "1"]
    assert rows[2][0] == "'=1+1"
    page = (tmp_path / "report.html").read_text(encoding="utf-8")
    assert "<td>Ann</td>" in page
    assert "<script" not in page


def test_a_class_goes_on_where_it_was(classroom: Classroom, admit: Admit, tmp_path: Path) -> None:
    ann = admit("Ann")
    send(ann.state, ("EHLO a.example", "MAIL FROM:<webmaster@example.com>"))
    Recorder(str(tmp_path), ann, "hello", whole=True).follow(ann.state.timeline)
    keep_class(str(tmp_path), classroom, "token")
    kept = kept_class(str(tmp_path), words("en"))
    assert (kept["code"], kept["task"], kept["token"]) == (classroom.roster.code, "hello", "token")
    again = Classroom(classroom.choice, classroom.words, kept["task"], code=kept["code"])
    come_back(str(tmp_path), again, kept["pupils"])
    found = again.roster.back("a", "Ann", kept["pupils"]["Ann"])
    assert found
    row = again.rows()[0]
    assert (row.alias, row.step, row.sender) == ("Ann", 1, "webmaster@example.com")


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"code": 1, "task": "", "token": "", "pupils": []}'])
def test_a_folder_that_holds_no_class_is_told(tmp_path: Path, content: str) -> None:
    (tmp_path / "class.json").write_text(content)
    with pytest.raises(Failure, match=r"class\.json"):
        kept_class(str(tmp_path), words("en"))


def test_simulated_pupils_type_the_solution_and_err(admit: Admit) -> None:
    from random import Random

    assert len(set(names(200))) == 200
    typed = [tuple(lines(admit(name), Random(name))) for name in names(30)]
    assert sum("QUIT" in one for one in typed) > 15
    assert any(one.count(line) >= 4 for one in typed for line in one)
    assert any("QUIT" not in one for one in typed)


def start(*options: str) -> tuple[subprocess.Popen[str], list[str]]:
    arguments = [sys.executable, "-m", "smtpsim", "class", "hello", "--listen", "127.0.0.1:0", "--lang", "en", *options]
    process = subprocess.Popen(
        arguments, stdout=subprocess.PIPE, stderr=subprocess.PIPE, stdin=subprocess.DEVNULL, text=True
    )
    assert process.stdout is not None
    return process, [process.stdout.readline() for _ in range(3)]


def code_of(said: list[str]) -> str:
    found = re.search(r"code (\d{6})", said[0])
    assert found
    return found[1]


def test_a_killed_class_has_the_same_code_and_wall_when_it_starts_again(tmp_path: Path) -> None:
    keep = str(tmp_path / "class")
    first, said = start("--keep", keep)
    while not (tmp_path / "class" / "class.json").exists():
        assert first.poll() is None
    first.kill()
    first.communicate()
    second, again = start("--keep", keep)
    assert code_of(again) == code_of(said)
    assert again[2].partition("#")[2] == said[2].partition("#")[2]
    second.send_signal(signal.SIGTERM)
    out, err = second.communicate(timeout=20)
    assert (second.returncode, err) == (0, "")
    assert "0 pupils" in out


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (("--listen", "nonsense"), "nonsense"),
        (("--listen", ":8025"), ":8025"),
        (("--names", "/nowhere/names"), "/nowhere/names"),
        (("no-such-lesson",), "no-such-lesson"),
        (("--cert", "/nowhere.pem"), "/nowhere.pem"),
    ],
)
def test_wrong_use_is_one_line(options: tuple[str, ...], told: str) -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "smtpsim", "class", *options], capture_output=True, text=True, check=False, timeout=60
    )
    assert (ran.returncode, ran.stderr.count("\n")) == (2, 1)
    assert told in ran.stderr
