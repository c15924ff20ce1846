"""Short facts side by side, at fixed widths."""

from __future__ import annotations

import pytest

from smtpsim.render.badges import badge_lines, badges_cut
from smtpsim.render.cells import width
from smtpsim.render.rows import digest_line, plain, text_of
from smtpsim.views.row import Badge, Mark, Panel, badged, titled

BADGES = (
    Badge("HELO", "pass", Mark.GOOD),
    Badge("MAIL FROM", "fail", Mark.BAD),
    Badge("From:", "まだ", Mark.WAIT),
    Badge("IP", "not asked here"),
)

LAID_OUT = (
    (80, ["HELO ✓ pass  MAIL FROM ✗ fail  From: ~ まだ  IP not asked here"]),
    (46, ["HELO ✓ pass  MAIL FROM ✗ fail  From: ~ まだ", "IP not asked here"]),
    (30, ["HELO ✓ pass  MAIL FROM ✗ fail", "From: ~ まだ", "IP not asked here"]),
    (12, ["HELO ✓ pass", "✗ MAIL FROM…", "From: ~ まだ", "IP not aske…"]),
)


@pytest.mark.parametrize(("columns", "expected"), LAID_OUT)
def test_as_many_in_a_line_as_fit(columns: int, expected: list[str]) -> None:
    assert [text_of(line) for line in badge_lines(BADGES, columns)] == expected


@pytest.mark.parametrize("columns", range(8, 70))
def test_no_line_is_wider_than_asked(columns: int) -> None:
    assert max(width(text_of(line)) for line in badge_lines(BADGES, columns)) <= columns
    assert width(text_of(badges_cut(BADGES, columns))) <= columns


def test_each_value_has_the_look_of_its_mark() -> None:
    (line,) = badge_lines(BADGES[:2], 80)
    assert ("badge-good", "✓ pass") in line
    assert ("badge-bad", "✗ fail") in line


@pytest.mark.parametrize(
    ("columns", "expected"),
    [
        (80, "   SPF  HELO ✓ pass  MAIL FROM ✗ fail  From: ~ まだ  IP not asked here"),
        (60, "   SPF  HELO ✓ pass  MAIL FROM ✗ fail  From: ~ まだ …"),
        (24, "   SPF  HELO ✓ pass …"),
    ],
)
def test_a_digest_keeps_to_one_line(columns: int, expected: str) -> None:
    assert text_of(digest_line(badged("spf", BADGES, "SPF"), 3, columns)) == expected


def test_a_row_of_badges_among_others() -> None:
    panel = Panel("", (titled("spf", "SPF", (badged("verdicts", BADGES)._replace(changed=True),), ""),))
    assert plain(panel, 40) == (
        "── SPF ─────────────────────────────────\n"
        "▸  HELO ✓ pass  MAIL FROM ✗ fail\n"
        "   From: ~ まだ  IP not asked here\n"
    )


def test_the_same_as_one_text() -> None:
    assert badged("spf", BADGES).value == "HELO pass, MAIL FROM fail, From: まだ, IP not asked here"
