"""The keys by name, for the key bar: `versus.key-KEY` are their words. What they do is bound in `keys.py`."""

from __future__ import annotations

BAR = (
    ("Space", "next"),
    ("\N{LEFTWARDS ARROW}", "previous"),
    ("n", "difference"),
    ("0-9", "jump"),
    ("Home End", "ends"),
    ("q", "leave"),
    ("PgUp", "scroll"),
)
