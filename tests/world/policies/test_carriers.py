"""The carriers as they ship: who is nobody, whose mail is refused or dropped, and which setting goes before which.

The rows follow what the carriers say of themselves: docomo's page on Sender ID/SPF and its order of settings, au's
help on spoofing, SoftBank's pages on spoofing and on the rescue list.
"""

from __future__ import annotations

from typing import NamedTuple

import pytest

from smtpsim.world.model import World
from smtpsim.world.subscriber import Subscriber
from tests.world.carriers import FORGER, FRIEND, SHOP, WORLD, Sent, on_host, sent

DOCOMO, AU, SOFTBANK = "mx.docomo.ne.jp", "mx.au.com", "mx.softbank.ne.jp"
BY_NAME = {
    "docomo": (DOCOMO, "taro@docomo.ne.jp"),
    "au": (AU, "aoi@au.com"),
    "softbank": (SOFTBANK, "ken@softbank.ne.jp"),
}


def subscribed(address: str, subscriber: Subscriber, world: World = WORLD) -> World:
    box = world.mailboxes[address]._replace(subscriber=subscriber)
    return world._replace(mailboxes=world.mailboxes.insert(address, box))


class Shipped(NamedTuple):
    host: str
    recipient: str
    mail: Sent
    reply: str
    status: str


UNPERMITTED = Sent("", "mx.hogefuga.com", "bob@hogefuga.com", "shop@example.org", "198.51.100.25")
"""The header From alone does not pass."""

BAD_HELO = FRIEND._replace(helo="mx.amazon.co.jp")
NO_RECORD = FRIEND._replace(author="x@none.spf.example")
NO_AUTHOR = FRIEND._replace(author=None)
FORGED_SENDER = FRIEND._replace(sender="shop@example.org", author="bob@hogefuga.com")
FORGED_PHONE = FRIEND._replace(author="taro@docomo.ne.jp")
UNREACHABLE = FRIEND._replace(author="x@unreachable.spf.example")

