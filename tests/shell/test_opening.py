"""A session as it is opened: whose language the servers of the world write in."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from smtpsim.explain import words
from smtpsim.shell.opening import Choice, open_session
from smtpsim.views.hosts import world_title
from smtpsim.world.load import shipped


@pytest.mark.parametrize(("lang", "title"), [("en", "The example Internet"), ("ja", "インターネットの例")])
def test_the_shipped_world_speaks_to_its_reader(lang: str, title: str) -> None:
    world = open_session(Choice(), words(lang)).after.world
    assert (world.language, world_title(world, words(lang))) == (lang, title)


@pytest.mark.parametrize("said", ["en", "ja"])
def test_a_world_of_ones_own_says_in_which_language_its_servers_write(tmp_path: Path, said: str) -> None:
    own = tmp_path / "own"
    shutil.copytree(shipped().path, own)
    manifest = own / "world.toml"
    manifest.write_text(f'language = "{said}"\n{manifest.read_text(encoding="utf-8")}', encoding="utf-8")
    for reader in ("en", "ja"):
        assert open_session(Choice(world=str(own)), words(reader)).after.world.language == said


def test_a_title_that_is_not_translated_is_the_usual_one() -> None:
    world = open_session(Choice(), words("en")).after.world._replace(titles={})
    assert world_title(world, words("ja")) == "The example Internet"
