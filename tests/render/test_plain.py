"""The panel as plain text, at fixed widths."""

from __future__ import annotations

import pytest

from smtpsim.render.cells import width
from smtpsim.render.plain import plain
from smtpsim.views.row import Panel

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
