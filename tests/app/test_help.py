"""`--help` and the errors of the option parser: in the reader's language, whichever way it is asked for."""

from __future__ import annotations

import re

import click
import pytest
import typer

from smtpsim.app.cli import app
from smtpsim.app.spoken import spoken
from smtpsim.render.cells import width
from tests.app.conftest import Run
from tests.explain.called import context_of, paths

KANA = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff]")


COMMANDS = list(paths())
ASKED = {"option": (("--lang", "ja"), {}), "environment": ((), {"LANG": "ja_JP.UTF-8"})}


def english(text: str) -> list[str]:
    """Words of small letters that a Japanese sentence does not need: two of them beside each other."""
    return re.findall(r"(?<![\w./\'-])[a-z]{2,} [a-z]{2,}(?![\w./\'-])", text)


NAMED = {"kill -9", "world init", "transcript formats", "smtpsim serve", "smtpsim lesson", "lesson list"}


@pytest.mark.parametrize("way", ASKED)
@pytest.mark.parametrize("path", COMMANDS, ids=" ".join)
def test_help_is_in_japanese(run: Run, path: tuple[str, ...], way: str) -> None:
    """A command takes `--lang` behind its name too; one that has commands only before it."""
    options, variables = ASKED[way]
    group = isinstance(context_of(path).command, click.Group)
    ran = run(*((*options, *path) if group else (*path, *options)), "--help", variables=variables)
    assert (ran.status, ran.err) == (0, "")
    used, *lines = ran.out.splitlines()
    assert used.startswith(f"使い方: {' '.join(('smtpsim', *path))} [オプション]")
    text = " ".join(line for line in lines)
    assert [found for found in english(text) if found not in NAMED and not found.startswith("smtpsim ")] == []
    assert all(KANA.search(part) for part in re.split(r"\n\n", ran.out))
    assert max(map(width, ran.out.splitlines())) <= 100


@pytest.mark.parametrize("path", COMMANDS, ids=" ".join)
def test_help_is_in_english(run: Run, path: tuple[str, ...]) -> None:
    ran = run(*path, "-h")
    assert (ran.status, ran.err) == (0, "")
    assert ran.out.startswith("Usage: smtpsim")
    assert not KANA.search(ran.out)


WRONG = {
    "xyzzy": ("xyzzy", "repl, replay"),
    "reply": ("reply", "replay"),
    "lesson": ("list, start",),
    "lesson strat": ("strat", "start"),
    "replay": ("FILE|NAME...", "smtpsim replay"),
    "replay a --insatnt": ("--insatnt", "--instant"),
    "replay a --xyzzyabc": ("--xyzzyabc",),
    "spf 1 2 3": ("smtpsim spf IP MAIL_FROM",),
    "replay a --step=3": ("--step",),
    "replay a --seed": ("--seed", "N"),
    "class --demo 300": ("--demo", "0", "200"),
    "--seed x": ("--seed",),
    "replay a --speed x": ("--speed",),
    "--theme dark compose --from a@example.com": ("compose", "--theme"),
    "transcript convert a": ("--to FORMAT",),
    "--theme odd": ("odd", "dark"),
}
"""Wrong calls, and what the one line that answers them has to name."""


@pytest.mark.parametrize("line", WRONG)
@pytest.mark.parametrize("way", ASKED)
def test_errors_are_in_japanese(run: Run, line: str, way: str) -> None:
    options, variables = ASKED[way]
    ran = run(*options, *line.split(), variables=variables)
    assert (ran.status, ran.err.count("\n")) == (2, 1)
    assert KANA.search(ran.err)
    assert english(ran.err) == [found for found in english(ran.err) if found.startswith("smtpsim ")]
    assert all(named in ran.err for named in WRONG[line])


@pytest.mark.parametrize("line", WRONG)
def test_errors_are_in_english_and_said_once(run: Run, line: str) -> None:
    ran = run(*line.split())
    assert (ran.status, ran.err.count("\n")) == (2, 1)
    assert not KANA.search(ran.err)
    assert ran.err.count("Did you mean") <= 1
    assert all(named in ran.err for named in WRONG[line])


@pytest.mark.parametrize(
    ("arguments", "lang"),
    [
        (["--lang", "ja", "replay"], "ja"),
        (["replay", "--lang=ja"], "ja"),
        (["--lang", "ja", "--lang", "en"], "en"),
        (["--lang", "xx"], "en"),
        (["--lang"], "en"),
        (["lang", "ja"], "en"),
    ],
)
def test_the_language_is_known_before_the_line_is_understood(arguments: list[str], lang: str) -> None:
    assert spoken(arguments, {}).lang == lang


def test_completion_tells_what_each_option_is_for() -> None:
    group = typer.main.get_command(app)
    context = click.Context(group, info_name="smtpsim", obj=["--lang", "ja"])
    offered = {item.value: item.help for item in group.shell_complete(context, "re")}
    assert set(offered) == {"repl", "replay"}
    assert all(KANA.search(text or "") for text in offered.values())
