"""Files are opened in the room `disk` alone, which reads regular ones up to a size and writes them whole or not at all,
and in the few places that are named here and say why."""

from __future__ import annotations

import ast
from collections import Counter
from pathlib import Path

import pytest

import smtpsim

PACKAGE = Path(smtpsim.__file__).parent

OPENING = {"open", "fdopen", "read_text", "read_bytes", "write_text", "write_bytes", "mkstemp", "mkfifo"}
OPENED_ELSEWHERE = {"copyfile", "copytree", "copy", "copy2", "move", "connect"}
"""Calls of shutil and sqlite3 that open files themselves."""

SHIPPED = "reads a file of the program itself"
MADE = "makes a file that was not there (O_EXCL), in a folder of the user's"
ALLOWED = {
    "app/bundle/build.py": "builds the single file out of the program's own files",
    "app/bundle/start.py": SHIPPED,
    "app/classroom/record.py": MADE,
    "app/classroom/site.py": SHIPPED,
    "app/commands/world.py": "copies the shipped world into a folder that the room `disk` makes",
    "app/environment.py": "opens the null device in the place of a closed stream",
    "app/serve/certificate.py": MADE,
    "app/serve/keeping.py": "a database, which the room `disk` looked at before",
    "app/serve/pages.py": SHIPPED,
    "app/serve/recorder.py": MADE,
    "app/serve/run.py": "adds lines to the log that was asked for, which may be a pipe or a terminal",
    "app/tui/history.py": "writes a shorter history beside the old one, which it then replaces",
    "explain/words.py": SHIPPED,
    "goals/shipped.py": SHIPPED,
    "render/html/page.py": SHIPPED,
    "shell/mailbox_files.py": "writes a mailbox in a folder that it made itself",
    "shell/paths.py": "makes journals (O_EXCL), and locks those that are there",
    "testing/server.py": MADE,
    "world/load/compiling.py": "writes a file of the program itself",
}


def opened(tree: ast.AST) -> Counter[str]:
    """The calls in a file that open one. A method called `open` counts only for `os`, `io` and `gzip`."""
    found: Counter[str] = Counter()
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        called = node.func
        if isinstance(called, ast.Name) and called.id in OPENING:
            found[called.id] += 1
        elif isinstance(called, ast.Attribute):
            on = called.value.id if isinstance(called.value, ast.Name) else ""
            if called.attr in OPENING - {"open"} or (called.attr == "open" and on in ("os", "io", "gzip", "zipfile")):
                found[called.attr] += 1
            elif on in ("shutil", "sqlite3") and called.attr in OPENED_ELSEWHERE:
                found[f"{on}.{called.attr}"] += 1
    return found


def found_in(path: Path) -> Counter[str]:
    return opened(ast.parse(path.read_text(encoding="utf-8")))


def test_only_the_disk_opens_files() -> None:
    places = {path.relative_to(PACKAGE).as_posix() for path in PACKAGE.rglob("*.py") if found_in(path)}
    assert {place for place in places if not place.startswith("disk/")} == {*ALLOWED}


@pytest.mark.parametrize(
    "source",
    [
        "open('x')",
        "os.open('x', 0)",
        "Path('x').read_text()",
        "p.write_bytes(b'')",
        "shutil.copyfile(a, b)",
        "sqlite3.connect('x')",
        "tempfile.mkstemp()",
    ],
)
def test_what_opens_a_file_is_seen(source: str) -> None:
    assert opened(ast.parse(source))


def test_what_opens_none_is_not() -> None:
    assert not opened(ast.parse("owner.open(1); transport.connect(); shutil.get_terminal_size(); webbrowser.open(x)"))