SHIPPED = (
    # nobody, at RCPT
    Shipped(DOCOMO, "x@docomo.ne.jp", FRIEND, "550 Unknown user x@docomo.ne.jp", "rejected"),
    Shipped(AU, "x@au.com", FRIEND, "550 <x@au.com>: User unknown", "rejected"),
    Shipped(AU, "x@ezweb.ne.jp", FRIEND, "550 <x@ezweb.ne.jp>: User unknown", "rejected"),
    Shipped(SOFTBANK, "x@softbank.ne.jp", FRIEND, "550 Invalid recipient: <x@softbank.ne.jp>", "rejected"),
    Shipped(DOCOMO, "x@example.com", FRIEND, "550 <x@example.com> Relaying denied", "rejected"),
    # all three pass
    Shipped(DOCOMO, "taro@docomo.ne.jp", FRIEND, "250 ", "delivered"),
    Shipped(AU, "aoi@au.com", FRIEND, "250 ", "delivered"),
    Shipped(AU, "aoi@ezweb.ne.jp", FRIEND, "250 ", "delivered"),
    Shipped(SOFTBANK, "ken@softbank.ne.jp", FRIEND, "250 ", "delivered"),
    # docomo answers filtered mail as it does mail for nobody, au and SoftBank accept it and deliver nothing
    Shipped(DOCOMO, "taro@docomo.ne.jp", SHOP, "550 Unknown user taro@docomo.ne.jp", "rejected"),
    Shipped(AU, "aoi@au.com", SHOP, "250 ", "dropped"),
    Shipped(SOFTBANK, "ken@softbank.ne.jp", SHOP, "250 ", "dropped"),
    Shipped(DOCOMO, "taro@docomo.ne.jp", FORGER, "550 Unknown user taro@docomo.ne.jp", "rejected"),
    Shipped(AU, "aoi@au.com", FORGER, "250 ", "dropped"),
    Shipped(SOFTBANK, "ken@softbank.ne.jp", FORGER, "250 ", "dropped"),
    # the shipped world has the HELO check on
    Shipped(DOCOMO, "taro@docomo.ne.jp", BAD_HELO, "550 Unknown user taro@docomo.ne.jp", "rejected"),
    Shipped(AU, "aoi@au.com", BAD_HELO, "250 ", "dropped"),
    Shipped(SOFTBANK, "ken@softbank.ne.jp", BAD_HELO, "250 ", "dropped"),
    # a permitted sender, and one on the rescue list
    Shipped(DOCOMO, "hanako@docomo.ne.jp", SHOP, "250 ", "delivered"),
    Shipped(DOCOMO, "hanako@docomo.ne.jp", FORGER, "550 Unknown user hanako@docomo.ne.jp", "rejected"),
    Shipped(SOFTBANK, "sakura@softbank.ne.jp", SHOP, "250 ", "delivered"),
    Shipped(SOFTBANK, "sakura@softbank.ne.jp", FORGER, "250 ", "dropped"),
    Shipped(SOFTBANK, "sakura@softbank.ne.jp", FORGER._replace(to="team@example.net"), "250 ", "delivered"),
    # domain-specified reception: exempt when listed, nobody else gets through
    Shipped(DOCOMO, "jiro@docomo.ne.jp", FRIEND, "250 ", "delivered"),
    Shipped(DOCOMO, "jiro@docomo.ne.jp", FRIEND._replace(author="x@mail.hogefuga.com"), "250 ", "delivered"),
    Shipped(DOCOMO, "jiro@docomo.ne.jp", BAD_HELO, "250 ", "delivered"),
    Shipped(
        DOCOMO,
        "jiro@docomo.ne.jp",
        Sent("", "cgi.example.com", "cgi@example.com", "", "192.0.2.10"),
        "550 Unknown user jiro@docomo.ne.jp",
        "rejected",
    ),
    # au's levels
    Shipped(AU, "mio@au.com", FORGED_SENDER, "250 ", "dropped"),
    Shipped(AU, "mio@au.com", UNPERMITTED, "250 ", "delivered"),
    Shipped(AU, "mio@au.com", BAD_HELO, "250 ", "delivered"),
    Shipped(AU, "mio@au.com", FORGED_PHONE, "250 ", "dropped"),
    Shipped(AU, "rin@au.com", FORGED_SENDER, "250 ", "delivered"),
    Shipped(AU, "rin@au.com", SHOP, "250 ", "delivered"),
    Shipped(AU, "rin@au.com", FORGED_PHONE, "250 ", "dropped"),
    # the DNS cannot tell: later
    Shipped(DOCOMO, "taro@docomo.ne.jp", UNREACHABLE, "451 ", "rejected"),
    Shipped(AU, "aoi@au.com", UNREACHABLE, "451 ", "rejected"),
    Shipped(SOFTBANK, "ken@softbank.ne.jp", UNREACHABLE, "451 ", "rejected"),
)


@pytest.mark.parametrize(("host", "recipient", "mail", "reply", "status"), SHIPPED)
def test_the_shipped_carriers(host: str, recipient: str, mail: Sent, reply: str, status: str) -> None:
    found = sent(WORLD, host, mail._replace(recipient=recipient))
    assert found.reply.startswith(reply)
    assert found.fates == {recipient: status}


class Own(NamedTuple):
    """A carrier by its own pages alone, without the check of the three identities."""

    policy: str
    subscriber: Subscriber
    mail: Sent
    status: str
    reason: str


ALLOW = Subscriber(allow=("example.org",))
DENY_DOMAIN = Subscriber(deny=("hogefuga.com",))
DENY_ADDRESS = Subscriber(deny=("bob@hogefuga.com",))

