"""The commands about who talks to whom: :ip, :host, :connect."""

from __future__ import annotations

import pytest

from smtpsim.explain import LANGUAGES, words
from smtpsim.session.simulation import Simulation
from smtpsim.shell.commands import names
from tests.shell.commands.orders import done, refused


@pytest.mark.parametrize(
    ("line", "address"),
    [
        (":ip 203.0.113.66", "203.0.113.66"),
        (":ip   2001:DB8:0::66 ", "2001:db8::66"),
        (":ip ::ffff:203.0.113.66", "203.0.113.66"),
    ],
)
def test_ip(simulation: Simulation, line: str, address: str) -> None:
    said = simulation.say("HELO cgi.example.com").after
    turn = done(said, line)
    connection = turn.after.connection
    assert (turn.kind, turn.line, turn.number, turn.reply) == ("simulator", line.strip(), 2, None)
    assert connection.client_ip == address
    assert connection.state == said.connection.state
    assert connection.findings != said.connection.findings


@pytest.mark.parametrize(
    ("line", "key"),
    [
        (":ip", "ip-missing"),
        (":ip 192.0.2", "ip-syntax"),
        (":ip a.example", "ip-syntax"),
        (":ip 192.0.2.1/8", "ip-syntax"),
        (":ip fe80::1%eth0", "ip-syntax"),
    ],
)
def test_ip_refused(simulation: Simulation, line: str, key: str) -> None:
    assert refused(simulation, line) == key


def test_host(simulation: Simulation) -> None:
    connection = done(simulation, ":host MX.hogefuga.com.").after.connection
    assert (connection.host.name, connection.client_ip) == ("mx.hogefuga.com", "192.0.2.10")
    assert refused(simulation, ":host") == "host-missing"
    assert refused(simulation, ":host hogefuga.com") == "host-unknown"


@pytest.mark.parametrize(
    ("argument", "host"),
    [
        ("", "smtp.example.com"),
        ("mx.hogefuga.com", "mx.hogefuga.com"),
        ("MX.Hogefuga.com.:25", "mx.hogefuga.com"),
        ("mx.hogefuga.com:smtp", "mx.hogefuga.com"),
        ("mx.hogefuga.com 587", "mx.hogefuga.com"),
        ("198.51.100.25", "mx.hogefuga.com"),
        ("198.51.100.25:2525", "mx.hogefuga.com"),
        ("2001:db8:51::25", "mx.hogefuga.com"),
        ("[2001:db8:51::25]:25", "mx.hogefuga.com"),
    ],
)
def test_connect(simulation: Simulation, argument: str, host: str) -> None:
    assert done(simulation, f":connect {argument}").after.connection.host.name == host


@pytest.mark.parametrize(
    ("argument", "key"),
    [
        ("mx.hogefuga.com:80", "connect-refused"),
        ("example.com", "connect-silent"),
        ("hogefuga.com", "connect-exchanger"),
        ("nowhere.invalid", "connect-unknown"),
        ("192.0.2.77", "connect-silent"),
        (":25", "connect-unknown"),
        ("nowhere:99", "connect-unknown"),
        ("hogefuga.com:99", "connect-exchanger"),
    ],
)
def test_connect_refused(simulation: Simulation, argument: str, key: str) -> None:
    assert refused(simulation, f":connect {argument}") == key


def test_a_new_connection_keeps_the_world(simulation: Simulation) -> None:
    for line in ("HELO a", "MAIL FROM:<>", "RCPT TO:<test@hogefuga.com>", "DATA", "hi", ".", "QUIT"):
        simulation = simulation.say(line).after
    again = done(simulation, ":connect").after
    assert again.world.mailboxes["test@hogefuga.com"].length == 1
    assert again.transaction.stage == "empty"


@pytest.mark.parametrize("line", [":", ":nothing", ":../ip", ":__init__", "", ":\x1b[2J"])
def test_unknown_commands(simulation: Simulation, line: str) -> None:
    assert refused(simulation, line) == "unknown"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_command_has_its_words(lang: str) -> None:
    for name in names():
        for key in (f"command.{name}", f"command.{name}-form"):
            assert words(lang).has(key)
