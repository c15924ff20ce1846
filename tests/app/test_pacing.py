"""A replay on a terminal: what is typed comes character by character, and nothing of it is lost."""

from __future__ import annotations

import io

import pytest

from smtpsim.app.replay.pace import paced


class Watched(io.StringIO):
    """Remembers what each write added."""

    def __init__(self) -> None:
        super().__init__()
        self.pieces: list[str] = []

    def write(self, text: str) -> int:
        if text:
            self.pieces.append(text)
        return super().write(text)


@pytest.mark.parametrize(
    ("line", "pieces"),
    [
        ("> NOOP", ["> ", *"NOOP", "\n"]),
        (">", [">", "\n"]),
        (":ip", [*":ip", "\n"]),
        ("250 okay", ["250 okay", "\n"]),
        ("> 件", ["> ", "件", "\n"]),
        ("", ["\n"]),
    ],
)
def test_only_what_is_typed_comes_in_pieces(line: str, pieces: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    slept: list[float] = []
    monkeypatch.setattr("smtpsim.app.replay.pace.time.sleep", slept.append)
    out = Watched()
    paced(line, 2.0, out)
    assert out.pieces == pieces
    assert all(0 < seconds < 1 for seconds in slept)
    assert len(slept) == (len(line.removeprefix("> ")) if line.startswith((">", ":")) else 1)
