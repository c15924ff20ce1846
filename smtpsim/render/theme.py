"""How each role of a text looks: in the sixteen colours that every terminal theme defines, and never by colour
alone. One table for rich and for prompt_toolkit."""

from __future__ import annotations

from typing import NamedTuple

from smtpsim.views.row import Mark


class Look(NamedTuple):
    """`colour` is one of the eight basic names, "" for the terminal's own."""

    colour: str = ""
    bold: bool = False
    dim: bool = False
    underline: bool = False
    reverse: bool = False

    def words(self) -> list[str]:
        """The attributes by name, without the colour."""
        return [name for name in ("bold", "dim", "underline", "reverse") if getattr(self, name)]


SYMBOLS = {
    Mark.NONE: " ",
    Mark.GOOD: "✓",
    Mark.BAD: "✗",
    Mark.WARN: "!",
    Mark.WAIT: "~",
    Mark.NOTE: "∙",
}
"""One column each, so that a screen without colour reads as well."""

CHANGED = "▸"

THEME = {
    "plain": Look(),
    "title": Look(bold=True),
    "rule": Look(dim=True),
    "label": Look(dim=True),
    "value": Look(),
    "changed": Look(bold=True),
    "changed-mark": Look("yellow", bold=True),
    "remark": Look(dim=True),
    "none": Look(),
    "good": Look("green"),
    "bad": Look("red", bold=True),
    "warn": Look("yellow", bold=True),
    "wait": Look("cyan"),
    "note": Look("blue"),
    "number": Look(dim=True),
    "client": Look(bold=True),
    "letter": Look("cyan"),
    "server": Look("green"),
    "server-warn": Look("yellow"),
    "server-bad": Look("red", bold=True),
    "simulator": Look("magenta", bold=True),
    "aside": Look(dim=True),
    "pointed": Look(underline=True, bold=True),
    "pointer": Look("red", bold=True),
    "next": Look(),
    "caption": Look(bold=True, reverse=True),
    "card-rule": Look("yellow", bold=True),
    "card-title": Look("yellow", bold=True),
    "card-about": Look(bold=True),
    "card-key": Look(bold=True),
}
"""The looks by role."""


class Span(NamedTuple):
    """A piece of a line and its role."""

    role: str
    text: str


Spans = tuple[Span, ...]
"""One line."""
