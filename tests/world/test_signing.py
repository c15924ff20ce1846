"""Who signs what, and what is left of a signature after forwarding, lists and sending services."""

from __future__ import annotations

import pytest

from smtpsim.kernel.finding import Finding
from smtpsim.world.model import World
from tests.world.authenticating import JUNK, YUKI, held, login, sent

SES = "email-smtp.ap-northeast-1.amazonses.com"
WEBMASTER = "webmaster@example.com"
SHOP = "shop@example.org"
PUBLISHED = ":dns add ses1._domainkey.example.org CNAME example-org.dkim.amazonses.com"


def by_webmaster(*recipients: str, before: tuple[str, ...] = (login(WEBMASTER),)) -> World:
    return sent(WEBMASTER, *recipients, author=WEBMASTER, host="smtp.example.com", before=before).after.world


def by_shop(*before: str) -> World:
    return sent(SHOP, YUKI, author=SHOP, host=SES, client_ip="192.0.2.200", before=(*before, login(SHOP))).after.world


def found(world: World) -> dict[tuple[str, str], str]:
    """What bigmail.example found about the one letter that reached it, but for HELO."""
    (hop,) = (hop for hop in world.hops.values() if hop.server == "mx.bigmail.example")
    return {(finding.kind, finding.domain): finding.result for finding in hop.findings if finding.identity != "helo"}


def test_mail_of_a_user_is_signed() -> None:
    world = by_webmaster(YUKI)
    assert found(world) == {
        ("spf", "example.com"): "pass",
        ("dkim", "example.com"): "pass",
        ("arc", ""): "none",
        ("dmarc", "example.com"): "pass",
    }


def test_mail_of_ones_own_network_alone_is_not() -> None:
    assert found(by_webmaster(YUKI, before=()))["dkim", ""] == "none"


def test_a_key_that_is_not_published_signs_nothing() -> None:
    world = by_webmaster(YUKI, before=(":dns remove k1._domainkey.example.com", login(WEBMASTER)))
    assert found(world)["dkim", ""] == "none"


def test_the_service_signs_as_itself_and_is_not_the_author() -> None:
    world = by_shop()
    assert found(world)["dkim", "amazonses.com"] == "pass"
    assert found(world)["dmarc", "example.org"] == "fail"
    assert len(held(world, JUNK)) == 1


def test_with_the_customers_key_in_the_dns_it_signs_as_the_customer_too() -> None:
    world = by_shop(PUBLISHED)
    assert found(world)["dkim", "example.org"] == found(world)["dkim", "amazonses.com"] == "pass"
    assert found(world)["dmarc", "example.org"] == "pass"
    assert len(held(world, YUKI)) == 1


def test_forwarding_breaks_spf_and_dkim_survives() -> None:
    assert found(by_webmaster("yuki@example.net")) == {
        ("spf", "example.com"): "fail",
        ("dkim", "example.com"): "pass",
        ("arc", ""): "none",
        ("dmarc", "example.com"): "pass",
    }


LISTS = {"club@example.net": ("pass", "pass", YUKI), "news@example.net": ("fail", "fail", JUNK)}


@pytest.mark.parametrize("name", LISTS)
def test_a_list_that_changes_the_subject_breaks_dkim(name: str) -> None:
    dkim, dmarc, mailbox = LISTS[name]
    world = by_webmaster(name)
    assert found(world) == {
        ("spf", "example.net"): "pass",
        ("dkim", "example.com"): dkim,
        ("arc", ""): "none",
        ("dmarc", "example.com"): dmarc,
    }
    (letter,) = held(world, mailbox)
    assert (b"Subject: [news] hello" in letter) == (name == "news@example.net")


def test_the_reason_is_told() -> None:
    world = by_webmaster("news@example.net")
    findings: list[Finding] = [finding for hop in world.hops.values() for finding in hop.findings]
    assert [finding.reason for finding in findings if finding.kind == "dkim"] == ["header-changed"]


def test_the_same_session_gives_the_same_signature() -> None:
    assert held(by_webmaster(YUKI), YUKI) == held(by_webmaster(YUKI), YUKI)
