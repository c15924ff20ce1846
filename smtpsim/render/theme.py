"""How each role of a text looks: in the sixteen colours that every terminal theme defines, and never by colour
alone. One table for rich and for prompt_toolkit."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from smtpsim.views.row import Mark


class Look(NamedTuple):
    """`colour` and `ground` are each one of the sixteen names (`red`, `brightred`), "" for the terminal's own."""

    colour: str = ""
    bold: bool = False
    dim: bool = False
    underline: bool = False
    reverse: bool = False
    ground: str = ""

    def words(self) -> list[str]:
        """The attributes by name, without the colours."""
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

_PLAIN: Mapping[str, Look] = {
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
    "badge-none": Look(),
    "badge-good": Look("green", reverse=True),
    "badge-bad": Look("red", bold=True, reverse=True),
    "badge-warn": Look("yellow", bold=True, reverse=True),
    "badge-wait": Look("cyan", reverse=True),
    "badge-note": Look("blue", reverse=True),
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
"""The looks by role: what reads on a dark ground and on a light one."""

_DARK: Mapping[str, Look] = {
    **_PLAIN,
    "changed": Look("brightwhite", bold=True, ground="brightblack"),
    "badge-good": Look("black", ground="green"),
    "badge-bad": Look("brightwhite", bold=True, ground="red"),
    "badge-warn": Look("black", bold=True, ground="yellow"),
    "badge-wait": Look("black", ground="cyan"),
    "badge-note": Look("brightwhite", ground="blue"),
    "note": Look("brightblue"),
}

_LIGHT: Mapping[str, Look] = {
    **_PLAIN,
    "changed": Look("black", bold=True, ground="brightyellow"),
    "changed-mark": Look("red", bold=True),
    "badge-good": Look("black", bold=True, ground="green"),
    "good": Look("blue", bold=True),
    "server": Look(),
    "badge-bad": Look("brightwhite", bold=True, ground="red"),
    "badge-warn": Look("black", bold=True, ground="yellow"),
    "badge-wait": Look("black", ground="cyan"),
    "badge-note": Look("brightwhite", ground="blue"),
    "warn": Look("magenta", bold=True),
    "wait": Look("blue"),
    "letter": Look("blue"),
    "server-warn": Look("magenta"),
    "card-rule": Look("blue", bold=True),
    "card-title": Look("blue", bold=True),
}
"""Yellow, cyan and most greens are no colours for letters on white."""

_CONTRAST: Mapping[str, Look] = {
    **{role: look._replace(dim=False) for role, look in _PLAIN.items()},
    "changed": Look(bold=True, reverse=True),
    "badge-good": Look("black", bold=True, ground="brightgreen"),
    "badge-bad": Look("brightwhite", bold=True, ground="red"),
    "badge-warn": Look("black", bold=True, ground="brightyellow"),
    "badge-wait": Look("black", bold=True, ground="brightcyan"),
    "badge-note": Look("black", bold=True, ground="brightwhite"),
    "good": Look("brightgreen", bold=True),
    "bad": Look("brightred", bold=True),
    "warn": Look("brightyellow", bold=True),
    "wait": Look("brightcyan", bold=True),
    "note": Look("brightwhite", bold=True),
    "server": Look("brightgreen"),
    "letter": Look("brightcyan"),
}

_COLOUR_BLIND: Mapping[str, Look] = {
    **_DARK,
    "good": Look("brightblue"),
    "bad": Look("yellow", bold=True),
    "warn": Look("yellow"),
    "badge-good": Look("brightwhite", bold=True, ground="blue"),
    "badge-bad": Look("black", bold=True, underline=True, ground="yellow"),
    "badge-warn": Look("black", ground="brightyellow"),
    "badge-note": Look("black", ground="white"),
    "server": Look("brightblue"),
    "server-warn": Look("yellow"),
    "server-bad": Look("yellow", bold=True, underline=True),
    "pointer": Look("yellow", bold=True),
}
"""Blue and yellow are told apart where red and green are not, and by how light they are where no colour is."""

THEMES: Mapping[str, Mapping[str, Look]] = {
    "plain": _PLAIN,
    "dark": _DARK,
    "light": _LIGHT,
    "high-contrast": _CONTRAST,
    "colour-blind": _COLOUR_BLIND,
}
"""By name. Each says the same by marks and words where a terminal has no colours."""

THEME = _PLAIN

_LIGHT_GROUNDS = ("7", "15")


def guessed(variables: Mapping[str, str]) -> str:
    """The theme for a terminal that says in COLORFGBG what its ground is (`0;15`: black on white); `plain`, which reads
    on every ground, for one that does not."""
    ground = variables.get("COLORFGBG", "").rpartition(";")[2]
    if not ground.isascii() or not ground.isdecimal():
        return "plain"
    return "light" if ground in _LIGHT_GROUNDS else "dark"


def badge_role(mark: Mark) -> str:
    """The role of a verdict that stands on a ground of its own."""
    return f"badge-{mark.value}"


class Span(NamedTuple):
    """A piece of a line and its role."""

    role: str
    text: str


Spans = tuple[Span, ...]
"""One line."""
