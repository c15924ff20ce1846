"""A session as a picture: dialogue and panel side by side, as SVG that needs nothing from outside."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from io import StringIO

from rich.console import Console, Group
from rich.table import Table
from rich.terminal_theme import MONOKAI

from smtpsim.kernel.printable import printable
from smtpsim.render.dialogue import line_rows
from smtpsim.render.rich.panel import PanelView
from smtpsim.render.rich.theme import line
from smtpsim.views.dialogue import Line
from smtpsim.views.row import Panel

COLUMNS = 124
_DIALOGUE = 60
_GAP = 2

# rich's own frame of an SVG, without the fonts that it would fetch from the net
_FRAME = """<svg class="{unique_id}" viewBox="0 0 {width} {height}" xmlns="http://www.w3.org/2000/svg" role="img">
<title>@title@</title>
<style>
.{unique_id}-matrix {{ font-family: "DejaVu Sans Mono", Menlo, Consolas, "Noto Sans Mono CJK JP", monospace;
 font-size: {char_height}px; line-height: {line_height}px; font-variant-east-asian: full-width; }}
{styles}
</style>
<defs>
<clipPath id="{unique_id}-clip-terminal">
<rect x="0" y="0" width="{terminal_width}" height="{terminal_height}"/>
</clipPath>
{lines}
</defs>
<rect fill="#1b1b1b" x="1" y="1" width="{width}" height="{height}" rx="8"/>
<g transform="translate({terminal_x}, {terminal_y})" clip-path="url(#{unique_id}-clip-terminal)">
{backgrounds}
<g class="{unique_id}-matrix">
{matrix}
</g>
</g>
</svg>
"""


def screen_svg(title: str, dialogue: Iterable[Line], panel: Panel) -> str:
    """The picture of a dialogue's lines and the panel beside them."""
    console = Console(width=COLUMNS, record=True, file=StringIO(), force_terminal=True, _environ={})
    grid = Table.grid(padding=(0, _GAP))
    grid.add_column(width=_DIALOGUE)
    grid.add_column(width=COLUMNS - _DIALOGUE - _GAP)
    lines = [line(spans) for each in dialogue for spans in line_rows(each, _DIALOGUE)]
    grid.add_row(Group(*lines), PanelView(panel))
    console.print(grid)
    named = _FRAME.replace("@title@", escape(printable(title)).replace("{", "{{").replace("}", "}}"))
    return console.export_svg(title=title, theme=MONOKAI, code_format=named, unique_id="smtpsim")
