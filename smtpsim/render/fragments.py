"""The bridge from rich to prompt_toolkit: a renderable becomes lines of styled fragments.

It takes rich's segments as they are, so that no escape sequence is written and read again on the way.
"""

from __future__ import annotations

from functools import lru_cache
from io import StringIO

from prompt_toolkit.formatted_text import StyleAndTextTuples
from rich.console import Console, RenderableType
from rich.style import Style

_ATTRIBUTES = ("bold", "dim", "italic", "underline", "reverse")


def fragments(renderable: RenderableType, columns: int) -> list[StyleAndTextTuples]:
    """The renderable at a width, line by line."""
    lines = _console(columns).render_lines(renderable, pad=False)
    return [[(_style(segment.style), segment.text) for segment in line] for line in lines]


@lru_cache(maxsize=8)
def _console(columns: int) -> Console:
    """A console that only measures and styles: it writes nowhere, and asks no environment."""
    return Console(
        file=StringIO(),
        width=columns,
        height=1,
        color_system="standard",
        force_terminal=True,
        legacy_windows=False,
        no_color=False,
        _environ={},
    )


@lru_cache(maxsize=256)
def _style(style: Style | None) -> str:
    """The style in prompt_toolkit's words; the terminal's own colours keep their names."""
    if style is None:
        return ""
    words = [name for name in _ATTRIBUTES if getattr(style, name)]
    if style.color is not None and not style.color.is_default:
        words.append(f"fg:ansi{style.color.name.replace('_', '')}")
    return " ".join(words)
