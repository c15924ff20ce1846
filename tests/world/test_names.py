"""Names in more than one form: capitals, U-labels, and ways to write an IP address mean the same."""

from __future__ import annotations

import pytest

from smtpsim.kernel.dns import MX
from smtpsim.protocol.smtp.question import AskLogin
from smtpsim.session.opened import find_mailbox
from smtpsim.session.simulation import open_simulation
from smtpsim.world.accounts import login
from smtpsim.world.lookalike import lookalike
from smtpsim.world.mail_access.access import admitted
from smtpsim.world.mailbox import Mailbox
from smtpsim.world.model import World
from smtpsim.world.policies.relay import in_networks
from smtpsim.world.routing import addresses, route
from tests.world.conftest import Build

START = """\
addresses = ["192.0.2.25"]
relay-for = ["192.0.2.0/24"]
extensions = ["smtputf8"]
policies = ["relay"]
"""

BOOKS = """\
addresses = ["::ffff:198.51.100.25"]
domains = ["BÜCHER.example"]
extensions = ["smtputf8", "auth"]
policies = ["spf", "relay", "mailbox", "lookalike"]
listens = ["smtp", "pop3"]
serves = ["Bücher.Example"]

[mailboxes]
Ann = "Ann"

[users]
"Ann@Bücher.example" = "secret"
Tim = "secret"

[aliases]
Sales = ["Ann@BÜCHER.Example"]

[lists]
Team = ["ann@xn--bcher-kva.example"]

[policy.lookalike]
trusted = ["Amazon.CO.JP", "BÜCHER.example"]
"""

ZONE = """\
$ORIGIN bücher.example.
@  MX 10 mx
@  TXT "v=spf1 ip4:192.0.2.0/24 -all"
mx A  198.51.100.25
v6.example. MX 5 books6.example.
books6.example. AAAA ::ffff:198.51.100.25
"""


@pytest.fixture
def world(build: Build) -> World:
    return build({"start.example": START, "mx.books.example": BOOKS}, ZONE)


DOMAINS = ("bücher.example", "BÜCHER.EXAMPLE", "xn--bcher-kva.example", "XN--BCHER-KVA.example")


@pytest.mark.parametrize("domain", DOMAINS)
@pytest.mark.parametrize("local", ["ann", "ANN", "sales", "TEAM"])
def test_mail_finds_its_mailbox(world: World, local: str, domain: str) -> None:
    turn = open_simulation(world)
    envelope = (f"MAIL FROM:<nobody@{domain}> SMTPUTF8", f"RCPT TO:<{local}@{domain}>")
    for line in ("EHLO cgi.example.com", *envelope, "DATA", "Subject: x", "."):
        turn = turn.after.say(line)
    after = turn.after.world
    assert after.mailboxes["ann@xn--bcher-kva.example"].length == 1
    assert after.outcomes[1].recipient == f"{local}@{domain}"
    assert [finding.result for finding in after.hops[1].findings if finding.identity == "mailfrom"] == ["pass"]


@pytest.mark.parametrize("domain", DOMAINS)
def test_the_dns_is_asked_for_a_labels(world: World, domain: str) -> None:
    (exchange,) = route(world.zones, domain).exchanges
    assert (exchange.name, exchange.addresses) == ("mx.xn--bcher-kva.example", ("198.51.100.25",))
    assert addresses(world.zones, f"mx.{domain}") == ("198.51.100.25",)
    changed = world.zones.with_records(domain, "MX", (MX(5, "books6.example"),))
    assert {route(changed, other).exchanges[0].name for other in DOMAINS} == {"books6.example"}


def test_an_ipv4_mapped_address_is_the_ipv4_address_in_it(world: World) -> None:
    found = world.host_at("198.51.100.25")
    assert found is not None
    assert found.name == "mx.books.example"
    assert route(world.zones, "v6.example").exchanges[0].addresses == ("198.51.100.25",)
    assert route(world.zones, "[IPv6:::ffff:198.51.100.25]").exchanges[0].addresses == ("198.51.100.25",)
    assert addresses(world.zones, "::FFFF:198.51.100.25") == ("198.51.100.25",)
    assert in_networks("198.51.100.25", ("198.51.100.0/24",))


@pytest.mark.parametrize("name", ["Ann@BÜCHER.example", "<ann@xn--bcher-kva.example>", "ann"])
def test_a_mailbox_is_found_under_any_form_of_its_name(world: World, name: str) -> None:
    found = find_mailbox(world, name)
    assert isinstance(found, Mailbox)
    assert found.address == "ann@xn--bcher-kva.example"


@pytest.mark.parametrize("user", ["ann@bücher.example", "ANN@xn--bcher-kva.example", "Ann"])
def test_a_mailbox_is_picked_up_under_any_form_of_its_name(world: World, user: str) -> None:
    assert admitted(world, world.hosts["mx.books.example"], user, "secret")


@pytest.mark.parametrize(
    ("user", "good"), [("ann@bücher.example", True), ("ANN@XN--bcher-kva.example", True), ("Tim", True), ("tim", False)]
)
def test_a_login_name_that_is_no_address_counts_as_it_stands(world: World, user: str, good: bool) -> None:
    question = AskLogin("PLAIN", user, "secret", "")
    assert login(world, world.hosts["mx.books.example"], question).accepts is good


@pytest.mark.parametrize(
    "character", "\u00ad\u034f\u115f\u180b\u200b\u200d\u2060\u202e\u3164\ufe0f\U000e0041\U000e0100"
)
@pytest.mark.parametrize("times", [1, 2, 9])
def test_a_name_with_unseen_characters_is_a_lookalike(character: str, times: int) -> None:
    for domain in (f"ama{character * times}zon.co.jp", f"mail.amazon{character * times}.co.jp"):
        assert lookalike(domain, ("amazon.co.jp",)) == (domain, "amazon.co.jp", "unseen-characters")
    confusable = lookalike(f"arna{character * times}zon.co.jp", ("amazon.co.jp",))
    assert confusable is not None
    assert confusable.key == "confusable-letters"


@pytest.mark.parametrize(
    ("domain", "original"), [("arnazon.co.jp", "amazon.co.jp"), ("bucher.example", "bücher.example")]
)
def test_trusted_domains_have_no_case(domain: str, original: str) -> None:
    trusted = ("Amazon.CO.JP", "BÜCHER.example")
    found = lookalike(domain, trusted)
    assert found is not None
    assert found.original == original
    assert lookalike(original, trusted) is None
    assert lookalike("xn--bcher-kva.example", trusted) is None
