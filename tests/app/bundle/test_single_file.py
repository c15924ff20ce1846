"""The single file under a Python that has nothing installed: what is in it, and that it runs from there."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from smtpsim.app.bundle import build, start
from smtpsim.explain import words
from smtpsim.goals import shipped

DEBIAN = "/usr/bin/python3"
BARE = ("-I", "-S")
"""Neither the environment's nor the user's nor any site's packages."""

POSIX_ONLY = ("curses", "fcntl", "grp", "pty", "pwd", "readline", "resource", "syslog", "termios", "tty")

Ran = subprocess.CompletedProcess[str]


def run(single_file: Path, cache: Path, *arguments: str, python: str = sys.executable, typed: str = "") -> Ran:
    return subprocess.run(
        [python, *BARE, str(single_file), *arguments],
        env={"PATH": os.environ["PATH"], "LANG": "C.UTF-8", "XDG_CACHE_HOME": str(cache), "XDG_STATE_HOME": str(cache)},
        input=typed,
        capture_output=True,
        text=True,
        check=False,
    )


def test_nothing_compiled_is_inside(single_file: Path) -> None:
    with zipfile.ZipFile(single_file) as archive:
        names = archive.namelist()
    assert [name for name in names if name.endswith((".so", ".pyd", ".pyc", ".dylib"))] == []
    assert {"__main__.py", "words.json", "lib/rpds.py", "lib/smtpsim/transcripts/01-first-mail.txt"} <= set(names)


def test_each_library_brings_its_licence(single_file: Path) -> None:
    with zipfile.ZipFile(single_file) as archive:
        names = [name.split("/") for name in archive.namelist() if ".dist-info/" in name]
    licensed = {parts[1] for parts in names if parts[-1].upper().startswith(("LICENSE", "LICENCE", "COPYING"))}
    assert len(licensed) > 10
    assert {parts[1] for parts in names} == licensed


def test_nothing_of_the_place_where_it_was_built_is_inside(single_file: Path) -> None:
    with zipfile.ZipFile(single_file) as archive:
        metadata = [archive.read(name) for name in archive.namelist() if ".dist-info/" in name]
    assert [text for text in metadata if os.fsencode(sys.prefix) in text] == []


@pytest.mark.parametrize("python", sorted({sys.executable, DEBIAN} if os.path.exists(DEBIAN) else {sys.executable}))
def test_a_bare_python_speaks_smtp(single_file: Path, cache: Path, python: str) -> None:
    ran = run(single_file, cache, python=python, typed="HELO cgi.example.com\nQUIT\n")
    assert ran.stdout.splitlines() == ["220 Connected", "250 Hello smtp.example.com", "221 bye."]
    assert (ran.returncode, ran.stderr) == (0, "")


