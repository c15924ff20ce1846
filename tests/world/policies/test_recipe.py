"""The recipe of CONTRIBUTING.md for a new policy, followed to the letter."""

from __future__ import annotations

import importlib
import re
import sys
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from smtpsim.session.simulation import Simulation, Turn, open_simulation
from smtpsim.world import policies
from smtpsim.world.load import folder, load_world, shipped, shipped_world
from smtpsim.world.model import Policy, World
from tests.shell.commands.orders import run
from tests.world.policies import test_contract as contract

GUIDE = Path(__file__).parents[3] / ".github/CONTRIBUTING.md"
HOST = "mx.hogefuga.com"
LETTER = ("EHLO cgi.example.com", "MAIL FROM:<cgi@example.com>", "RCPT TO:<bob@hogefuga.com>", "DATA")


def block(mark: str) -> str:
    """What stands in the block of code after a mark."""
    found = re.search(rf"<!-- {mark} -->\n```\w+\n(.*?)```", GUIDE.read_text("utf-8"), re.DOTALL)
    assert found
    return found[1]


FILE = "recipe: policy; write smtpsim/world/policies/subject.py"
HOST_FILE = "in a host's file"


@pytest.fixture
def policy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Policy]:
    """The file of the recipe, as if it lay beside the others."""
    (tmp_path / "subject.py").write_text(block(FILE), "utf-8")
    monkeypatch.setattr(policies, "__path__", [*policies.__path__, str(tmp_path)])
    importlib.invalidate_caches()
    yield policies.load("subject")
    del sys.modules[f"{policies.__name__}.subject"]


def edited_world(folder_of_it: Path) -> World:
    """The shipped world, with the lines of the recipe in a host's file."""
    source = Path(shipped().path)
    for file in source.rglob("*.*"):
        copy = folder_of_it / file.relative_to(source)
        copy.parent.mkdir(parents=True, exist_ok=True)
        text = file.read_text("utf-8")
        if file.name == f"{HOST}.toml":
            listed, _, settings = block(HOST_FILE).partition("\n\n")
            text = re.sub(r"^policies = .*$", listed, text, flags=re.MULTILINE) + "\n" + settings
        copy.write_text(text, "utf-8")
    loaded = load_world(folder(str(folder_of_it)))
    assert isinstance(loaded, World), loaded
    return loaded


def answer(simulation: Simulation, *header: str) -> str:
    for line in (*LETTER, *header, ""):
        simulation = simulation.say(line).after
    reply = simulation.say(".").reply
    assert reply is not None
    return f"{reply.code} {reply.key}"


def test_it_is_a_policy_by_its_file_alone(policy: Policy) -> None:
    assert "subject" in policies.names()
    for finding in CONTRACT:
        finding(policy)


CONTRACT: tuple[Callable[[Policy], None], ...] = (
    contract.test_its_stages_are_stages_of_a_dialogue,
    contract.test_each_judge_takes_the_question_of_its_stage,
    contract.test_its_replies_refuse,
    contract.test_its_settings_have_defaults_of_a_type_that_a_file_can_hold,
    contract.test_its_choices_belong_to_settings_and_contain_the_defaults,
)


def test_the_words_are_those_that_it_needs(policy: Policy) -> None:
    words = {
        section: tomllib.loads(block(f"recipe: policy; add to smtpsim/explain/en/{section}.toml"))
        for section in ("policy", "reply")
    }
    assert set(words["policy"]) == {policy.name}
    assert set(words["reply"]) == {rule.key for rule in policy.replies}


def test_a_host_s_file_switches_it_on(policy: Policy, tmp_path: Path) -> None:
    world = edited_world(tmp_path / "world")
    simulation = open_simulation(world, world.hosts[HOST]).after
    assert answer(simulation, "From: cgi@example.com") == "550 subject-missing"
    assert answer(simulation, "Subject: hello") == "250 letter-ok"


def test_a_session_switches_it_on(policy: Policy) -> None:
    simulation = open_simulation(shipped_world(), shipped_world().hosts[HOST]).after
    assert answer(simulation, "From: cgi@example.com") == "250 letter-ok"
    for line, expected in (
        (":policy subject on", "550 subject-missing"),
        (":policy subject missing accept", "250 letter-ok"),
    ):
        turn = run(simulation, line)
        assert isinstance(turn, Turn)
        simulation = turn.after
        assert answer(simulation, "From: cgi@example.com") == expected
