"""Where things stand in the picture of a campaign, and in which colours: told apart also by those who see few."""

from __future__ import annotations

WIDTH, HEIGHT = 460, 300
"""One run's part of the picture, in user units."""

LEFT, RIGHT, TOP, BOTTOM = 44, 44, 34, 46
"""The margins around the plot."""

COLOURS = {
    "delivered": "#2a9d6f",
    "junked": "#e0c040",
    "dropped": "#8a8f98",
    "deferred": "#56b4e9",
    "bounced": "#d55e00",
    "suppressed": "#b565a7",
    "refused": "#3a3f4a",
}
"""By fate, from the bottom of a bar to its top."""

LINE = "#c02020"
"""The service's bounce rate."""

MOST_RATE = 200
"""The bounce rate at the plot's top, in per mille; a higher one is drawn there."""

STYLE = """
text { font: 12px system-ui, "Noto Sans CJK JP", sans-serif; fill: #222; }
text.title { font-size: 15px; font-weight: 600; }
text.small { font-size: 10.5px; fill: #555; }
.frame { stroke: #999; fill: none; }
.threshold { stroke: #c02020; stroke-dasharray: 4 3; opacity: .6; }
.rate { stroke: #c02020; stroke-width: 2; fill: none; }
.point, .event { fill: #c02020; }
@media (prefers-color-scheme: dark) {
  text { fill: #e6e6e6; } text.small { fill: #aaa; } .ground { fill: #16181d; }
  .rate { stroke: #ff7b72; } .point, .event { fill: #ff7b72; } .threshold { stroke: #ff7b72; }
}
.ground { fill: #fff; }
@media (prefers-color-scheme: dark) { .ground { fill: #16181d; } }
"""
