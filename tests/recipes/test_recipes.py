"""The recipes of CONTRIBUTING.md, followed to the letter in a copy of the checkout."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).parents[2]
GUIDE = ROOT / ".github/CONTRIBUTING.md"
COPIED = ("smtpsim", "transcripts", "tests", "pyproject.toml", "README.md", "README.ja.md", ".github")

BLOCK = re.compile(r"<!-- recipe: (\w+); (write|add to|run) ?(\S*) -->\n```\w+\n(.*?)```\n", re.DOTALL)


class Step(NamedTuple):
    """One block of code: what to do with it (write, add to, run), and the file that is meant."""

    recipe: str
    what: str
    file: str
    text: str


STEPS = tuple(Step(*found) for found in BLOCK.findall(GUIDE.read_text(encoding="utf-8")))
RECIPES = tuple(dict.fromkeys(step.recipe for step in STEPS))


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A copy of the checkout, with a `smtpsim` and a `python` that run what is in it."""
    copy = tmp_path / "checkout"
    for name in COPIED:
        source, target = ROOT / name, copy / name
        if source.is_dir():
            shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(source, target)
    for name, arguments in {"smtpsim": "-m smtpsim", "python": ""}.items():
        program = tmp_path / "bin" / name
        program.parent.mkdir(exist_ok=True)
        program.write_text(f'#!/bin/sh\nexec {sys.executable} {arguments} "$@"\n', encoding="utf-8")
        program.chmod(0o755)
    return copy


def follow(step: Step, checkout: Path) -> None:
    path = checkout / step.file
    if step.what == "write":
        assert not path.exists(), "a new member is a new file"
        path.write_text(step.text, encoding="utf-8")
    elif step.what == "add to":
        path.write_text(path.read_text(encoding="utf-8") + step.text, encoding="utf-8")
    else:
        for command, expected in commands(step.text):
            said = run(command, checkout)
            for line in expected:
                assert any(line in shown for shown in said.splitlines()), f"$ {command}\n{said}\nlacks: {line}"


def commands(text: str) -> Iterator[tuple[str, list[str]]]:
    """Each command of a console, and the lines below it that it is to print among others."""
    for part in re.split(r"^\$ ", text, flags=re.MULTILINE)[1:]:
        command, *expected = part.splitlines()
        yield command, expected


def run(command: str, checkout: Path) -> str:
    path = f"{checkout.parent / 'bin'}{os.pathsep}{os.environ['PATH']}"
    environment = {**os.environ, "PATH": path, "PYTHONPATH": str(checkout), "PYTHONUTF8": "1", "COLUMNS": "200"}
    environment["XDG_STATE_HOME"] = str(checkout.parent / "state")
    done = subprocess.run(["bash", "-c", f"{command} 2>&1"], cwd=checkout, env=environment, stdout=subprocess.PIPE)
    said = done.stdout.decode()
    assert done.returncode == 0, f"$ {command}\n{said}"
    return said


@pytest.mark.parametrize("recipe", RECIPES)
def test_a_recipe_works_to_the_screen(recipe: str, checkout: Path) -> None:
    for step in STEPS:
        if step.recipe == recipe:
            follow(step, checkout)
    package = [name for name in python_files(recipe, checkout) if not name.startswith("tests")]
    if package:
        lint = [sys.executable, "-m", "ruff", "check", "--no-cache", "-q", *package]
        assert subprocess.run(lint, cwd=checkout, capture_output=True, timeout=60).stdout == b""


def python_files(recipe: str, checkout: Path) -> list[str]:
    return [step.file for step in STEPS if step.recipe == recipe and step.what == "write" and step.file.endswith(".py")]


def test_there_is_a_recipe_for_each_kind_of_member() -> None:
    assert set(RECIPES) == {"policy", "verb", "section", "command", "language", "transcript", "lesson", "format"}
    assert GUIDE.read_text(encoding="utf-8").count("<!-- recipe: ") == len(STEPS), "every mark is read"


def test_every_file_that_the_guide_names_is_there() -> None:
    made = {step.file for step in STEPS}
    prose = BLOCK.sub("", GUIDE.read_text(encoding="utf-8"))
    named = set(re.findall(r"`((?:smtpsim|tests|transcripts|\.ci)/[\w./-]*)`", prose)) - made
    assert len(named) > 20
    assert [name for name in sorted(named) if not (ROOT / name).exists()] == []


def test_the_map_names_every_room() -> None:
    rooms = set(
        re.findall(r"`(\w+)`", "".join(re.findall(r"^\|(.*?)\|", GUIDE.read_text(encoding="utf-8"), re.MULTILINE)))
    )
    missing = {path.name for path in (ROOT / "smtpsim").iterdir() if any(path.glob("*.py"))} - rooms
    assert not missing, f"say in the map of .github/CONTRIBUTING.md what these rooms hold: {', '.join(missing)}"
