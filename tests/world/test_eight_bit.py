"""A body beyond ASCII on its way to a host without 8BITMIME (RFC 6152 3)."""

from __future__ import annotations

from collections.abc import Callable
from email import message_from_bytes, policy

import pytest

from smtpsim.session.simulation import Simulation, Turn, open_simulation
from smtpsim.world.load import shipped_world
from smtpsim.world.model import World
from tests.world.authenticating import YUKI, login

Build = Callable[..., World]

HERE = """\
addresses = ["192.0.2.1"]
domains = ["here.test"]
extensions = ["eightbitmime"]
relay-for = ["192.0.2.0/24"]
policies = ["relay"]
eight-bit = "{setting}"

[mailboxes]
ann = "Ann"
"""
THERE = 'addresses = ["192.0.2.2"]\ndomains = ["there.test"]\n{more}\n\n[mailboxes]\ncarol = "Carol"\n'
ZONE = """\
$ORIGIN here.test.
@ MX 1 mx.here.test.
mx A 192.0.2.1
$ORIGIN there.test.
@ MX 1 mx.there.test.
mx A 192.0.2.2
"""
HEAD = ("Subject: x", "MIME-Version: 1.0", "Content-Type: text/plain; charset=utf-8", "Content-Transfer-Encoding: 8bit")
SIGNED = (
    "Subject: x",
    "MIME-Version: 1.0",
    "Content-Type: multipart/signed; boundary=b",
    "",
    "--b",
    "",
    "été",
    "--b--",
)


def sent(world: World, *letter: str, body: str = "8BITMIME") -> Simulation:
    turn: Turn = open_simulation(world)
    envelope = (f"MAIL FROM:<ann@here.test> BODY={body}", "RCPT TO:<carol@there.test>")
    for line in ("EHLO x.here.test", *envelope, "DATA", *letter, "."):
        turn = turn.after.say(line)
    return turn.after


def built(build: Build, setting: str, more: str = "") -> World:
    return build({"mx.here.test": HERE.format(setting=setting), "mx.there.test": THERE.format(more=more)}, ZONE)


def test_it_is_converted(build: Build) -> None:
    world = sent(built(build, "convert"), *HEAD, "", "Été à la plage").world
    (mail,) = world.mailboxes["carol@there.test"].mails
    assert mail.octets.isascii()
    message = message_from_bytes(mail.octets, policy=policy.default)
    assert message.get_payload(decode=True) == "Été à la plage\r\n".encode()
    assert "mx.here.test" in message["X-MIME-Autoconverted"]
    assert "BODY=8BITMIME" not in "".join(said.client for said in world.hops[1].said)


@pytest.mark.parametrize(("setting", "letter"), [("bounce", (*HEAD, "", "été")), ("convert", SIGNED)])
def test_what_is_not_converted_goes_back(build: Build, setting: str, letter: tuple[str, ...]) -> None:
    world = sent(built(build, setting), *letter).world
    assert world.outcomes[1].status == "bounced"
    (mail,) = world.mailboxes["ann@here.test"].mails
    assert b"\r\nStatus: 5.6.3\r\n" in mail.octets
    assert b"\r\nDiagnostic-Code: x-smtpsim; mx.there.test does not offer 8BITMIME" in mail.octets


def test_exim_sends_it_raw(build: Build) -> None:
    (mail,) = sent(built(build, "send"), *HEAD, "", "été").world.mailboxes["carol@there.test"].mails
    assert "\r\nété\r\n".encode() in mail.octets


@pytest.mark.parametrize(("more", "body"), [('extensions = ["eightbitmime"]', "été"), ("", "plain")])
def test_nothing_is_changed_without_need(build: Build, more: str, body: str) -> None:
    (mail,) = sent(built(build, "convert", more), *HEAD, "", body).world.mailboxes["carol@there.test"].mails
    assert b"Content-Transfer-Encoding: 8bit" in mail.octets
    assert b"Autoconverted" not in mail.octets
    assert f"\r\n{body}\r\n".encode() in mail.octets


@pytest.mark.parametrize(("lacking", "dkim"), [((), "pass"), (("8BITMIME",), "fail")])
def test_a_signature_does_not_survive_it(lacking: tuple[str, ...], dkim: str) -> None:
    """The next host finds that the body is no longer the one that was signed (RFC 6376 6.1.3)."""
    world = shipped_world()
    host = world.hosts["mx.bigmail.example"]
    service = host.service._replace(keywords=host.service.keywords.difference(lacking))
    world = world.with_host(host._replace(service=service))
    turn = open_simulation(world, world.hosts["smtp.example.com"])
    author = "webmaster@example.com"
    letter = (f"From: {author}", *HEAD, "", "été")
    for line in ("EHLO x", login(author), f"MAIL FROM:<{author}>", f"RCPT TO:<{YUKI}>", "DATA", *letter, "."):
        turn = turn.after.say(line)
    (hop,) = turn.after.world.hops.values()
    found = {finding.kind: (finding.result, finding.reason) for finding in hop.findings if finding.kind == "dkim"}
    assert found["dkim"] == (dkim, "verified" if dkim == "pass" else "body-changed")
