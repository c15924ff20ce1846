"""The sections of the panel are found by name, a policy says how its findings are shown, and no section goes stale."""

from __future__ import annotations

from pathlib import Path

import pytest

from smtpsim.explain import words
from smtpsim.kernel.finding import Finding
from smtpsim.kernel.ref import Ref
from smtpsim.protocol.smtp.question import AskHello, Verdict
from smtpsim.render.rows import plain
from smtpsim.session.simulation import Turn, open_simulation
from smtpsim.shell.opening import Choice
from smtpsim.shell.recording import open_recording
from smtpsim.transcript.shipped import names as transcripts
from smtpsim.views import panel as panels
from smtpsim.views import sections as package
from smtpsim.views.hop import hop
from smtpsim.views.panel import changed_panel, panel
from smtpsim.views.row import Mark, Panel
from smtpsim.views.sections import sections
from smtpsim.world.load import shipped_world
from smtpsim.world.model import Case, Hop, Policy, Shown, UsedPolicy
from smtpsim.world.policies import load, names

REF = Ref(5321, "7.9")


def moon(case: Case, question: AskHello) -> Verdict:
    return Verdict(findings=(Finding("moon", "helo", question.name, "moon.example", "waning", "3/4", "tide", REF),))


def said_to(policy: Policy, line: str = "EHLO a") -> Turn:
    world = shipped_world()
    host = world.hosts["mx.hogefuga.com"]
    host = host._replace(policies=(UsedPolicy(policy, policy.settings), *host.policies))
    return open_simulation(world, host).after.say(line)


def text(shown: Panel) -> str:
    return plain(shown, 100)


@pytest.mark.parametrize("lang", ["en", "ja"])
def test_a_finding_that_nothing_is_known_of_gets_a_plain_row(lang: str) -> None:
    shown = panel(said_to(Policy("moon", {"helo": moon})), words(lang))
    (found,) = (section for section in shown.sections if section.key == "findings")
    assert found.title == words(lang)("panel.findings")
    assert found.rows[0].label == "moon"
    assert all(part in text(shown) for part in ("moon", "waning", "moon.example", "3/4", "tide", "RFC 5321"))


def test_a_policy_says_where_its_finding_stands_and_how_it_is_marked() -> None:
    policy = Policy("moon", {"helo": moon}, shows={"moon": Shown("lists", {"waning": "bad"})})
    shown = panel(said_to(policy), words("en"))
    (lists,) = (section for section in shown.sections if section.key == "lists")
    assert [(row.label, row.mark) for row in lists.rows] == [("moon", Mark.BAD)]
    assert lists.digest.mark is Mark.BAD
    assert not any(section.key == "findings" for section in shown.sections)


def test_its_words_are_found_by_the_key_that_it_names() -> None:
    policy = Policy("moon", {"helo": moon}, shows={"moon": Shown("lists", words="lists.rate")})
    (row,) = (row for one in panel(said_to(policy), words("en")).sections if one.key == "lists" for row in one.rows)
    assert row.label == words("en")("lists.rate")


def test_such_a_finding_stands_on_the_page_of_a_hop_as_well() -> None:
    finding = Finding("moon", "helo", "a", "moon.example", "waning", "3/4", "tide", REF)
    page = hop(Hop(1, "a", "192.0.2.1", "b", (), (finding,)), shipped_world(), words("en"))
    assert "waning  moon.example" in text(page)


def test_a_made_up_section_is_found_and_shown_in_its_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "weather.py").write_text(
        "from smtpsim.views.panel_section import PanelSection\n"
        "from smtpsim.views.row import Row, titled\n"
        "def make(seen, words):\n"
        "    host = seen.simulation.connection.host.name\n"
        "    yield titled('weather', 'Weather', (Row('sky', 'sky', f'blue over {host}'),), 'blue')\n"
        "SECTION = PanelSection('weather', 35, make, lambda seen: (seen.host,))\n"
    )
    monkeypatch.setattr(package, "__path__", [*package.__path__, str(tmp_path)])
    panels._drafts.clear()
    sections.cache_clear()
    try:
        shown = panel(open_simulation(shipped_world()).after.say("EHLO a"), words("en"))
    finally:
        monkeypatch.undo()
        sections.cache_clear()
        panels._drafts.clear()
    keys = [section.key for section in shown.sections]
    assert keys[keys.index("envelope") : keys.index("letter")] == ["envelope", "weather"]
    assert "blue over" in text(shown)


def test_every_policy_names_sections_that_there_are_and_marks_that_mean_something() -> None:
    known = {section.name for section in sections()}
    for name in names():
        for shown in load(name).shows.values():
            assert shown.section in known
            assert set(shown.marks.values()) <= set(Mark)


def test_each_section_has_a_name_and_a_rank_of_its_own() -> None:
    found = sections()
    assert len({section.name for section in found}) == len(found)
    assert [section.rank for section in found] == sorted(section.rank for section in found)


def turns_of(name: str) -> tuple[Turn, ...]:
    recording = open_recording(name, "", Choice(), words("en"))
    return tuple(played.turn for played in recording.turns(words("en")))


def anew(turn: Turn, before: Turn | None) -> Panel:
    panels._drafts.clear()
    return changed_panel(turn, before, words("en"))


@pytest.mark.parametrize("name", transcripts())
def test_a_section_that_is_kept_is_as_one_made_anew(name: str) -> None:
    turns = turns_of(name)
    pairs = [*zip((None, *turns), turns, strict=False)]
    panels._drafts.clear()
    kept = [changed_panel(turn, before, words("en")) for before, turn in pairs]
    for (before, turn), panel_of_turn in zip(pairs, kept, strict=True):
        assert panel_of_turn == anew(turn, before), (turn.number, turn.line)


def test_what_did_not_change_is_the_same_object() -> None:
    greeted = open_simulation(shipped_world())
    hello = greeted.after.say("EHLO a")
    noop = hello.after.say("NOOP")
    second, third = changed_panel(hello, greeted, words("en")), changed_panel(noop, hello, words("en"))
    kept = [section for section in third.sections if any(section is other for other in second.sections)]
    assert {section.key for section in kept} >= {"envelope", "letter", "outcome"}
    assert not any(section.digest.changed for section in third.sections)
