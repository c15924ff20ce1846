"""What a good world comes to, however its files write it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from smtpsim.world.load import folder, load_world
from smtpsim.world.model import World

CLIENTS = {"192.0.2.10": "192.0.2.10", "::FFFF:192.0.2.10": "192.0.2.10", "2001:DB8:0::10": "2001:db8::10"}


@pytest.mark.parametrize(("written", "usual"), CLIENTS.items())
def test_the_client_has_one_form_of_its_address(copy: Path, written: str, usual: str) -> None:
    manifest = copy / "world.toml"
    text = manifest.read_text(encoding="utf-8")
    manifest.write_text(text.replace('client-ip = "192.0.2.10"', f'client-ip = "{written}"'), encoding="utf-8")
    world = load_world(folder(str(copy)))
    assert isinstance(world, World)
    assert world.start.client_ip == usual


@pytest.mark.parametrize("clock", ["1970-01-01T00:00:00Z", "9000-12-31T23:59:59Z"])
def test_the_first_and_the_last_moment_of_the_clock(copy: Path, clock: str) -> None:
    manifest = copy / "world.toml"
    text = manifest.read_text(encoding="utf-8")
    manifest.write_text(text.replace("2026-04-01T09:00:00Z", clock), encoding="utf-8")
    assert isinstance(load_world(folder(str(copy))), World)


def test_a_world_need_not_publish_policies(copy: Path) -> None:
    shutil.rmtree(copy / "mta-sts")
    world = load_world(folder(str(copy)))
    assert isinstance(world, World)
    assert world.sts_policies == {}


def test_the_policies_are_found_by_the_names_of_their_files(copy: Path) -> None:
    (copy / "mta-sts" / "Bücher.example.txt").write_text("version: STSv1\n", encoding="utf-8")
    world = load_world(folder(str(copy)))
    assert isinstance(world, World)
    assert world.sts_policies["xn--bcher-kva.example"] == "version: STSv1\n"
    assert {"clinic.example", "trial.clinic.example", "branch.clinic.example"} < set(world.sts_policies)
