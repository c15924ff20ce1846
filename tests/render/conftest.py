"""A panel that has everything a renderer must cope with."""

from __future__ import annotations

import pytest

from smtpsim.views.row import Mark, Panel, Row, titled


@pytest.fixture
def sample() -> Panel:
    rows = (
        Row("plain", "From", "webmaster@example.com"),
        Row("warn", "To", "test@hogefuga.com", Mark.WARN, "differs from the envelope", changed=True),
        Row("wide", "Subject", "テストメールの長い件名がここに入ります", Mark.GOOD),
        Row("long", "Disposition-Notification-To", "a@example.com"),
        Row("tree", "", "v=spf1 -all", Mark.BAD, depth=1),
        Row("bare", "", "", Mark.NOTE),
    )
    return Panel("sample", (titled("letter", "Letter", rows, "digest"), titled("none", "", rows[:1], "")))
