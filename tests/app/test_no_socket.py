"""No command opens a socket, but those that are there to open ports or to hand mail to one; and these reach no further
than this machine. `--dns live` alone asks others (tests/test_no_network.py)."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import typer
from click import Command, Group

from smtpsim.app.cli import app
from tests.app.commands_run import ROWS

ROOT = Path(__file__).parents[2]
ANY_PORT = "127.0.0.1:0"
SERVERS = {
    "serve": ("serve", *(of for port in ("listen", "smtps", "pop3", "imap", "http") for of in (f"--{port}", ANY_PORT))),
    "class": ("class", "hello", "--quiet", "--listen", ANY_PORT, "--smtp", ANY_PORT),
}
"""How they are run, by command."""

OPENS_PORTS = {"serve": 5, "class": 2}
HANDS_OVER = "sendmail"
"""Connects to this machine only, as tests/app/test_sendmail.py shows."""


def names(command: Command, path: tuple[str, ...] = ()) -> Iterator[str]:
    """Every command of the program as it is typed."""
    if isinstance(command, Group):
        for name, inner in command.commands.items():
            yield from names(inner, (*path, name))
        if command.invoke_without_command:
            yield " ".join(path)
    else:
        yield " ".join(path)


def given(folder: Path) -> dict[str, str]:
    return {**os.environ, "LC_ALL": "C.UTF-8", "XDG_STATE_HOME": str(folder), "XDG_CONFIG_HOME": str(folder)}


def test_each_command_is_run_here() -> None:
    """A new one has a row in tests/app/commands_run.py."""
    assert {*names(typer.main.get_command(app))} == {*ROWS, *SERVERS, HANDS_OVER}


def test_no_command_opens_a_socket(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "tests.app.commands_run"]
    ran = subprocess.run(
        command, cwd=ROOT, env=given(tmp_path), capture_output=True, text=True, timeout=120, check=False
    )
    assert ran.returncode == 0, ran.stderr[-2000:]
    *runs, heard = map(json.loads, ran.stdout.splitlines())
    assert [name for name, *_ in runs] == [name for name, rows in ROWS.items() for _ in rows]
    for name, arguments, ended, err, asked in runs:
        assert (ended, asked) == (True, []), (name, arguments, err)
    assert heard == ["socket.__new__"]


@pytest.mark.parametrize("command", SERVERS)
def test_a_server_only_listens_and_only_here(command: str, tmp_path: Path) -> None:
    ran = [sys.executable, "-m", "tests.app.commands_run", *SERVERS[command]]
    with subprocess.Popen(
        ran, cwd=ROOT, env=given(tmp_path), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        assert "127.0.0.1" in process.stdout.readline()
        process.terminate()
        _, err = process.communicate(timeout=30)
    asked = json.loads(err.splitlines()[-1])
    assert {event for event, _ in asked} <= {"socket.__new__", "socket.bind"}, asked
    bound = [of for event, of in asked if event == "socket.bind"]
    assert len(bound) == OPENS_PORTS[command]
    assert all("127.0.0.1" in of for of in bound)
