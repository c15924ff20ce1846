"""What stands large and clear fits its place at every size, whatever a stranger's file says."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smtpsim.app.replay.outputs import open_recording
from smtpsim.app.replay.screens import played_show
from smtpsim.explain import LANGUAGES, words
from smtpsim.render.caption import captioned, carded
from smtpsim.render.cells import width
from smtpsim.render.theme import Spans
from smtpsim.shell.opening import Choice
from smtpsim.transcript.shipped import names
from smtpsim.views.card import KEYS, LOOP_KEYS, Card, card
from smtpsim.views.row import Row

TEXT = st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]) | st.just(" "), max_size=300)


def text(spans: Spans) -> str:
    return "".join(span.text for span in spans)


@given(st.lists(TEXT, max_size=4), st.integers(40, 200), st.integers(0, 12))
def test_a_caption_fills_its_rows(texts: list[str], columns: int, most: int) -> None:
    lines = captioned(texts, columns, most)
    assert len(lines) <= most
    assert {width(text(line)) for line in lines} <= {columns}
    assert bool(lines) == (bool(texts) and most > 0)


def test_a_caption_tells_that_something_is_missing() -> None:
    lines = captioned(["one two three four five six seven"], 12, 4)
    assert [text(line).strip() for line in lines] == ["", "one two", "three …", ""]
    assert text(captioned(["hello"], 20, 2)[0]) == "  hello             "


@given(TEXT, st.lists(TEXT, max_size=3), st.integers(40, 200), st.integers(1, 40))
def test_a_card_fits_its_place(title: str, about: list[str], columns: int, rows: int) -> None:
    lines = carded(Card(title, tuple(about), "12 steps", (Row("next", "Space", "next step"),)), columns, rows)
    assert len(lines) <= rows
    assert all(width(text(line)) <= columns for line in lines)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("keys", [KEYS, LOOP_KEYS])
@pytest.mark.parametrize("name", names())
def test_every_shipped_card_is_whole_on_the_smallest_usual_screen(
    name: str, lang: str, keys: tuple[tuple[str, str], ...]
) -> None:
    say = words(lang)
    shown = card(played_show(open_recording(name, "", Choice(), say), say), say, keys)
    lines = [text(line) for line in carded(shown, 80, 17)]
    assert shown.title in "".join(line.strip() for line in lines)
    assert shown.facts in "\n".join(lines)
    assert all(any(row.label in line and row.value in line for line in lines) for row in shown.keys)
