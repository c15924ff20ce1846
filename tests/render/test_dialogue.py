"""Lines of the dialogue and the explanation, laid out."""

from __future__ import annotations

import pytest

from smtpsim.render.cells import width
from smtpsim.render.dialogue import line_rows
from smtpsim.render.explanation import explained
from smtpsim.render.rows import text_of
from smtpsim.render.theme import THEME, Span
from smtpsim.views.dialogue import Line, Speaker
from smtpsim.views.explanation import Explanation
from smtpsim.views.row import Mark, Row


@pytest.mark.parametrize(
    ("line", "columns", "rows"),
    [
        (Line(Speaker.SERVER, "220 hi", 0, Mark.GOOD), 30, ["   0   220 hi"]),
        (Line(Speaker.CLIENT, "HELO a", 1), 30, ["   1 > HELO a"]),
        (Line(Speaker.LETTER, "", 12), 30, ["  12 │"]),
        (Line(Speaker.SIMULATOR, ":ip ::1", 123456), 30, ["123456   :ip ::1"]),
        (Line(Speaker.SERVER, "550 no", None, Mark.BAD), 30, ["     ✗ 550 no"]),
        (Line(Speaker.SERVER, "450 wait", None, Mark.WARN), 30, ["     ! 450 wait"]),
        (Line(Speaker.SERVER, "550 no such user", None, Mark.BAD), 16, ["     ✗ 550 no", "       such user"]),
        (Line(Speaker.NOTE, "Connection closed."), 30, ["       Connection closed."]),
        (Line(Speaker.CLIENT, "abcdefghij", 1), 12, ["   1 > abcde", "       fghij"]),
        (Line(Speaker.LETTER, "テスト", 1), 12, ["   1 │ テス", "       ト"]),
    ],
)
def test_rows(line: Line, columns: int, rows: list[str]) -> None:
    assert [text_of(spans) for spans in line_rows(line, columns)] == rows


def test_a_fault_is_pointed_at_across_rows() -> None:
    rows = line_rows(Line(Speaker.CLIENT, "abcdefghij", 1, columns=(2, 7, 99)), 12)
    pointed = [[span.text for span in spans if span.role == "pointed"] for spans in rows]
    assert pointed == [["b"], ["g"]]


@pytest.mark.parametrize("columns", [9, 20, 80])
def test_every_row_fits_and_every_role_has_a_look(columns: int) -> None:
    for speaker in Speaker:
        for mark in Mark:
            for spans in line_rows(Line(speaker, "テスト and more " * 9, 7, mark, (3,)), columns):
                assert width("".join(span.text for span in spans)) <= columns
                assert all(span.role in THEME for span in spans)


TOLD = Explanation(
    Row("why", "501", "The word FROM belongs there.", Mark.BAD, "RFC\u00a05321\u00a04.1.1.2"),
    (Row("fault", "", "column 10: a colon belongs here", Mark.BAD, "RFC\u00a05321"),),
    "MAIL FROM:<you@example.com>",
)


def lines(columns: int, most: int) -> list[str]:
    return [text_of(spans).replace("\u00a0", " ") for spans in explained(TOLD, columns, most)]


def test_an_explanation() -> None:
    assert lines(80, 4) == [
        " ✗ 501 The word FROM belongs there. (RFC 5321 4.1.1.2)",
        " ✗ column 10: a colon belongs here (RFC 5321)",
        " ▸ MAIL FROM:<you@example.com>",
    ]


def test_what_does_not_fit_is_cut_visibly_and_the_next_step_stays() -> None:
    assert lines(80, 2) == [
        " ✗ 501 The word FROM belongs there. (RFC 5321 4.1.1.2) …",
        " ▸ MAIL FROM:<you@example.com>",
    ]
    assert lines(30, 3) == [
        " ✗ 501 The word FROM belongs",
        "       there. …",
        " ▸ MAIL FROM:<you@example.com>",
    ]
    assert lines(20, 1) == [" ▸ MAIL FROM:<you@e…"]


@pytest.mark.parametrize("columns", [12, 25, 40, 80])
def test_no_line_of_an_explanation_is_too_wide(columns: int) -> None:
    for most in range(1, 6):
        shown = explained(TOLD, columns, most)
        assert len(shown) <= most
        assert all(width("".join(span.text for span in spans)) <= columns for spans in shown)


def test_a_span_is_a_role_and_a_text() -> None:
    assert explained(TOLD, 80, 4)[0][0] == Span("bad", " ✗ 501 ")
