"""What a list writes into a letter: its own address in From, and how to leave with one click."""

from __future__ import annotations

from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

import pytest

from smtpsim.auth.signature import Result
from smtpsim.auth.verify import examine
from smtpsim.session.simulation import open_simulation
from smtpsim.shell.answer import Refused
from smtpsim.shell.shell import carry_out
from smtpsim.world.load import shipped_world
from smtpsim.world.model import World

CIRCLE = "mx.circle.example"
MARI, YUKI = "mari@bigmail.example", "yuki@bigmail.example"
WORLD = shipped_world()
ANN = ("From: Ann <webmaster@example.com>",)
WANTS_REJECT = ":dns set _dmarc.example.com TXT v=DMARC1; p=reject"


def with_setting(own_from: str = "dmarc", unsubscribe: str = "https://circle.example/leave") -> World:
    host = WORLD.hosts[CIRCLE]._replace(list_from={"songs": own_from}, list_unsubscribe={"songs": unsubscribe})
    return WORLD.with_host(host)


def sent(world: World, *orders: str, header: tuple[str, ...] = ANN) -> World:
    simulation = open_simulation(world).after
    for order in orders:
        done = carry_out(simulation, order)
        assert not isinstance(done, Refused), done
        simulation = done[-1].after
    mail = ("MAIL FROM:<webmaster@example.com>", "RCPT TO:<songs@circle.example>", "DATA")
    for line in ("EHLO cgi.example.com", *mail, *header, "Subject: Tuesday", "", "We sing.", "."):
        simulation = simulation.say(line).after
    return simulation.world


def held(world: World, address: str) -> bytes:
    (mail,) = [one for name in (address, f"{address}/Junk") for one in world.mailboxes[name].mails]
    return mail.octets


def read(octets: bytes) -> EmailMessage:
    message = message_from_bytes(octets, policy=default)
    assert isinstance(message, EmailMessage)
    return message


def delivered(world: World, *orders: str, header: tuple[str, ...] = ANN) -> EmailMessage:
    return read(held(sent(world, *orders, header=header), YUKI))


@pytest.mark.parametrize(
    ("setting", "orders", "rewritten"),
    [
        ("keep", (WANTS_REJECT,), False),
        ("dmarc", (WANTS_REJECT,), True),
        ("dmarc", (":dns set _dmarc.example.com TXT v=DMARC1; p=quarantine",), True),
        ("dmarc", (":dns set _dmarc.example.com TXT v=DMARC1; p=none",), False),
        ("dmarc", (":dns remove _dmarc.example.com",), False),
        ("always", (":dns remove _dmarc.example.com",), True),
    ],
)
def test_when_the_list_writes_itself_into_from(setting: str, orders: tuple[str, ...], rewritten: bool) -> None:
    message = delivered(with_setting(setting), *orders)
    (author,) = message["From"].addresses
    assert author.addr_spec == ("songs@circle.example" if rewritten else "webmaster@example.com")
    assert author.display_name == ("Ann via songs" if rewritten else "Ann")
    assert message["Reply-To"] == ("Ann <webmaster@example.com>" if rewritten else None)
    assert len(message.get_all("From", [])) == 1


@pytest.mark.parametrize(
    ("header", "name", "answers"),
    [
        (("From: webmaster@example.com",), "webmaster via songs", "webmaster@example.com"),
        (("From: =?utf-8?b?5bGx55Sw?= <webmaster@example.com>",), "山田 via songs", "山田 <webmaster@example.com>"),
        (
            ("From: Ann", " <webmaster@example.com>", "Reply-To: other@example.com"),
            "Ann via songs",
            "other@example.com",
        ),
    ],
)
def test_answers_still_reach_the_author(header: tuple[str, ...], name: str, answers: str) -> None:
    message = delivered(with_setting("always"), header=header)
    assert message["From"].addresses[0].display_name == name
    assert str(message["Reply-To"]) == answers


@pytest.mark.parametrize("header", [(), ("From: nobody at all",)])
def test_a_letter_without_an_author_stays_as_it_is(header: tuple[str, ...]) -> None:
    octets = held(sent(with_setting("always"), ":policy authenticated off", header=header), MARI)
    assert b"via songs" not in octets


def test_rewritten_it_passes_dmarc_where_it_failed() -> None:
    def dmarc(setting: str) -> str:
        world = sent(with_setting(setting), WANTS_REJECT)
        (hop,) = [one for one in world.hops.values() if one.server == "mx.bigmail.example"][:1]
        return next(finding.result for finding in hop.findings if finding.kind == "dmarc")

    assert (dmarc("keep"), dmarc("dmarc")) == ("fail", "pass")


def test_one_click_names_the_member_and_is_signed() -> None:
    world = sent(with_setting())
    uris = set()
    for member in (MARI, YUKI):
        octets = held(world, member)
        message = read(octets)
        assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
        uri = str(message["List-Unsubscribe"])
        assert uri.startswith("<https://circle.example/leave/songs/")
        assert member.partition("@")[0] not in uri
        uris.add(uri)
        (own,) = [one for one in examine(octets, world.zones, world.now) if one.signature]
        assert own.signature
        assert (own.signature.domain, own.result) == ("circle.example", Result.PASS)
        assert {"list-unsubscribe", "list-unsubscribe-post", "from"} <= {name.lower() for name in own.signature.headers}
    assert len(uris) == 2
    assert uris == {str(read(held(sent(with_setting()), member))["List-Unsubscribe"]) for member in (MARI, YUKI)}


def test_without_a_key_that_is_published_there_is_no_one_click() -> None:
    octets = held(sent(with_setting(), ":dns remove c1._domainkey.circle.example"), YUKI)
    assert b"List-Unsubscribe" not in octets


def test_a_list_that_changes_nothing_signs_nothing() -> None:
    octets = held(sent(with_setting("keep", "")), YUKI)
    assert b"d=circle.example" not in octets.replace(b"ARC-", b"").partition(b"DKIM-Signature")[2]
    assert b"List-Unsubscribe" not in octets
