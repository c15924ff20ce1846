"""The lines around dialogue and panel, and the panes: each fits its width, and is drawn no more than needed."""

from __future__ import annotations

import pytest

from smtpsim.app.tui import actions, bars
from smtpsim.app.tui.panes import DialogueText, Drawn, Pane, PanelText, Subject
from smtpsim.app.tui.shape import Half
from smtpsim.app.tui.style import style_sheet
from smtpsim.app.tui.viewport import Place, Viewport
from smtpsim.explain import LANGUAGES, words
from smtpsim.render.cells import width
from smtpsim.render.fragments import Fragments
from smtpsim.render.theme import THEME
from tests.app.tui.conftest import Begin

LETTER = ("HELO cgi.example.com", "MAIL FROM:<>", "RCPT TO:<test@hogefuga.com>", "DATA", "Subject: テスト", ".")


def text(fragments: Fragments) -> str:
    return "".join(fragment[1] for fragment in fragments)


@pytest.mark.parametrize("columns", [40, 60, 79, 120])
@pytest.mark.parametrize("lang", ["en", "ja"])
def test_bars_fit(begin: Begin, columns: int, lang: str) -> None:
    state = begin(*LETTER, ":undo 2", f":lang {lang}")
    assert width(text(bars.title(state, columns))) == columns
    assert width(text(bars.keys(state, columns))) <= columns
    for half in Half:
        assert width(text(bars.head(state, half, True, Viewport(), columns))) == columns
    actions.order(state, ":help")
    assert width(text(bars.head(state, Half.PANEL, False, Viewport(), columns))) == columns


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_smallest_screen_names_the_way_to_the_simulator_and_the_way_out(begin: Begin, lang: str) -> None:
    state = begin()
    state.speak(words(lang))
    shown = text(bars.keys(state, 80))
    assert "^]" in shown
    assert "^D" in shown


def test_the_title_tells_where_one_stands(begin: Begin) -> None:
    state = begin("HELO a", "NOOP")
    assert text(bars.title(state, 80)).endswith("2026-04-01 09:00:00  step 2 ")
    actions.order(state, ":undo")
    assert text(bars.title(state, 80)).endswith("step 1 of 2 ")


def test_the_prompt_tells_to_whom_the_line_goes(begin: Begin) -> None:
    state = begin()
    assert text(bars.prompt(state)) == "   1 > "
    actions.send(state, LETTER[:4])
    assert text(bars.prompt(state)) == "   5 │ "
    actions.escape(state)
    assert text(bars.prompt(state)) == "   5 : "


def test_a_panel_is_drawn_once_for_a_turn_and_width(begin: Begin) -> None:
    state, drawn = begin(), Drawn()
    first = drawn.text(state.panel, 60)
    assert drawn.text(state.panel, 60) is first
    assert drawn.text(state.panel, 61) is not first
    actions.send(state, ("HELO a",))
    assert drawn.text(state.panel, 60) is not first


@pytest.mark.parametrize("height", [40, 28, 12, 8, 3])
def test_what_changed_is_in_sight(begin: Begin, height: int) -> None:
    state = begin(*LETTER[:3])
    panel = PanelText(state.panel, 60)
    top = panel.home(60, height)
    assert top is not None
    assert (top == Place(0)) is (height > 11)
    seen = [text(panel.rows(line, 60)[0]) for line in range(top.line, min(top.line + height, len(panel)))]
    assert any("▸✓ RCPT TO" in line for line in seen)


@pytest.mark.parametrize("height", [29, 20, 12])
def test_the_outcome_is_in_sight_when_it_comes(begin: Begin, height: int) -> None:
    panel = PanelText(begin(*LETTER).panel, 53)
    top = panel.home(53, height)
    assert top is not None
    seen = [text(panel.rows(line, 53)[0]) for line in range(top.line, min(top.line + height, len(panel)))]
    assert any("── Outcome" in line for line in seen)
    assert any("▸✓ client" in line for line in seen)


def test_a_pane_starts_anew_with_each_turn(begin: Begin) -> None:
    state = begin(*["NOOP"] * 40)
    subject = Subject(lambda: state.now, lambda columns: DialogueText(state.log), lambda viewport, columns: [])
    pane = Pane(subject, lambda: None)

    def lines() -> list[str]:
        content = pane.create_content(60, 10)
        return [text(content.get_line(number)) for number in range(content.line_count)]

    assert lines()[-2].startswith("  40 > NOOP")
    pane.viewport.page(-2)
    assert lines()[-2].startswith("  32 > NOOP")
    actions.send(state, ("RSET",))
    assert lines()[-2].startswith("  41 > RSET")


def test_every_role_is_in_the_style_sheet() -> None:
    known = {name for name, _ in style_sheet().style_rules}
    assert set(THEME) <= known