COMMANDS = (
    ("replay", "first-mail", "spf-fail", "dkim-survives-forwarding", "--check"),
    ("world", "check"),
    ("spf", "192.0.2.10", "ann@redirect.spf.example"),
    ("compose", "--from", "webmaster@example.com", "--to", "test@hogefuga.com", "--body", "hi"),
    ("campaign", "--recipients", "200", "--days", "3", "--seed", "1"),
    ("lesson", "check", "bcc"),
    ("lesson", "list"),
)


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: " ".join(command[:2]))
def test_what_it_can_do_installed_it_can_do_bare(single_file: Path, cache: Path, command: tuple[str, ...]) -> None:
    ran = run(single_file, cache, *command)
    assert (ran.returncode, ran.stderr) == (0, "")
    installed = subprocess.run(
        [sys.executable, "-m", "smtpsim", *command],
        env={**os.environ, "LANG": "C.UTF-8", "XDG_STATE_HOME": str(cache)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert ran.stdout == installed.stdout


def test_a_lesson_is_done_on_a_pipe(single_file: Path, cache: Path) -> None:
    lines = "\n".join(shipped.load("first-mail").exercise.solution)
    ran = run(single_file, cache, "--lang", "ja", "lesson", "start", "first-mail", typed=lines + "\n")
    assert ran.returncode == 0
    assert "✓ できました" in ran.stderr


def test_it_needs_no_module_that_only_posix_has(single_file: Path, cache: Path) -> None:
    """As on Windows: what is hidden cannot be imported, by the pipe, the lessons or the full screen."""
    script = f"""
import runpy, sys
sys.modules.update(dict.fromkeys({POSIX_ONLY!r}))
sys.argv = [{str(single_file)!r}, "lesson", "check", "hello"]
try:
    runpy.run_path(sys.argv[0], run_name="__main__")
except SystemExit as left:
    import smtpsim.app.tui.run, smtpsim.app.tui.build, smtpsim.app.replay.run
    raise
"""
    environment = {"XDG_CACHE_HOME": str(cache), "LANG": "C.UTF-8"}
    ran = subprocess.run([sys.executable, *BARE, "-c", script], env=environment, capture_output=True, check=False)
    assert (ran.returncode, ran.stderr) == (0, b"")


def test_many_first_starts_at_once_leave_one_folder(single_file: Path, tmp_path: Path) -> None:
    command = [sys.executable, *BARE, str(single_file), "--version"]
    environment = {"XDG_CACHE_HOME": str(tmp_path)}
    started = [subprocess.Popen(command, env=environment, stdout=subprocess.PIPE) for _ in range(3)]
    assert [one.communicate()[0].startswith(b"smtpsim ") for one in started] == [True] * 3
    assert len(os.listdir(tmp_path / "smtpsim")) == 1


def test_where_the_cache_cannot_be_written_it_unpacks_for_the_time_that_it_runs(
    single_file: Path, tmp_path: Path
) -> None:
    passing = tmp_path / "passing"
    passing.mkdir()
    (tmp_path / "file").write_text("no folder")
    environment = {"XDG_CACHE_HOME": str(tmp_path / "file"), "TMPDIR": str(passing)}
    command = [sys.executable, *BARE, str(single_file), "--version"]
    ran = subprocess.run(command, env=environment, capture_output=True, check=False)
    assert (ran.returncode, ran.stderr, os.listdir(passing)) == (0, b"", [])


@pytest.fixture
def starting(single_file: Path, monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """`start` as it is when the archive runs, in Japanese."""
    monkeypatch.setattr(start, "ARCHIVE", str(single_file))
    monkeypatch.setenv("LC_ALL", "ja_JP.UTF-8")
    return monkeypatch


def test_an_old_python_is_told_what_it_needs(starting: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    starting.setattr(sys, "version_info", (3, 10, 13))
    starting.setattr(sys, "version", "3.10.13 (main)")
    assert start.start() == 2
    assert capsys.readouterr().err == f"smtpsim: {words('ja')('bundle.old-python', found='3.10.13')}\n"


def test_an_old_python_can_read_the_file_that_says_so() -> None:
    ast.parse(Path(start.__file__).read_text(encoding="utf-8"), feature_version=(3, 6))


def test_where_no_folder_can_be_written_one_line_says_so(
    starting: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def full(folder: str) -> None:
        raise OSError("no space")

    starting.setattr(start, "unpack", full)
    assert start.start() == 2
    assert capsys.readouterr().err == f"smtpsim: {words('ja')('bundle.no-folder')}\n"


def test_half_an_unpacking_gets_no_name(starting: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def broken(folder: str) -> None:
        Path(folder, "half").write_text("")
        raise OSError("no space")

    starting.setenv("XDG_CACHE_HOME", str(tmp_path))
    starting.setattr(start, "unpack", broken)
    with pytest.raises(OSError, match="no space"):
        start.kept()
    assert os.listdir(tmp_path / "smtpsim") == []


def test_the_command_says_what_must_be_installed_first(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.setattr(build, "_STANDS_IN", {"rpds-py": "no-such-library"})
    monkeypatch.setattr(sys, "argv", ["build", str(tmp_path / "smtpsim.pyz")])
    assert build.main() == 2
    assert "no-such-library is not installed here" in capsys.readouterr().err


def test_the_file_can_be_started_by_its_name(single_file: Path) -> None:
    assert os.access(single_file, os.X_OK)
    assert single_file.read_bytes().startswith(b"#!/usr/bin/env python3\n")
