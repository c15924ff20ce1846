"""What is no regular file, or too large, is never read: one line, exit status 2, and no waiting."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from smtpsim.app.environment import read_input
from smtpsim.app.tui.history import LineHistory
from smtpsim.explain import words
from smtpsim.kernel.failure import Failure
from smtpsim.shell import course_book
from tests.app.conftest import Run
from tests.app.special_files import KINDS, ROWS, runs

ROOT = Path(__file__).parents[2]
SECONDS = 120
PROCESSES = 4


@pytest.mark.parametrize("first", range(PROCESSES))
def test_whatever_is_no_file_for_a_command_is_one_line(first: int) -> None:
    """Every command and option that reads a file, with every kind of thing that can have its name."""
    names = list(ROWS)[first::PROCESSES]
    command = [sys.executable, "-m", "tests.app.special_files", *names]
    given = {**os.environ, "LANG": "C"}
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=SECONDS, check=False, env=given)
    assert ran.returncode == 0, ran.stderr[-2000:]
    found = [json.loads(line) for line in ran.stdout.splitlines()]
    assert [(name, kind) for name, kind, *_ in found] == runs(names)
    for name, kind, status, _, err in found:
        assert (status, err.count("\n")) == (2, 1), (name, kind, err)
        assert "Traceback" not in err
        assert ROWS[name].file in err, (name, kind, err)


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind not in ("folder", "not-utf-8")])
def test_a_pipe_client_is_told_that_there_is_no_file_to_open(run: Run, tmp_path: Path, kind: str) -> None:
    KINDS[kind](tmp_path / "session.txt")
    ran = run("--commands", source=f":open {tmp_path}/session.txt\r\nNOOP\r\n".encode())
    assert ran.status == 0
    assert "cannot be read" in ran.err
    assert ran.octets.endswith(b"250 Ok\r\n")


@pytest.mark.parametrize("kind", ["pipe", "device", "socket", "folder", "loop"])
def test_what_the_program_keeps_for_itself_is_a_file_or_not_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    """A pipe is in the place of the history, and of what was reached in the course."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    (tmp_path / "smtpsim").mkdir()
    for name in ("history", course_book.FILE):
        KINDS[kind](tmp_path / "smtpsim" / name)
    history = LineHistory(str(tmp_path / "smtpsim" / "history"))
    assert list(history.load_history_strings()) == []
    if kind != "device":
        history.append_string("NOOP")
        course_book.keeper("hello", "lesson")("greeting", False)
    assert course_book.standings() == {}


def test_standard_input_is_read_up_to_the_size_of_a_file() -> None:
    assert read_input(io.BytesIO(b"12345678"), "-", words("en"), most=8) == b"12345678"
    with pytest.raises(Failure, match="too large"):
        read_input(io.BytesIO(b"123456789"), "-", words("en"), most=8)
