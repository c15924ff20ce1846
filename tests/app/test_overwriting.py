"""What commands write where somebody named a file: nothing that is there is lost without a word."""

from __future__ import annotations

import io
import resource
import subprocess
import sys
from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path

import pytest

from smtpsim.app.environment import Environment
from smtpsim.app.overwriting import cleared
from smtpsim.explain import words
from smtpsim.kernel.failure import Failure
from tests.app.conftest import Run

COMPOSE = ("compose", "--from", "a@example.com", "--to", "test@hogefuga.com", "-o", "{}/out.txt")
CAMPAIGN = ("campaign", "--recipients", "10", "--days", "1", "--hygiene", "on", "--export")
WRITING = {
    "transcript convert": ("transcript", "convert", "first-mail", "--to", "json", "-o", "{}/out.json"),
    "replay --export .html": ("replay", "first-mail", "--export", "{}/out.html"),
    "replay --export .eml": ("replay", "first-mail", "--export", "{}/out.eml"),
    "replay --junit": ("replay", "first-mail", "--junit", "{}/out.xml"),
    "compose": COMPOSE,
    "compose --text": (*COMPOSE, "--text"),
    "campaign --export .svg": (*CAMPAIGN, "{}/out.svg"),
    "campaign --export .html": (*CAMPAIGN, "{}/out.html"),
}
OLD = "what was there before\n"


def placed(name: str, folder: Path) -> tuple[list[str], Path]:
    """The arguments of a command, and the file that it is to write."""
    arguments = [argument.replace("{}", str(folder)) for argument in WRITING[name]]
    return arguments, next(Path(argument) for argument in arguments if "/out." in argument)


@pytest.mark.parametrize("name", WRITING)
def test_a_file_that_is_there_is_replaced_by_force_alone(run: Run, tmp_path: Path, name: str) -> None:
    arguments, file = placed(name, tmp_path)
    first = run(*arguments)
    assert (first.status, first.err.count(str(file))) == (0, 1)
    assert file.stat().st_size > 0
    file.write_text(OLD)
    refused = run(*arguments)
    assert (refused.status, refused.err.count("\n"), refused.out) == (2, 1, "")
    assert "--force" in refused.err
    assert file.read_text() == OLD
    assert run(*arguments, "--force").status == 0
    assert file.read_bytes() != OLD.encode()


@pytest.mark.parametrize("name", WRITING)
def test_a_link_is_left_alone_even_by_force(run: Run, tmp_path: Path, name: str) -> None:
    arguments, file = placed(name, tmp_path)
    (tmp_path / "precious").write_text(OLD)
    file.symlink_to("precious")
    ran = run(*arguments, "--force")
    assert (ran.status, ran.err.count("\n"), ran.out) == (2, 1, "")
    assert (tmp_path / "precious").read_text() == OLD


def _full_disk() -> None:
    resource.setrlimit(resource.RLIMIT_FSIZE, (200, 200))


FOLDERS = {"world init": ("world", "init", "{}/out.d"), "lesson new": ("lesson", "new", "{}/out.d")}


@pytest.mark.parametrize("name", ["transcript convert", "replay --export .html", "replay --junit", *FOLDERS])
def test_a_full_disk_leaves_what_was_there(tmp_path: Path, name: str) -> None:
    if name in FOLDERS:
        arguments, file = [one.replace("{}", str(tmp_path)) for one in FOLDERS[name]], None
    else:
        arguments, file = placed(name, tmp_path)
        file.write_text(OLD)
        arguments.append("--force")
    command = [sys.executable, "-B", "-m", "smtpsim", *arguments]
    ran = subprocess.run(command, capture_output=True, text=True, preexec_fn=_full_disk, timeout=100, check=False)
    assert (ran.returncode, ran.stderr.count("\n")) == (2, 1), ran.stderr
    assert "/out." in ran.stderr
    assert list(tmp_path.iterdir()) == ([file] if file else [])
    assert file is None or file.read_text() == OLD


def test_a_transcript_is_converted_in_its_place(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "session.txt"
    assert run("transcript", "convert", "first-mail", "--to", "text", "-o", str(file)).status == 0
    text = file.read_bytes()
    assert run("transcript", "convert", str(file), "--to", "json", "-o", str(file)).status == 2
    assert file.read_bytes() == text
    assert run("transcript", "convert", str(file), "--to", "json", "-o", str(file), "--force").status == 0
    assert file.read_bytes().startswith(b'{"who"')


Ask = Callable[[bytes, bool], str]


@pytest.mark.parametrize(
    ("typed", "interactive", "allowed"),
    [(b"y\n", True, True), ("はい\n".encode(), True, True), (b"YES\n", True, True)]
    + [(typed, True, False) for typed in (b"n\n", b"\n", b"", b"\xff\n")]
    + [(b"y\n", False, False)],
)
def test_a_person_is_asked(tmp_path: Path, typed: bytes, interactive: bool, allowed: bool) -> None:
    err = io.StringIO()
    environment = Environment(io.BytesIO(typed), io.BytesIO(), io.StringIO(), err, {}, interactive)
    file = tmp_path / "file"
    cleared(str(file), False, words("en"), environment)
    assert err.getvalue() == ""
    file.write_text(OLD)
    with nullcontext() if allowed else pytest.raises(Failure, match="--force"):
        cleared(str(file), False, words("en"), environment)
    assert ("[y/N]" in err.getvalue()) == interactive
