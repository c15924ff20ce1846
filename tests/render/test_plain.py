"""The panel as plain text, at fixed widths."""

from __future__ import annotations

import pytest

from smtpsim.render.cells import width
from smtpsim.render.rows import plain
from smtpsim.views.row import Mark, Panel, Row, titled

WIDE = """\
── Letter ──────────────────────────────────────────────────
   From     webmaster@example.com
▸! To       test@hogefuga.com  differs from the envelope
 ✓ Subject  テストメールの長い件名がここに入ります
   Disposition-Notification-To
     a@example.com
 ✗   v=spf1 -all
 ∙
   From  webmaster@example.com
"""

NARROW = """\
── Letter ────────────────────────
   From     webmaster@example.com
▸! To       test@hogefuga.com
            differs from the
            envelope
 ✓ Subject  テストメールの長い件名
            がここに入ります
   Disposition-Notification-To
     a@example.com
 ✗   v=spf1 -all
 ∙
   From  webmaster@example.com
"""


@pytest.mark.parametrize(("columns", "expected"), [(60, WIDE), (34, NARROW)])
def test_the_text(sample: Panel, columns: int, expected: str) -> None:
    assert plain(sample, columns) == expected


@pytest.mark.parametrize("columns", range(12, 90, 3))
def test_no_line_is_wider_than_asked(sample: Panel, columns: int) -> None:
    assert max(map(width, plain(sample, columns).splitlines())) <= columns


def tree(depth: int) -> Panel:
    rows = tuple(Row(str(level), "", "include:a.example", Mark.GOOD, "matches", level) for level in range(depth))
    return Panel("", (titled("spf", "SPF", rows, ""),))


@pytest.mark.parametrize("columns", [12, 20, 34, 54])
def test_a_deep_tree_stays_on_the_screen(columns: int) -> None:
    lines = plain(tree(30), columns).splitlines()
    assert max(map(width, lines)) <= columns
    assert len(lines) < 30 * 6


def test_depth_is_indented_up_to_a_third_of_the_line() -> None:
    starts = [line.index("include") for line in plain(tree(14), 54).splitlines() if "include" in line]
    assert starts == [3, 5, 7, 9, 11, 13, 15, 17, 19, 21, 21, 21, 21, 21]


def test_spaces_that_hold_a_line_together_are_usual_ones_in_the_text() -> None:
    panel = Panel("", (titled("a", "", (Row("a", "", "RFC\u00a07208"),), ""),))
    assert plain(panel, 40) == "   RFC 7208\n"
