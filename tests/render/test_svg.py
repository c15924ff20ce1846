"""A session as a picture: SVG that every viewer can read."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest

from smtpsim.render.cells import width
from smtpsim.render.svg import screen_svg
from smtpsim.views.dialogue import Line, Speaker
from smtpsim.views.explanation import Explanation
from smtpsim.views.row import Mark, Panel, Row

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


SVG = "{http://www.w3.org/2000/svg}"


def drawn(svg: str) -> list[ElementTree.Element]:
    return list(ElementTree.fromstring(svg.encode()).iter(f"{SVG}text"))


def test_every_text_is_as_wide_as_its_columns(sample: Panel) -> None:
    line = Line(Speaker.LETTER, "Subject: テストメール", 3)
    told = Explanation(Row("why", "250", "サーバーが受理しました。", Mark.GOOD, "RFC 5321"), (), "")
    found = drawn(screen_svg("x", (line,), sample, told))
    texts = {text.text or "": int(text.get("textLength", "0")) for text in found}
    assert texts["Subject:"] == 12 * 8
    assert texts["テストメール"] == 12 * 12
    assert any("サーバーが受理しました。" in text for text in texts)
    for text, length in texts.items():
        assert length == 12 * width(text)


def test_pieces_of_a_row_do_not_overlap(sample: Panel) -> None:
    ends: dict[str, int] = {}
    for text in drawn(screen_svg("x", (Line(Speaker.SERVER, "250 日本語 ok"),), sample)):
        x, y = int(text.get("x", "0")), text.get("y", "")
        assert x >= ends.get(y, 0)
        ends[y] = x + int(text.get("textLength", "0"))
