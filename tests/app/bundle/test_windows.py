"""What differs on Windows, as far as it can be taken away here: modules, functions, signals of the event loop, and that
an open file is neither renamed nor removed."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from smtpsim.goals import shipped
from tests.app.bundle.test_single_file import BARE, POSIX_ONLY

AWAY = ("O_NONBLOCK", "O_NOCTTY", "O_NOFOLLOW", "O_DIRECTORY", "fork", "mkfifo", "set_blocking")
"""What `os` has not on Windows, but for what the library asks for that finds the folders of other systems."""

ON_WINDOWS = f"""
import asyncio, os, runpy, signal, sys

sys.modules.update(dict.fromkeys({POSIX_ONLY!r}))
for name in {AWAY!r}:
    delattr(os, name)
for name in ("SIGHUP", "SIGWINCH", "SIGPIPE", "SIGTSTP"):
    delattr(signal, name)

def none_taken(loop, number, act, *arguments):
    raise NotImplementedError

def closed_only(change):
    def changed(path, *others):
        held = [os.path.realpath(f"/proc/self/fd/{{number}}") for number in os.listdir("/proc/self/fd")]
        if os.path.realpath(path) in held:
            raise PermissionError(13, "another process uses the file", path)
        return change(path, *others)
    return changed

asyncio.SelectorEventLoop.add_signal_handler = none_taken
for name in ("rename", "replace", "remove", "unlink"):
    setattr(os, name, closed_only(getattr(os, name)))
"""

OF_THE_INSTALLED = {"aiohttp", "cryptography", "packaging", "uvloop", "pytest"}
"""Libraries that the single file does not bring: of `serve --http`, of TLS, of `class`, of building, of tests."""

IMPORT_ALL = f"""
import importlib, pkgutil, smtpsim
for found in pkgutil.walk_packages(smtpsim.__path__, "smtpsim.", onerror=lambda name: None):
    try:
        importlib.import_module(found.name)
    except ModuleNotFoundError as wrong:
        if str(wrong.name).partition(".")[0] not in {OF_THE_INSTALLED!r}:
            raise
"""

KEEP_A_JOURNAL = """
from smtpsim.explain import words
from smtpsim.shell.autosave import Autosave
from smtpsim.shell.opening import Choice, open_session
from smtpsim.shell.paths import keep_lost, state_folder
from smtpsim.shell.shell import Shell

shell, autosave = Shell(open_session(Choice(), words("en")), words("en")), Autosave()
for line in ("HELO a.example", "NOOP", ":undo", "RSET"):
    shell.input(line)
    autosave.follow(shell.timeline)
(journal,) = os.listdir(state_folder())
with open(os.path.join(state_folder(), journal), encoding="utf-8") as file:
    assert "> RSET" in file.read()
assert not keep_lost()
autosave.close()
assert os.listdir(state_folder()) == []
"""


def on_windows(single_file: Path, cache: Path, state: Path, script: str, *arguments: str, typed: str = "") -> str:
    """What a run prints; `script` is run after the file has found its libraries."""
    begun = f"sys.argv = {[str(single_file), *arguments]!r}\n"
    if script:
        found = "sys.path.insert(0, start['libraries']())"
        begun += f"start = runpy.run_path(sys.argv[0], run_name='start')\n{found}\n{script}"
    else:
        begun += "runpy.run_path(sys.argv[0], run_name='__main__')\n"
    environment = {"XDG_CACHE_HOME": str(cache), "XDG_STATE_HOME": str(state), "LANG": "C.UTF-8"}
    ran = subprocess.run(
        [sys.executable, *BARE, "-c", ON_WINDOWS + begun],
        env=environment,
        input=typed,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    return ran.stdout + ran.stderr


LESSON = "\n".join(shipped.load("hello").exercise.solution) + "\n"


@pytest.mark.parametrize(
    ("arguments", "typed", "told"),
    [
        ((), "HELO cgi.example.com\nQUIT\n", "221 bye"),
        (("lesson", "list"), "", "first-mail"),
        (("lesson", "start", "hello"), LESSON, "✓"),
        (("explain", "rcpt-ok"), "", "RFC 5321 4.1.1.3"),
        (("replay", "first-mail", "--check"), "", "as recorded"),
        (("spf", "192.0.2.10", "ann@redirect.spf.example"), "", "pass"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_what_pupils_use_works(
    single_file: Path, cache: Path, tmp_path: Path, arguments: tuple[str, ...], typed: str, told: str
) -> None:
    assert told in on_windows(single_file, cache, tmp_path, "", *arguments, typed=typed)


def test_every_module_is_found(single_file: Path, cache: Path, tmp_path: Path) -> None:
    on_windows(single_file, cache, tmp_path, IMPORT_ALL)


def test_a_session_is_kept_while_it_goes_on(single_file: Path, cache: Path, tmp_path: Path) -> None:
    on_windows(single_file, cache, tmp_path, KEEP_A_JOURNAL)
