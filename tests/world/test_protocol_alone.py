"""A host whose extensions and policies are all switched off answers by protocol alone."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from smtpsim.session.simulation import Turn, open_simulation
from smtpsim.world.load import folder, load_world, shipped
from smtpsim.world.model import World


@pytest.fixture
def world(tmp_path: Path) -> World:
    """The shipped world, edited: nothing but these two lists is changed, other settings stay."""
    source = Path(shipped().path)
    for file in sorted(source.rglob("*.*")):
        text = file.read_text(encoding="utf-8")
        copy = tmp_path / file.relative_to(source)
        copy.parent.mkdir(exist_ok=True)
        copy.write_text(re.sub(r"^(extensions|policies) = \[[^\]]*\]", r"\1 = []", text, flags=re.MULTILINE), "utf-8")
    loaded = load_world(folder(str(tmp_path)))
    assert isinstance(loaded, World), loaded
    return loaded


def replies(world: World, host: str, client_ip: str, *lines: str) -> list[Turn]:
    turns = [open_simulation(world, world.hosts[host], client_ip)]
    for line in lines:
        turns.append(turns[-1].after.say(line))
    return turns[1:]


def codes(turns: list[Turn]) -> list[int | None]:
    return [turn.reply.code if turn.reply else None for turn in turns]


def test_ehlo_lists_nothing(world: World) -> None:
    (turn,) = replies(world, "mx.hogefuga.com", "203.0.113.66", "EHLO host.attacker.example")
    assert turn.reply is not None
    assert turn.reply.lines[1:] == ("HELP",)
    assert turn.after.connection.findings == ()


def test_parameters_and_verbs_of_extensions_are_unknown(world: World) -> None:
    lines = (
        "EHLO a",
        "MAIL FROM:<a@example.com> SIZE=1",
        "MAIL FROM:<a@example.com> BODY=8BITMIME",
        "MAIL FROM:<a@example.com> SMTPUTF8",
        "MAIL FROM:<a@example.com> RET=HDRS",
        "STARTTLS",
        "AUTH PLAIN",
        "BDAT 1 LAST",
    )
    assert codes(replies(world, "smtp.example.com", "192.0.2.10", *lines)) == [250, 555, 555, 555, 555, 503, 503, 503]


def test_every_recipient_and_sender_is_taken(world: World) -> None:
    lines = (
        "HELO a",
        "MAIL FROM:<a@amazon.co.jp>",
        "RCPT TO:<nobody@hogefuga.com>",
        "RCPT TO:<somebody@example.net>",
        "RCPT TO:<a@nosuch.example>",
        "DATA",
        "x",
        ".",
    )
    turns = replies(world, "mx.hogefuga.com", "203.0.113.66", *lines)
    assert codes(turns) == [250, 250, 250, 250, 250, 354, None, 250]
    assert turns[-1].after.connection.findings == ()


def test_the_protocol_itself_stays(world: World) -> None:
    lines = ("MAIL FROM:<a@b.example>", "HELO a", "DATA", "MAIL FROM:<a@b@c>", "MAIL FROM:<a@b.example>", "DATA", "FOO")
    assert codes(replies(world, "mx.hogefuga.com", "203.0.113.66", *lines)) == [503, 250, 503, 553, 250, 503, 500]
