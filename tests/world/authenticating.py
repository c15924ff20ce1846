"""Letters to the big mailbox provider of the shipped world, and those that travel there by other hosts."""

from __future__ import annotations

from base64 import b64encode

from smtpsim.session.simulation import Simulation, Turn, open_simulation
from smtpsim.world.load import shipped_world
from smtpsim.world.model import World
from tests.shell.commands.orders import run

HOST = "mx.bigmail.example"
YUKI = "yuki@bigmail.example"
JUNK = f"{YUKI}/Junk"


def lines(sender: str, *recipients: str, author: str) -> tuple[str, ...]:
    """One whole mail; its author is an address, or the value of several From fields."""
    named = tuple(f"RCPT TO:<{recipient}>" for recipient in recipients)
    return (f"MAIL FROM:<{sender}>", *named, "DATA", f"From: {author}", "Subject: hello", "", "Hello.", ".")


def said(turn: Turn, *typed: str) -> Turn:
    """The last turn after these lines; those with a colon are orders."""
    for line in typed:
        made = run(turn.after, line) if line.startswith(":") else turn.after.say(line)
        assert isinstance(made, Turn), made
        turn = made
    return turn


def sent(
    sender: str,
    *recipients: str,
    author: str,
    host: str = HOST,
    client_ip: str = "192.0.2.10",
    before: tuple[str, ...] = (),
) -> Turn:
    """The turn in which a mail is answered."""
    world = shipped_world()
    turn = open_simulation(world, world.hosts[host], client_ip)
    return said(turn, "EHLO cgi.example.com", *before, *lines(sender, *recipients, author=author))


def login(user: str) -> str:
    """The line by which a user of the shipped world logs in."""
    token = b64encode(f"\0{user}\0example".encode()).decode()
    return f"AUTH PLAIN {token}"


def results(simulation: Simulation) -> dict[tuple[str, str], str]:
    """The findings of the typed dialogue."""
    return {(finding.kind, finding.domain): finding.result for finding in simulation.connection.findings}


def held(world: World, name: str) -> list[bytes]:
    """The mails in a mailbox, the oldest first."""
    return [mail.octets for mail in world.mailboxes[name].mails][::-1]
