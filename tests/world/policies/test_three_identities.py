"""The policy `three_identities`: HELO, envelope From and header From must all pass SPF, each where it is on."""

from __future__ import annotations

from typing import NamedTuple

import pytest

from smtpsim.world.model import World
from tests.world.carriers import FORGER, SHOP, Sent, on_host, sent

HOST = "mx.example.net"
PASSES = Sent("carol@example.net", helo="mx.hogefuga.com", sender="bob@hogefuga.com", client_ip="198.51.100.25")
BAD_HELO = PASSES._replace(helo="mx.amazon.co.jp")
BAD_SENDER = PASSES._replace(sender="shop@example.org", author="bob@hogefuga.com")
BAD_AUTHOR = PASSES._replace(author="shop@example.org")
NULL = PASSES._replace(sender="", author="bob@hogefuga.com")
UNCLEAR = PASSES._replace(author="bob@hogefuga.com, alice@hogefuga.com")
NO_RECORD = PASSES._replace(author="x@none.spf.example")
UNREACHABLE = PASSES._replace(author="x@unreachable.spf.example")


class Row(NamedTuple):
    """The settings in the world, the mail, and what comes of it; `reason` is that of the finding."""

    settings: dict[str, bool | str]
    mail: Sent
    reply: str
    status: str
    reason: str


REFUSED = "550 5.7.1 <carol@example.net> Sender not authorised by SPF"
OK = "250 "

TABLE = (
    # the mission's rule
    Row({}, PASSES, OK, "delivered", "nothing-against"),
    Row({}, BAD_HELO, REFUSED, "rejected", "helo-not-pass"),
    Row({}, BAD_SENDER, REFUSED, "rejected", "mailfrom-not-pass"),
    Row({}, BAD_AUTHOR, REFUSED, "rejected", "from-not-pass"),
    Row({}, UNCLEAR, REFUSED, "rejected", "from-unclear"),
    Row({}, NO_RECORD, REFUSED, "rejected", "from-not-pass"),
    Row({}, FORGER._replace(recipient="carol@example.net"), REFUSED, "rejected", "helo-not-pass"),
    # RFC 7208 2.4: with the null sender it is postmaster at the HELO name
    Row({}, NULL, OK, "delivered", "nothing-against"),
    # each identity can be switched off
    Row({"helo": False}, BAD_HELO, OK, "delivered", "nothing-against"),
    Row({"mailfrom": False}, BAD_SENDER, OK, "delivered", "nothing-against"),
    Row({"header-from": False}, BAD_AUTHOR, OK, "delivered", "nothing-against"),
    Row({"header-from": False}, UNCLEAR, OK, "delivered", "nothing-against"),
    Row({"helo": False}, BAD_AUTHOR, REFUSED, "rejected", "from-not-pass"),
    # drop instead of reject
    Row({"action": "drop"}, BAD_AUTHOR, OK, "dropped", "from-not-pass"),
    Row({"action": "drop"}, PASSES, OK, "delivered", "nothing-against"),
    # RFC 7208 8.6: what the DNS cannot tell now is no reason to refuse for good
    Row({}, UNREACHABLE, "451 4.4.3 SPF check of unreachable.spf.example", "rejected", "from-not-pass"),
    Row({"action": "drop"}, UNREACHABLE, "451 ", "rejected", "from-not-pass"),
)


@pytest.mark.parametrize(("settings", "mail", "reply", "status", "reason"), TABLE)
def test_the_rule(settings: dict[str, bool | str], mail: Sent, reply: str, status: str, reason: str) -> None:
    found = sent(_world(settings), HOST, mail)
    assert found.reply.startswith(reply)
    assert found.fates == {"carol@example.net": status}
    assert found.reasons["three_identities"] == [reason]


def _world(settings: dict[str, bool | str]) -> World:
    return on_host(HOST, "three_identities", settings)


def test_one_who_has_a_permission_is_exempt_and_the_allow_list_only_where_it_is_named() -> None:
    permits = SHOP._replace(recipient="hanako@docomo.ne.jp")
    assert sent(on_host("mx.docomo.ne.jp", "three_identities", {}, alone=True), "mx.docomo.ne.jp", permits).code == 250
    strict = on_host("mx.docomo.ne.jp", "three_identities", {"exempt": ()}, alone=True)
    assert sent(strict, "mx.docomo.ne.jp", permits).code == 550
