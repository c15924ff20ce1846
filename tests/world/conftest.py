"""Small worlds, written down in a test as their files are, and dialogues typed in them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from smtpsim.session.simulation import Simulation, Turn, open_simulation
from smtpsim.world.load import folder, load_world
from smtpsim.world.model import World

Build = Callable[..., World]
Send = Callable[..., Simulation]

MANIFEST = """\
title = "A small world"
clock = 2026-04-01T09:00:00Z

[start]
host = "{start}"
client-ip = "192.0.2.10"
"""


@pytest.fixture
def build(tmp_path: Path) -> Build:
    """Make a world of hosts (name to TOML) and one zone file's text; the session starts at the first host."""

    def built(hosts: Mapping[str, str], zone: str, seed: int = 0) -> World:
        (tmp_path / "hosts").mkdir(exist_ok=True)
        (tmp_path / "zones").mkdir(exist_ok=True)
        (tmp_path / "world.toml").write_text(MANIFEST.format(start=next(iter(hosts))), encoding="utf-8")
        (tmp_path / "zones" / "all.zone").write_text(zone, encoding="utf-8")
        for name, text in hosts.items():
            (tmp_path / "hosts" / f"{name}.toml").write_text(text, encoding="utf-8")
        loaded = load_world(folder(str(tmp_path)), seed)
        assert isinstance(loaded, World), loaded
        return loaded

    return built


def dialogue(sender: str, recipients: tuple[str, ...], letter: tuple[str, ...]) -> tuple[str, ...]:
    named = tuple(f"RCPT TO:<{recipient}>" for recipient in recipients)
    return ("EHLO cgi.example.com", f"MAIL FROM:<{sender}>", *named, "DATA", *letter, ".")


@pytest.fixture
def send() -> Send:
    """Type one letter to the host where the session starts; gives the simulation after it."""

    def sent(
        world: World, *recipients: str, sender: str = "webmaster@example.com", letter: tuple[str, ...] = ("Subject: x",)
    ) -> Simulation:
        turn: Turn = open_simulation(world)
        for line in dialogue(sender, recipients, letter):
            turn = turn.after.say(line)
        assert turn.reply is not None
        assert turn.reply.code == 250, turn.reply
        return turn.after

    return sent