OWN = (
    # docomo: SPF of the header From, and HELO and envelope do not count
    Own("docomo", Subscriber(), FRIEND, "delivered", "nothing-against"),
    Own("docomo", Subscriber(), BAD_HELO, "delivered", "nothing-against"),
    Own("docomo", Subscriber(), FORGED_SENDER, "delivered", "nothing-against"),
    Own("docomo", Subscriber(), UNPERMITTED, "rejected", "from-not-pass"),
    Own("docomo", Subscriber(), NO_RECORD, "rejected", "from-not-pass"),
    # the envelope From only if there is no header From
    Own("docomo", Subscriber(), NO_AUTHOR, "delivered", "nothing-against"),
    Own("docomo", Subscriber(), NO_AUTHOR._replace(sender="shop@example.org"), "rejected", "mailfrom-not-pass"),
    Own("docomo", Subscriber(spoofing=False), UNPERMITTED, "delivered", "nothing-against"),
    # docomo's order: denied addresses, permitted and listed, denied domains, spoofing, all others
    Own("docomo", Subscriber(permit=("example.org",)), UNPERMITTED, "delivered", "permitted"),
    Own("docomo", Subscriber(permit=("shop@example.org",)), UNPERMITTED, "delivered", "permitted"),
    Own("docomo", ALLOW, UNPERMITTED, "delivered", "on-allow-list"),
    Own("docomo", ALLOW, FRIEND, "rejected", "not-on-allow-list"),
    Own("docomo", DENY_DOMAIN, FRIEND, "rejected", "on-deny-list"),
    Own("docomo", DENY_DOMAIN._replace(permit=("bob@hogefuga.com",)), FRIEND, "delivered", "permitted"),
    Own("docomo", DENY_DOMAIN._replace(allow=("bob@hogefuga.com",)), FRIEND, "delivered", "on-allow-list"),
    Own("docomo", DENY_ADDRESS._replace(permit=("hogefuga.com",)), FRIEND, "rejected", "on-deny-list"),
    Own("docomo", DENY_ADDRESS._replace(allow=("hogefuga.com",)), FRIEND, "rejected", "on-deny-list"),
    Own(
        "docomo",
        Subscriber(permit=("team@example.net",)),
        UNPERMITTED._replace(to="team@example.net"),
        "delivered",
        "permitted",
    ),
    # au: permitted senders, then spoofing, then the lists
    Own("au", Subscriber(), FRIEND, "delivered", "nothing-against"),
    Own("au", Subscriber(), BAD_HELO, "delivered", "nothing-against"),
    Own("au", Subscriber(), UNPERMITTED, "dropped", "from-not-pass"),
    Own("au", Subscriber(), FORGED_SENDER, "dropped", "mailfrom-not-pass"),
    Own("au", Subscriber(), NO_RECORD, "dropped", "from-not-pass"),
    Own("au", Subscriber(), NO_AUTHOR, "dropped", "from-unclear"),
    Own("au", Subscriber(permit=("example.org",)), UNPERMITTED, "delivered", "permitted"),
    Own("au", ALLOW, UNPERMITTED, "dropped", "from-not-pass"),
    Own("au", ALLOW, FRIEND, "rejected", "not-on-allow-list"),
    Own("au", DENY_DOMAIN, FRIEND, "rejected", "on-deny-list"),
    Own("au", DENY_DOMAIN._replace(allow=("hogefuga.com",)), FRIEND, "delivered", "on-allow-list"),
    Own("au", Subscriber(level="middle"), FORGED_SENDER, "dropped", "mailfrom-forged"),
    Own(
        "au",
        Subscriber(level="middle"),
        NO_RECORD._replace(sender="x@none.spf.example"),
        "delivered",
        "nothing-against",
    ),
    Own("au", Subscriber(level="low"), FORGED_SENDER, "delivered", "nothing-against"),
    Own("au", Subscriber(level="low"), FORGED_PHONE, "dropped", "mobile-forged"),
    Own(
        "au",
        Subscriber(level="low"),
        FRIEND._replace(sender="aoi@ezweb.ne.jp", author="bob@hogefuga.com"),
        "dropped",
        "mobile-forged",
    ),
    Own("au", Subscriber(level="off"), FORGED_PHONE, "delivered", "nothing-against"),
    # SoftBank: spoofing before the lists, and only the rescue list exempts
    Own("softbank", Subscriber(), FRIEND, "delivered", "nothing-against"),
    Own("softbank", Subscriber(), FORGED_SENDER, "delivered", "nothing-against"),
    Own("softbank", Subscriber(), UNPERMITTED, "dropped", "from-not-pass"),
    Own("softbank", Subscriber(), NO_RECORD, "dropped", "from-without-record"),
    Own("softbank", Subscriber(), NO_AUTHOR, "dropped", "from-unclear"),
    Own("softbank", Subscriber(spoofing=False), NO_RECORD, "delivered", "nothing-against"),
    Own("softbank", ALLOW, UNPERMITTED, "dropped", "from-not-pass"),
    Own("softbank", Subscriber(permit=("example.org",)), UNPERMITTED, "delivered", "permitted"),
    Own("softbank", ALLOW, FRIEND, "rejected", "not-on-allow-list"),
    Own("softbank", DENY_DOMAIN, FRIEND, "rejected", "on-deny-list"),
    Own("softbank", DENY_DOMAIN._replace(permit=("hogefuga.com",)), FRIEND, "rejected", "on-deny-list"),
    Own("softbank", DENY_DOMAIN._replace(allow=("hogefuga.com",)), FRIEND, "delivered", "on-allow-list"),
)


