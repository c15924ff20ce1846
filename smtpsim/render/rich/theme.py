"""The table of looks as rich styles."""

from __future__ import annotations

from functools import cache

from rich.style import Style
from rich.text import Text

from smtpsim.render.theme import THEME, Spans


@cache
def style(role: str) -> Style:
    """The style of a role. No style has a link: OSC 8 would leak as text into prompt_toolkit."""
    look = THEME[role]
    colours = (name.replace("bright", "bright_") for name in (look.colour, look.ground and f"on {look.ground}"))
    return Style.parse(" ".join(filter(None, (*look.words(), *colours))) or "none")


def line(spans: Spans) -> Text:
    """A line that was laid out for its width already, so that rich neither wraps nor cuts it."""
    text = Text(no_wrap=True, overflow="ignore")
    for role, piece in spans:
        text.append(piece, style(role))
    return text
