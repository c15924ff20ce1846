"""Text in columns: Japanese takes two."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smtpsim.render.cells import chopped, clipped, folded, padded, width

TEXTS = st.text(st.sampled_from("ab c、。（）テスト文字が1\u0301é\N{LOCK}"), max_size=60)
COLUMNS = st.integers(2, 30)


@pytest.mark.parametrize(
    ("text", "columns"),
    [("", 0), ("abc", 3), ("テスト", 6), ("e\u0301", 1), ("\N{LOCK}", 2), ("✓✗!~∙▸", 6), ("ﾃｽﾄ", 3)],
)
def test_width(text: str, columns: int) -> None:
    assert width(text) == columns


@pytest.mark.parametrize(
    ("text", "columns", "cut"),
    [
        ("abc", 3, "abc"),
        ("abcd", 3, "ab…"),
        ("テスト", 6, "テスト"),
        ("テスト", 5, "テス…"),
        ("テスト", 4, "テ…"),
        ("abc", 1, "…"),
        ("abc", 0, ""),
        ("", 0, ""),
    ],
)
def test_clipped(text: str, columns: int, cut: str) -> None:
    assert clipped(text, columns) == cut


@pytest.mark.parametrize(
    ("text", "columns", "lines"),
    [
        ("", 5, ("",)),
        ("a bc def", 5, ("a bc", "def")),
        ("longerthanaline", 5, ("longe", "rthan", "aline")),
        ("a longerthanaline", 5, ("a", "longe", "rthan", "aline")),
        ("日本語の文です。次", 16, ("日本語の文です。", "次")),
        ("日本語の文です。次", 14, ("日本語の文で", "す。次")),
        ("あ（か）い", 6, ("あ", "（か）", "い")),
        ("照会 1/10、空振り", 10, ("照会", "1/10、空振", "り")),
        ("照会 1/10、空振り", 9, ("照会", "1/10、空", "振り")),
        ("RFC\u00a05321 4.1", 8, ("RFC\u00a05321", "4.1")),
        ("  indented", 20, ("  indented",)),
    ],
)
def test_folded(text: str, columns: int, lines: tuple[str, ...]) -> None:
    assert folded(text, columns) == lines


@given(TEXTS, COLUMNS)
def test_no_line_is_too_wide_and_nothing_is_lost(text: str, columns: int) -> None:
    for pieces in (folded(text, columns), tuple(chopped(text, columns))):
        assert all(width(piece) <= columns for piece in pieces)
        assert "".join(pieces).replace(" ", "") == text.replace(" ", "")
    assert "".join(chopped(text, columns)) == text


@given(TEXTS, COLUMNS)
def test_padding_and_clipping_meet_the_width(text: str, columns: int) -> None:
    assert width(padded(clipped(text, columns), columns)) == columns
