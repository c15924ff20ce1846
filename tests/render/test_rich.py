"""The panel with rich, and the bridge to prompt_toolkit."""

from __future__ import annotations

from io import StringIO

import pytest
from rich.console import Console

from smtpsim.app.campaign.screen import PanelView
from smtpsim.render.cells import width
from smtpsim.render.fragments import Fragments, section_fragments
from smtpsim.render.rich.theme import style
from smtpsim.render.rows import plain
from smtpsim.render.theme import SYMBOLS, THEME
from smtpsim.views.row import Mark, Panel


def printed(panel: Panel, columns: int, colour: bool) -> str:
    out = StringIO()
    console = Console(
        file=out, width=columns, force_terminal=colour, color_system="standard" if colour else None, _environ={}
    )
    console.print(PanelView(panel))
    return out.getvalue()


@pytest.mark.parametrize("columns", [34, 60])
def test_without_colour_it_is_the_plain_text(sample: Panel, columns: int) -> None:
    lines = printed(sample, columns, colour=False).splitlines()
    assert [line.rstrip() for line in lines] == plain(sample, columns).splitlines()


def test_colours_stand_beside_the_marks(sample: Panel) -> None:
    text = printed(sample, 60, colour=True)
    assert "\x1b[1;33m▸\x1b[0m\x1b[1;33m!\x1b[0m" in text
    assert "\x1b[1mtest@hogefuga.com\x1b[0m" in text
    assert "\x1b]8;" not in text


def fragments(panel: Panel, columns: int) -> list[Fragments]:
    return [line for section in panel.sections for line in section_fragments(section, columns)]


@pytest.mark.parametrize("columns", [34, 60])
def test_the_bridge_keeps_every_character(sample: Panel, columns: int) -> None:
    lines = fragments(sample, columns)
    texts = ["".join(fragment[1] for fragment in line) for line in lines]
    assert [text.rstrip() for text in texts] == plain(sample, columns).splitlines()
    assert max(map(width, texts)) <= columns
    assert not any("\x1b" in text for text in texts)


def test_the_bridge_keeps_the_looks(sample: Panel) -> None:
    changed = fragments(sample, 60)[2]
    looks = [(look_of(fragment[0]), fragment[1]) for fragment in changed]
    assert looks[0] == ("bold yellow", "▸")
    assert ("bold", "test@hogefuga.com") in looks


def look_of(shown: str) -> str:
    look = THEME[shown.removeprefix("class:")]
    return " ".join([*look.words(), look.colour]).strip()


def test_every_role_has_a_style_without_a_link() -> None:
    for role in THEME:
        assert style(role).link is None


def test_no_two_marks_look_the_same_without_colour() -> None:
    assert len({SYMBOLS[mark] for mark in Mark}) == len(Mark)
    assert {width(SYMBOLS[mark]) for mark in Mark} == {1}
