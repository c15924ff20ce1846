"""The keys of the form by name, for its key bar. What they do is bound in `keys.py`."""

from __future__ import annotations

from smtpsim.app.repl.keymap import Key

BAR = (
    Key("F5", "send"),
    Key("Tab", "next"),
    Key("Esc", "put-away"),
    Key("\N{RIGHTWARDS ARROW}", "take"),
    Key("Space", "switch"),
    Key("PgUp", "scroll"),
)
"""The most needed first: a narrow screen cuts it at the end."""
