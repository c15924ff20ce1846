"""A session as a picture: SVG that every viewer can read."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest

from smtpsim.render.svg import screen_svg
from smtpsim.views.row import Panel

TITLE = "{http://www.w3.org/2000/svg}title"

TITLES = {
    "The first mail": "The first mail",
    "<b> & {x} 'y'": "<b> & {x} 'y'",
    "a\x1b[31m\x00": "a\N{SYMBOL FOR ESCAPE}[31m\N{SYMBOL FOR NULL}",
    "\x9b\u202e\uffff": "\\x9b\\u202e\\uffff",
    "\udcff\ud800": "\\xff\\ud800",
    "テスト": "テスト",
}


@pytest.mark.parametrize(("title", "shown"), TITLES.items(), ids=ascii)
def test_any_title_makes_a_good_picture(sample: Panel, title: str, shown: str) -> None:
    svg = screen_svg(title, (), sample)
    assert ElementTree.fromstring(svg.encode()).findtext(TITLE) == shown
