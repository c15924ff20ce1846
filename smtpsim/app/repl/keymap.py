"""The keys by name, for the key bar and for the help page. What they do is bound in `keys.py`."""

from __future__ import annotations

from typing import NamedTuple


class Key(NamedTuple):
    """`shown` is how the key is written; `key` names its words, `repl.bar-KEY` and `repl.key-KEY`."""

    shown: str
    key: str


BAR = (
    Key("F1", "help"),
    Key("F2", "panel"),
    Key("F3", "undo"),
    Key("F4", "redo"),
    Key("F7", "fold"),
    Key("^]", "escape"),
    Key("^D", "leave"),
    Key("Tab", "complete"),
    Key("PgUp", "scroll"),
)
"""What the key bar shows, the most needed first: a narrow screen cuts it at the end."""

HELP = (
    Key("Enter", "enter"),
    Key("Tab", "complete"),
    Key("\N{RIGHTWARDS ARROW}", "hint"),
    Key("\N{UPWARDS ARROW} \N{DOWNWARDS ARROW}", "history"),
    Key("F1", "help"),
    Key("F2", "panel"),
    Key("F3 Ctrl-Z", "undo"),
    Key("F4 Ctrl-Y", "redo"),
    Key("F6", "half"),
    Key("F7", "fold"),
    Key("PgUp PgDn", "scroll"),
    Key("Ctrl-]", "escape"),
    Key("Esc", "back"),
    Key("Ctrl-C", "clear"),
    Key("Ctrl-D", "leave"),
)
"""What the help page lists."""
