"""Runs commands again and again, each time with another thing in the place of the file that it reads, and prints how
each run ended: a process of its own, so that one that waits for ever, or fills the memory, can be ended."""

from __future__ import annotations

import io
import json
import os
import resource
import shutil
import socket
import sys
import tempfile
from collections.abc import Callable, Mapping
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from typing import NamedTuple

from smtpsim.app.main import main
from smtpsim.world.load import shipped

MEMORY = 2 * 1024**3
"""What the process may have: a reader of /dev/zero is stopped by it."""

TOO_MUCH = 5 * 1024**3


def _socket(path: Path) -> None:
    listening = socket.socket(socket.AF_UNIX)
    listening.bind(str(path))
    listening.close()


def _sparse(path: Path) -> None:
    with open(path, "wb") as file:
        file.truncate(TOO_MUCH)


KINDS: Mapping[str, Callable[[Path], object]] = {
    "pipe": os.mkfifo,
    "device": lambda path: path.symlink_to("/dev/zero"),
    "socket": _socket,
    "folder": Path.mkdir,
    "too-large": _sparse,
    "loop": lambda path: path.symlink_to(path.name),
    "not-utf-8": lambda path: path.write_bytes(b"\xff\xfe\xfd\x00\x81\n"),
}
"""By name: puts a thing where a file was expected."""


class Row(NamedTuple):
    """A command, with {} for a folder, and the file in that folder that it reads; the folder is a copy of `like`."""

    arguments: tuple[str, ...]
    file: str
    like: str = ""
    kinds: tuple[str, ...] = tuple(KINDS)


_COMPOSE = ("compose", "--from", "a@example.com", "--to", "b@example.net")
_WORLD = ("world", "check", "{}")
_LISTEN = ("--listen", "127.0.0.1:0")
_DEFAULT = shipped().path
_ALL_ALIKE = ("pipe", "device", "too-large")
"""The files of a world, which takes long to read, are all read by the same function."""

ROWS: Mapping[str, Row] = {
    "replay": Row(("replay", "{}/file"), "file"),
    "replay --check": Row(("replay", "first-mail", "{}/file", "--check"), "file"),
    "replay --compare": Row(("replay", "first-mail", "{}/file", "--compare"), "file"),
    "replay --world": Row(("replay", "first-mail", "--world", "{}/file"), "file"),
    "transcript convert": Row(("transcript", "convert", "{}/file", "--to", "json"), "file"),
    "grade": Row(("grade", "{}/file"), "file"),
    "grade --task": Row(("grade", "first-mail", "--task", "{}/file"), "file"),
    "lesson new --from": Row(("lesson", "new", "{}/new", "--from", "{}/file"), "file"),
    "lesson check": Row(("lesson", "check", "{}"), "lesson.toml"),
    "spf --zone": Row(("spf", "192.0.2.1", "a@example.com", "--zone", "{}/file"), "file"),
    "compose --body-file": Row((*_COMPOSE, "--body-file", "{}/file"), "file"),
    "compose --list": Row((*_COMPOSE, "--list", "{}/file"), "file"),
    "campaign --list": Row(("campaign", "--list", "{}/file", "--days", "1"), "file"),
    "class --names": Row(("class", "--names", "{}/file", *_LISTEN), "file"),
    "class --cert": Row(("class", "--cert", "{}/file", *_LISTEN), "file"),
    "class --keep": Row(("class", "--keep", "{}", *_LISTEN), "class.json"),
    "class --shared-world": Row(("class", "--shared-world", "--keep", "{}", *_LISTEN), "steps.jsonl"),
    "serve --cert": Row(("serve", "--cert", "{}/file", *_LISTEN), "file"),
    "serve --keep": Row(("serve", "--keep", "{}", *_LISTEN), "world.sqlite"),
    "world.toml": Row(_WORLD, "world.toml", _DEFAULT),
    "hosts": Row(_WORLD, "hosts/mx.hogefuga.com.toml", _DEFAULT, _ALL_ALIKE),
    "zones": Row(_WORLD, "zones/hogefuga.com.zone", _DEFAULT, _ALL_ALIKE),
    "keys": Row(_WORLD, "keys/example.com.pem", _DEFAULT, _ALL_ALIKE),
}


def runs(names: list[str]) -> list[tuple[str, str]]:
    """Each command with each kind of file."""
    return [(name, kind) for name in names for kind in ROWS[name].kinds]


def _ended(row: Row, kind: str, folder: Path) -> tuple[int, str, str]:
    """Exit status, standard output and standard error."""
    if row.like:
        shutil.copytree(row.like, folder, dirs_exist_ok=True)
    place = folder / row.file
    place.unlink(missing_ok=True)
    KINDS[kind](place)
    out, err = io.TextIOWrapper(io.BytesIO()), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        status = main([argument.replace("{}", str(folder)) for argument in row.arguments])
        out.flush()
    return status, out.buffer.getvalue().decode(), err.getvalue()


def _tell(names: list[str]) -> None:
    """Print, after each run, one line of JSON."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    for name, kind in runs(names):
        with tempfile.TemporaryDirectory() as folder:
            print(json.dumps((name, kind, *_ended(ROWS[name], kind, Path(folder)))), flush=True)


if __name__ == "__main__":
    _tell(sys.argv[1:])
