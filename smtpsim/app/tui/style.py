"""The style sheet: the table of looks in prompt_toolkit's words, and the bars that only the full screen has."""

from __future__ import annotations

from functools import cache

from prompt_toolkit.styles import Style

from smtpsim.render.theme import THEMES, Look

BARS = {
    "bar": Look(reverse=True),
    "bar-key": Look(bold=True, reverse=True),
    "bar-label": Look(),
    "head": Look(dim=True),
    "head-active": Look(bold=True),
    "hint": Look(dim=True),
    "ask": Look("yellow", bold=True),
    "number-now": Look("yellow", bold=True),
}
"""The looks of what stands around dialogue and panel."""


def words(look: Look) -> str:
    """A look as a prompt_toolkit style. The bars of the library's own style are switched off by `noinherit`."""
    colour = [f"fg:ansi{_named(look.colour)}"] if look.colour else []
    ground = [f"bg:ansi{_named(look.ground)}"] if look.ground else []
    return " ".join([*look.words(), *colour, *ground])


def _named(colour: str) -> str:
    """A colour by the library's name: what others call white is `gray`, bright white `white`."""
    return {"white": "gray", "brightwhite": "white", "brightblack": "brightblack"}.get(colour, colour)


@cache
def style_sheet(theme: str = "plain") -> Style:
    menu = {
        "nbsp": "noinherit",
        "completion-menu": "noinherit reverse",
        "completion-menu.completion": "noinherit reverse",
        "completion-menu.completion.current": "noinherit bold",
        "scrollbar.background": "noinherit reverse",
        "scrollbar.button": "noinherit",
    }
    return Style.from_dict({role: words(look) for role, look in {**THEMES[theme], **BARS}.items()} | menu)