@pytest.mark.parametrize(("policy", "subscriber", "mail", "status", "reason"), OWN)
def test_a_carrier_by_its_own_pages(policy: str, subscriber: Subscriber, mail: Sent, status: str, reason: str) -> None:
    host, recipient = BY_NAME[policy]
    world = subscribed(recipient, subscriber, on_host(host, policy, {}, alone=True))
    found = sent(world, host, mail._replace(recipient=recipient))
    assert found.fates == {recipient: status}
    assert found.reasons == {policy: [reason]}


FILTERED = {
    "docomo": "550 Unknown user taro@docomo.ne.jp",
    "au": "550 : User unknown",
    "softbank": "550 Invalid recipient: <ken@softbank.ne.jp>",
}


@pytest.mark.parametrize("policy", FILTERED)
@pytest.mark.parametrize(
    ("setting", "subscriber", "mail"), [("filtered", DENY_DOMAIN, FRIEND), ("spoofed", Subscriber(), UNPERMITTED)]
)
def test_each_carrier_can_refuse_and_can_drop(policy: str, setting: str, subscriber: Subscriber, mail: Sent) -> None:
    host, recipient = BY_NAME[policy]
    replies = {}
    for answer in ("reject", "drop"):
        world = subscribed(recipient, subscriber, on_host(host, policy, {setting: answer}, alone=True))
        found = sent(world, host, mail._replace(recipient=recipient))
        replies[answer] = found.reply
        assert set(found.fates.values()) == {"rejected" if answer == "reject" else "dropped"}
    assert replies["reject"] == FILTERED[policy]
    assert replies["drop"].startswith("250 ")


def test_a_missing_record_may_be_taken_at_softbank() -> None:
    world = on_host(SOFTBANK, "softbank", {"missing": "taken"}, alone=True)
    assert sent(world, SOFTBANK, NO_RECORD._replace(recipient="ken@softbank.ne.jp")).fates == {
        "ken@softbank.ne.jp": "delivered"
    }


TARO, HANAKO, JIRO = "taro@docomo.ne.jp", "hanako@docomo.ne.jp", "jiro@docomo.ne.jp"


def test_a_letter_that_some_get_is_accepted_and_dropped_for_the_others() -> None:
    found = sent(WORLD, DOCOMO, SHOP._replace(recipient=TARO), HANAKO)
    assert found.code == 250
    assert found.fates == {TARO: "dropped", HANAKO: "delivered"}


def test_a_letter_that_nobody_gets_is_refused_with_the_name_of_the_first() -> None:
    found = sent(WORLD, DOCOMO, SHOP._replace(recipient=TARO), JIRO)
    assert found.reply == f"550 Unknown user {TARO}"
    assert found.fates == {TARO: "rejected", JIRO: "rejected"}


def test_postmaster_is_a_recipient_too() -> None:
    """RFC 5321 4.5.1: the mailbox must be there; the rule against spoofing is as for a subscriber with no settings."""
    assert sent(WORLD, DOCOMO, FRIEND._replace(recipient="postmaster@docomo.ne.jp")).code == 250
