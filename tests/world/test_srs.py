"""SRS: forwarded mail passes SPF under the forwarder's name, and bounces find their way back through it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smtpsim.kernel.address import NULL, Path, split_address
from smtpsim.kernel.duration import DAY
from smtpsim.session.simulation import Simulation
from smtpsim.world.load import shipped_world
from smtpsim.world.model import World
from smtpsim.world.srs import LIFETIME, LONGEST, original_sender, rewritten_sender

Send = Callable[..., Simulation]

WORLD = shipped_world()
SHOP = WORLD.hosts["mx.bookshop.example"]
OTHER = SHOP._replace(name="mx.other.example", domains=frozenset({"other.example"}), srs="another secret")
ATOM = st.text("abcXYZ019.+-=_!#", min_size=1, max_size=20)
DOMAIN = st.from_regex(r"[a-z]{1,8}\.(example|test)", fullmatch=True)


def later(days: int) -> World:
    return WORLD._replace(now=WORLD.now + days * DAY)


@given(ATOM, DOMAIN, st.integers(0, 4000))
def test_the_sender_is_found_again(local: str, domain: str, day: int) -> None:
    sender, world = Path(local, domain), later(day)
    written = rewritten_sender(world, SHOP, sender)
    if written == sender:
        assert len(local) + len(domain) + len("SRS0=HHHH=TT==") > LONGEST
        return
    assert written.domain == "bookshop.example"
    assert len(written.local) <= LONGEST
    found = original_sender(world, SHOP, written)
    # a sender that is rewritten already comes back as it was, whoever rewrote it
    assert found == str(sender) or local.upper().startswith(("SRS0", "SRS1"))


@given(ATOM, DOMAIN)
def test_over_two_forwarders_it_leads_back_to_the_first(local: str, domain: str) -> None:
    first = rewritten_sender(WORLD, SHOP, Path(local, domain))
    second = rewritten_sender(WORLD, OTHER, first)
    if first.domain == domain or second == first or local.upper().startswith(("SRS0", "SRS1")):
        return
    assert second.local.startswith("SRS1=")
    third = rewritten_sender(WORLD, SHOP._replace(domains=frozenset({"third.example"})), second)
    for host, path in ((OTHER, second), (SHOP._replace(domains=frozenset({"third.example"})), third)):
        assert path == second or path.local.startswith("SRS1=")
        assert original_sender(WORLD, host, path) in (str(first), "")
    assert original_sender(WORLD, SHOP, split_address(original_sender(WORLD, OTHER, second))) == f"{local}@{domain}"


@pytest.mark.parametrize("days", [0, LIFETIME, LIFETIME + 1])
def test_an_address_is_good_for_three_weeks(days: int) -> None:
    written = rewritten_sender(WORLD, SHOP, split_address("ann@example.net"))
    assert original_sender(later(days), SHOP, written) == ("ann@example.net" if days <= LIFETIME else "")


def test_nobody_else_can_make_one() -> None:
    written = rewritten_sender(WORLD, SHOP, split_address("ann@example.net"))
    for forged in (written.local.replace("ann", "bob"), "SRS0=AAAA=AA=example.net=ann", "SRS0", "SRS0=", "SRS1=x"):
        assert original_sender(WORLD, SHOP, Path(forged, "bookshop.example")) == ""
    assert original_sender(WORLD, OTHER, written) == ""
    assert original_sender(WORLD, SHOP._replace(srs=""), written) == ""


@pytest.mark.parametrize("change", [str.lower, str.upper])
def test_the_case_of_a_local_part_may_change_on_the_way(change: Callable[[str], str]) -> None:
    written = rewritten_sender(WORLD, SHOP, split_address("ann@example.net"))
    assert original_sender(WORLD, SHOP, Path(change(written.local), "bookshop.example")).lower() == "ann@example.net"


@pytest.mark.parametrize("sender", [NULL, split_address("info@bookshop.example"), split_address('"a b"@example.net')])
def test_some_senders_stay(sender: Path) -> None:
    assert rewritten_sender(WORLD, SHOP, sender) == sender


def spf(simulation: Simulation, hop: int) -> list[tuple[str, str]]:
    findings = simulation.world.hops[hop].findings
    return [(f.domain, f.result) for f in findings if (f.kind, f.identity) == ("spf", "mailfrom")]


def test_forwarded_mail_passes_spf_at_the_next_host(send: Send) -> None:
    simulation = send(WORLD, "orders@bookshop.example")
    assert spf(simulation, 2) == [("bookshop.example", "pass")]
    (mail,) = simulation.world.mailboxes["alice@hogefuga.com"].mails
    assert mail.return_path.startswith("SRS0=")
    assert mail.return_path.endswith("=example.com=webmaster@bookshop.example")


def test_without_it_spf_fails(send: Send) -> None:
    simulation = send(WORLD.with_host(SHOP._replace(srs="")), "orders@bookshop.example")
    assert spf(simulation, 2) == [("example.com", "fail")]


def test_a_bounce_finds_its_way_back_to_the_sender(send: Send) -> None:
    simulation = send(WORLD, "returns@bookshop.example", sender="newsletter@example.com")
    assert simulation.world.outcomes[1].status == "bounced"
    assert simulation.world.outcomes[1].bounce_to.startswith("SRS0=")
    (report,) = simulation.world.mailboxes["newsletter@example.com"].mails
    assert report.return_path == ""
    assert b"nobody@hogefuga.com" in report.octets


def test_a_forged_address_is_an_unknown_user() -> None:
    from smtpsim.session.simulation import open_simulation

    turn = open_simulation(WORLD, SHOP, "203.0.113.9")
    codes = []
    for line in ("EHLO x", "MAIL FROM:<>", "RCPT TO:<SRS0=AAAA=AA=example.net=ann@bookshop.example>"):
        turn = turn.after.say(line)
        codes.append(turn.reply.code if turn.reply else 0)
    assert codes == [250, 250, 550]
