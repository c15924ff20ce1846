"""Enhanced status codes: those of refusals are shown to everybody, those of acceptance once EHLO asked (RFC 2034)."""

from __future__ import annotations

import pytest

from smtpsim.session.simulation import Simulation, open_simulation
from smtpsim.world.load import shipped_world

WORLD = shipped_world()


def last(host: str, *lines: str) -> str:
    simulation: Simulation = open_simulation(WORLD, WORLD.hosts[host], "203.0.113.9").after
    for line in lines:
        turn = simulation.say(line)
        simulation = turn.after
    assert turn.reply is not None
    return f"{turn.reply.code} {turn.reply.lines[0]}"


@pytest.mark.parametrize(
    ("lines", "reply"),
    [
        (("MAIL FROM:<a@example.org>",), "503 5.5.1 "),
        (("DATA",), "503 5.5.1 "),
        (("NONSENSE",), "500 5.5."),
        (("HELO a", "RCPT TO:<bob@hogefuga.com>"), "503 5.5.1 "),
        (("HELO a", "MAIL FROM:<a@example.org>", "RCPT TO:<nobody@hogefuga.com>"), "550 5.1.1 "),
        (("HELO a", "MAIL FROM:<a@example.org>", "RCPT TO:<a@example.net>"), "550 5.7.1 "),
    ],
)
def test_refusals_show_them_before_ehlo_and_under_helo(lines: tuple[str, ...], reply: str) -> None:
    assert last("mx.hogefuga.com", *lines).startswith(reply)


def test_what_accepts_shows_them_under_ehlo_only() -> None:
    assert not last("mx.hogefuga.com", "HELO a", "MAIL FROM:<a@example.org>").startswith("250 2.")
    assert last("mx.hogefuga.com", "EHLO a", "MAIL FROM:<a@example.org>").startswith("250 2.1.0 ")


def test_a_host_that_does_not_have_them_shows_none() -> None:
    assert not last("mx.docomo.ne.jp", "MAIL FROM:<a@example.org>").startswith("503 5.")
