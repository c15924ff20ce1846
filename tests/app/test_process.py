"""The program as a process of its own: what it imports for a command, and terminals of every encoding."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

LOADED = """
import sys
from smtpsim.app.main import main
status = main(sys.argv[1:])
rooms = {name.split(".")[1] for name in sys.modules if name.startswith("smtpsim.")}
print(status, *sorted(rooms), file=sys.stderr)
"""

ROOMS = {
    ("--version",): "app explain kernel",
    ("transcript", "list"): "app disk explain kernel render shell transcript views",
    ("world", "check"): "app auth disk explain kernel message protocol reports shell world",
    ("spf", "192.0.2.10", "a@example.com", "--json"): (
        "app auth disk explain kernel message protocol render reports shell spf world"
    ),
}


def process(*arguments: str, **variables: str) -> subprocess.CompletedProcess[bytes]:
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(("LC_", "PYTHON"))}
    path = os.pathsep.join(filter(None, sys.path))
    environment = {**inherited, "PYTHONPATH": path, **variables}
    return subprocess.run([sys.executable, *arguments], env=environment, capture_output=True, check=False)


@pytest.mark.parametrize("command", ROOMS, ids=lambda command: command[0])
def test_a_command_loads_the_rooms_that_it_needs(command: tuple[str, ...]) -> None:
    assert process("-c", LOADED, *command).stderr.decode().split() == ["0", *ROOMS[command].split()]


def test_a_zone_file_needs_no_world(tmp_path: os.PathLike[str]) -> None:
    file = os.path.join(tmp_path, "a.zone")
    with open(file, "w", encoding="ascii") as zone:
        zone.write('a.example. TXT "v=spf1 -all"\n')
    ran = process("-X", "importtime", "-m", "smtpsim", "spf", "192.0.2.1", "a@a.example", "--zone", file)
    assert ran.returncode == 0
    assert b"smtpsim.world.dns.reader" in ran.stderr
    assert b"smtpsim.world.load" not in ran.stderr


ENCODINGS = {
    "ascii": {"PYTHONIOENCODING": "ascii"},
    "ascii, strict": {"PYTHONIOENCODING": "ascii:strict"},
    "a locale without UTF-8": {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"},
    "another encoding": {"PYTHONIOENCODING": "latin-1"},
}


@pytest.mark.parametrize("variables", ENCODINGS.values(), ids=ENCODINGS)
@pytest.mark.parametrize(
    "command",
    [("replay", "first-mail", "--panel"), ("transcript", "list", "--lang", "ja"), ("--lang", "ja", "--host", "x")],
)
def test_what_an_encoding_cannot_say_is_written_as_its_number(
    command: tuple[str, ...], variables: dict[str, str]
) -> None:
    ran = process("-m", "smtpsim", *command, **variables)
    assert ran.returncode == (2 if "--host" in command else 0)
    assert b"Traceback" not in ran.stderr
    assert b"\\u" in ran.stdout + ran.stderr
