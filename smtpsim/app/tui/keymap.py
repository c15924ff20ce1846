"""The keys by name, for the key bar and for the help page. What they do is bound in `keys.py`."""

from __future__ import annotations

from typing import NamedTuple

from smtpsim.explain import Words
from smtpsim.views.page import part
from smtpsim.views.row import Row, Section


class Key(NamedTuple):
    """`shown` is how the key is written; `key` names its words, `repl.bar-KEY` and `repl.key-KEY`."""

    shown: str
    key: str


BAR = (
    Key("F1", "help"),
    Key("^D", "leave"),
    Key("\N{RIGHTWARDS ARROW}", "hint"),
    Key("F3", "undo"),
    Key("^]", "escape"),
    Key("F2", "panel"),
    Key("F7", "fold"),
    Key("F4", "redo"),
    Key("Tab", "complete"),
    Key("PgUp", "scroll"),
)
"""What the key bar shows, the most needed first: a narrow screen cuts it at the end."""

PAGE_BAR = (Key("q Esc", "close"), Key("PgUp PgDn", "scroll"), *BAR[:2])
"""What it shows while a page is open."""

STEP_BAR = (
    Key("Space", "next"),
    Key("q", "leave"),
    Key("\N{LEFTWARDS ARROW}", "previous"),
    Key("b", "branch"),
    Key("0-9", "jump"),
    Key("L", "large"),
    Key("F1", "help"),
    Key("F2", "panel"),
    Key("F7", "fold"),
    Key("PgUp", "scroll"),
)
"""What it shows while a recording is stepped through."""

LOOP_BAR = (
    Key("Space", "next"),
    Key("q", "leave"),
    Key("\N{LEFTWARDS ARROW}", "previous"),
    Key("p", "pause"),
    Key("b", "branch"),
    Key("L", "large"),
    Key("F1", "help"),
)
"""What it shows while one plays by itself."""

BRANCH_BAR = (Key("F8", "back-to"), *BAR)
"""What it shows on a branch of a recording."""

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
    Key("q Esc", "back"),
    Key("Ctrl-C", "clear"),
    Key("Ctrl-D", "leave"),
)
"""What the help page lists."""

STEP_HELP = (
    Key("Space \N{RIGHTWARDS ARROW} Enter", "next"),
    Key("\N{LEFTWARDS ARROW}", "previous"),
    Key("0\N{EN DASH}9", "jump"),
    Key("Home End", "ends"),
    Key("b", "branch"),
    Key("F8 :back", "back"),
    Key("L :large", "large"),
    Key("p", "pause"),
    Key("q", "quit"),
)
"""What it lists for `replay --step`; the words are `present.key-KEY`."""


def key_sections(words: Words) -> tuple[Section, ...]:
    """What the help page says of the keys: those that are always there, and the presenter's."""
    keys = (Row(key, shown, words(f"repl.key-{key}")) for shown, key in HELP)
    presenter = (Row(key, shown, words(f"present.key-{key}")) for shown, key in STEP_HELP)
    return part(words("page.keys"), keys), part(words("present.keys"), presenter)
