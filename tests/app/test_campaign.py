"""`smtpsim campaign` on the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.app.conftest import Run

FEW = ("campaign", "--recipients", "2000", "--days", "6")
ONE_MAILING = ("campaign", "--recipients", "2000", "--days", "1")


def test_both_runs_are_told_side_by_side(run: Run) -> None:
    ran = run(*FEW)
    assert ran.status == 0
    assert all(text in ran.out for text in ("the list as it is", "with list hygiene", "review at 5.0 %"))


def test_json_holds_the_plan_and_sums_that_add_up(run: Run) -> None:
    found = json.loads(run(*FEW, "--json", "--seed", "7").out)
    assert (found["schema"], found["plan"]["seed"], found["recipients"]) == (1, 7, 2000)
    assert [one["hygiene"] for one in found["runs"]] == [False, True]
    for one in found["runs"]:
        sums = one["totals"]
        fates = ("delivered", "junked", "dropped", "deferred", "bounced", "suppressed", "refused")
        assert sum(sums[fate] for fate in fates) == sums["sent"] > 2000


@pytest.mark.parametrize(("hygiene", "runs"), [("on", [True]), ("off", [False])])
def test_one_run_alone(run: Run, hygiene: str, runs: list[bool]) -> None:
    found = json.loads(run(*ONE_MAILING, "--json", "--hygiene", hygiene).out)
    assert [one["hygiene"] for one in found["runs"]] == runs


@pytest.mark.parametrize("ending", [".svg", ".html"])
def test_the_picture_is_written_and_needs_nothing_from_outside(run: Run, tmp_path: Path, ending: str) -> None:
    file = tmp_path / f"campaign{ending}"
    assert run(*ONE_MAILING, "--export", str(file), "--lang", "ja").status == 0
    text = file.read_text(encoding="utf-8")
    assert "キャンペーン" in text
    assert "<svg" in text
    assert "src=" not in text
    assert "href=" not in text


def test_a_list_is_read_from_a_file(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "list.csv"
    file.write_text("address,kind\nmika@bigpost.example\nMIKA@bigpost.example\nold@bigpost.example,dead\n")
    ran = run("campaign", "--list", str(file), "--days", "1", "--hygiene", "off", "--json")
    assert json.loads(ran.out)["recipients"] == 2
    assert "1 addresses" in ran.err


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("--dead", "2"), "--dead 2.0 is no share"),
        (("--dead", "0.9", "--traps", "0.2"), "add up to 1.1"),
        (("--recipients", "0"), "--recipients 0 is out of range"),
        (("--days", "0"), "--days 0 is out of range"),
        (("--hygiene", "perhaps"), "perhaps"),
        (("--service", "nowhere.example"), "no sending service called nowhere.example"),
        (("--export", "x.png"), "can be written as .html, .svg"),
        (("--list", "no-such.csv"), "no-such.csv"),
        (("--list", "x.csv", "--recipients", "5"), "exclude each other"),
    ],
)
def test_wrong_use_is_told_in_one_line(run: Run, arguments: tuple[str, ...], told: str) -> None:
    ran = run("campaign", *arguments)
    assert ran.status == 2
    assert told in ran.err
    assert ran.err.count("\n") == 1


def test_a_mistake_in_a_list_is_told_with_its_line(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "list.csv"
    file.write_text("mika@bigpost.example\nnobody\n")
    ran = run("campaign", "--list", str(file))
    assert ran.status == 2
    assert f"{file}:2: 'nobody' is no address" in ran.err
