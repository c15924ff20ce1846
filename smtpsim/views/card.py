"""The title card of a recording: what it is about, between whom, how long it is, and how to go on."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from smtpsim.explain import Words
from smtpsim.kernel.printable import printable
from smtpsim.views.row import Row

if TYPE_CHECKING:
    from smtpsim.transcript.show import Show


class Card(NamedTuple):
    """`facts` is one line; `keys` bear the key as their label, the most needed first."""

    title: str
    about: tuple[str, ...]
    facts: str
    keys: tuple[Row, ...]


KEYS = (
    ("Space \N{RIGHTWARDS ARROW}", "next"),
    ("\N{LEFTWARDS ARROW}", "previous"),
    ("0\N{EN DASH}9", "jump"),
    ("b", "branch"),
    ("L", "large"),
    ("F1", "help"),
    ("Ctrl-D", "leave"),
)
"""How each key is written, and its words: `present.key-KEY`."""

LOOP_KEYS = (
    ("Space \N{RIGHTWARDS ARROW}", "hurry"),
    ("\N{LEFTWARDS ARROW}", "previous"),
    ("p", "pause"),
    ("b", "branch"),
    ("L", "large"),
    ("q", "quit"),
)
"""Those of a recording that plays by itself."""


def card(show: Show, words: Words, keys: tuple[tuple[str, str], ...] = KEYS) -> Card:
    """The card of a recording, safe to print."""
    opening = show.turns[0].after
    connection = opening.access or opening.connection
    count = len(show.turns) - 1
    facts = words("present.facts", count=count, client=connection.client_ip, server=connection.host.name)
    rows = tuple(Row(key, shown, words(f"present.key-{key}")) for shown, key in keys)
    about = tuple(printable(text) for text in show.about(words.lang))
    return Card(printable(show.title(words.lang)), about, facts, rows)
