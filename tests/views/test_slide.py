"""A step for a large room: only what it changed, and what must not be overlooked."""

from __future__ import annotations

import pytest

from smtpsim.app.replay.outputs import open_recording
from smtpsim.app.replay.screens import played_show
from smtpsim.explain import words
from smtpsim.render.cells import width
from smtpsim.render.slide import slide_lines
from smtpsim.session.simulation import Simulation, Turn
from smtpsim.shell.opening import Choice
from smtpsim.transcript.shipped import names
from smtpsim.views.explanation import explanation
from smtpsim.views.panel import changed_panel
from smtpsim.views.slide import Slide, slide

SAID = (
    "EHLO cgi.example.com",
    "MAIL FROM:<webmaster@example.com>",
    "RCPT TO:<test@hogefuga.com>",
    "DATA",
    "Subject: テスト",
    "",
    ".",
)


def slides(*lines: str, lang: str = "en", client: str = "") -> list[Slide]:
    say, before = words(lang), Simulation.start(client_ip=client)
    turns: list[tuple[Turn, Turn | None]] = [(before, None)]
    for line in lines:
        turns.append((before.after.say(line), before))
        before = turns[-1][0]
    return [
        slide(turn, explanation(turn, old, say), changed_panel(turn, old, say), ("a remark",), say)
        for turn, old in turns
    ]


def test_only_what_changed_is_shown() -> None:
    made = slides(*SAID)
    assert [section.key for section in made[0].sections] == ["connection"]
    assert [[section.key for section in one.sections] for one in made[2:4]] == [["envelope", "spf"], ["envelope"]]
    assert all(row.changed for row in made[3].sections[0].rows)
    assert [row.label for row in made[3].sections[0].rows] == ["RCPT TO"]
    assert made[5].lines[0].text == "Subject: テスト"


def test_a_long_reply_is_cut() -> None:
    said = slides(*SAID)[1].lines
    assert len(said) == 5
    assert said[-1].text.startswith("and more lines:")


def test_details_deep_in_a_tree_are_left_out() -> None:
    spf = slides(*SAID)[2].sections[-1]
    assert spf.rows
    assert not any(row.depth for row in spf.rows)


@pytest.mark.parametrize("lang", ["en", "ja"])
@pytest.mark.parametrize("columns", [40, 60, 80, 100, 120, 200])
@pytest.mark.parametrize("height", [5, 20, 60])
def test_a_slide_fits_and_spreads_where_there_is_room(lang: str, columns: int, height: int) -> None:
    for one in slides(*SAID, lang=lang, client="203.0.113.66"):
        lines = slide_lines(one, columns, height)
        assert all(width("".join(span.text for span in line)) <= columns for line in lines)
        roomy = slide_lines(one, columns, 1000)
        assert len(lines) <= len(roomy)
        assert lines[-1]
        if height == 60 and columns >= 60:
            assert lines == roomy


@pytest.mark.parametrize("name", names())
def test_every_step_of_every_shipped_recording_fits(name: str) -> None:
    say = words("ja")
    show = played_show(open_recording(name, "", Choice(), say), say)
    for number, turn in enumerate(show.turns):
        before = show.turns[number - 1] if number else None
        told, panel = explanation(turn, before, say), changed_panel(turn, before, say)
        lines = slide_lines(slide(turn, told, panel, show.notes.texts(turn, "ja"), say), 60, 20)
        assert lines
        assert all(width("".join(span.text for span in line)) <= 60 for line in lines)


@pytest.mark.parametrize("lang", ["en", "ja"])
@pytest.mark.parametrize("name", names())
def test_on_a_projector_nothing_is_cut_and_nothing_lies_below_the_screen(name: str, lang: str) -> None:
    say = words(lang)
    show = played_show(open_recording(name, "", Choice(), say), say)
    for number, turn in enumerate(show.turns):
        before = show.turns[number - 1] if number else None
        told, panel = explanation(turn, before, say), changed_panel(turn, before, say)
        lines = slide_lines(slide(turn, told, panel, show.notes.texts(turn, lang), say), 100, 26)
        assert len(lines) <= 26
        assert not any("…" in span.text for line in lines for span in line)


def test_where_there_is_little_room_each_section_is_one_line() -> None:
    one = slides(*SAID[:2], client="203.0.113.66")[1]
    small, large = (["".join(span.text for span in line) for line in slide_lines(one, 60, rows)] for rows in (16, 60))
    assert any("SPF" in line and "HELO ✗ fail" in line for line in small)
    assert not any("── SPF" in line for line in small)
    assert any("── SPF" in line for line in large)
    assert len(small) <= 16


def test_what_is_gone_takes_no_room() -> None:
    letter = slides(*SAID)[-1].sections
    assert [section.key for section in letter] == ["envelope", "outcome"]


def test_nothing_is_dim() -> None:
    dim = {"label", "remark", "rule", "number", "aside"}
    for one in slides(*SAID):
        assert not {span.role for line in slide_lines(one, 80, 30) for span in line} & dim
