"""`replay A B --compare` on a pipe, and what cannot be asked for together."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.app.conftest import Run


def test_two_recordings_side_by_side_as_plain_text(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "mine.txt"
    file.write_text("# client: 192.0.2.10\n$ telnet mx.example.net smtp\n> EHLO \x1b[31mx\n> MAIL FROM:<a@\u202eb>\n")
    ran = run("replay", "spf-pass", str(file), "--compare")
    assert (ran.status, ran.err) == (0, "")
    assert "A  SPF: pass" in ran.out
    assert str(file) in ran.out.replace("\n", "").replace(" ", "")
    assert "\x1b" not in ran.out
    assert "\u202e" not in ran.out


def test_the_same_twice_is_the_same(run: Run) -> None:
    out = run("replay", "first-mail", "01-first-mail", "--compare", "--instant", "--lang", "ja").out
    assert "違いはありません" in out


WRONG = {
    "one": (("first-mail", "--compare"), "two, not 1"),
    "three": (("first-mail", "bounce", "spf-fail", "--compare"), "two, not 3"),
    "with json": (("first-mail", "bounce", "--compare", "--json"), "--compare"),
    "with check": (("first-mail", "bounce", "--compare", "--check"), "--compare"),
    "with panel": (("first-mail", "bounce", "--compare", "--panel"), "--compare"),
    "with export": (("first-mail", "bounce", "--compare", "--export", "x.svg"), "--export FILE.html"),
    "loop": (("first-mail", "--loop"), "--step"),
    "large": (("first-mail", "--large"), "--step"),
    "compared in a loop": (("first-mail", "bounce", "--compare", "--step", "--loop"), "--compare"),
    "stepped on a pipe": (("first-mail", "--step"), "terminal"),
    "looped on a pipe": (("first-mail", "--step", "--loop"), "terminal"),
    "large on a pipe": (("first-mail", "--step", "--large"), "terminal"),
    "compared and stepped on a pipe": (("first-mail", "bounce", "--compare", "--step"), "terminal"),
    "no such one": (("first-mail", "nosuch", "--compare"), "nosuch"),
}


@pytest.mark.parametrize(("arguments", "told"), WRONG.values(), ids=WRONG)
def test_wrong_use_is_one_line(run: Run, arguments: tuple[str, ...], told: str) -> None:
    ran = run("replay", *arguments)
    assert (ran.status, ran.out, ran.err.count("\n")) == (2, "", 1)
    assert told in ran.err
