"""The fuzzers run: a few rounds of each that needs no terminal; what they find is found by hand, with larger counts."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from smtpsim.kernel.failure import Failure
from tests.fuzz import exports, lines, octets, runs, terminal, transcripts, worlds

PLAYED = {
    "lines": lambda: lines.main(["--count", "200"]),
    "octets": lambda: octets.main(["--count", "3"]),
    "transcripts": lambda: runs.fuzz("transcripts", 3, transcripts.play, []),
    "worlds": lambda: runs.fuzz("worlds", 1, worlds.play, []),
    "exports": lambda: runs.fuzz("exports", 3, exports.play, []),
}


@pytest.mark.parametrize("name", PLAYED)
def test_each_plays(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    played: Callable[[], int] = PLAYED[name]
    assert played() == 0


def test_what_breaks_is_told_with_its_seed(capsys: pytest.CaptureFixture[str]) -> None:
    def play(random: object) -> None:
        raise Failure("broken")

    assert runs.fuzz("transcripts", 3, play, ["--seed", "7"]) == 1
    assert "seed 7" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("raw", "found"),
    [
        (b"text\r\n\x1b[1;31mred\x1b[0m\x1b[?1049h", ""),
        (b"a\x1b]52;c;aGk=\x07", "a\x1b]52;c;aGk="),
        (b"a\x1b[5n", "a\x1b[5n"),
        ("a\u202eb".encode(), "a\u202eb"),
        (b"\x9b31m", "\udc9b31m"),
    ],
)
def test_what_is_strange_to_a_terminal(raw: bytes, found: str) -> None:
    assert terminal.strange(raw) == found
