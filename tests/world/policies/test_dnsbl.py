"""The policy `dnsbl`: who is refused, when, and in which words."""

from __future__ import annotations

import pytest

from smtpsim.kernel.dns import Status
from smtpsim.world.dnsbl import ZEN, list_name
from smtpsim.world.model import World
from tests.world.policies.dialogues import CLIENT, HOST, SHIPPED, connected, found, mailing, say, with_policies

RCPT = "RCPT TO:<bob@hogefuga.com>"
OTHER = "bl.example"


def answering(*codes: str, zone: str = ZEN, world: World = SHIPPED) -> World:
    return world._replace(zones=world.zones.with_records(list_name(CLIENT, zone), "A", codes))


def failing(status: Status) -> World:
    return SHIPPED._replace(zones=SHIPPED.zones.with_failure(list_name(CLIENT, ZEN), status))


CASES = (
    (SHIPPED, 250, "not-listed"),
    (answering("127.0.0.2"), 554, "listed"),
    (answering("127.0.0.10"), 554, "listed"),
    (answering("127.255.255.252"), 250, "error"),
    (answering("127.255.255.254"), 250, "error"),
    (answering("127.255.255.255"), 250, "error"),
    (answering("127.255.255.254", "127.0.0.4"), 554, "listed"),
    (failing(Status.SERVFAIL), 250, "temperror"),
    (failing(Status.TIMEOUT), 250, "temperror"),
)


@pytest.mark.parametrize(("world", "code", "result"), CASES)
def test_listed_is_refused_at_rcpt_and_nothing_else_is(world: World, code: int, result: str) -> None:
    said = say(mailing(with_policies(("dnsbl", {}), world=world)), RCPT)
    assert said.codes == (code,)
    assert found(said.after, "dnsbl") == (result,)


def test_the_reply_names_address_and_list_and_gives_the_list_s_words() -> None:
    text = b"https://check.spamhaus.org/query/ip/" + CLIENT.encode()
    zones = answering("127.0.0.2").zones.with_record(list_name(CLIENT, ZEN), "TXT", text)
    reply = mailing(with_policies(("dnsbl", {}), world=SHIPPED._replace(zones=zones))).say(RCPT).reply
    assert reply is not None
    assert reply.lines == (f"5.7.1 Service unavailable; Client host [{CLIENT}] blocked using {ZEN}; {text.decode()}",)


def test_without_words_of_the_list_the_reply_ends_with_its_name() -> None:
    reply = mailing(with_policies(("dnsbl", {}), world=answering("127.0.0.2"))).say(RCPT).reply
    assert reply is not None
    assert reply.lines[0].endswith(f"blocked using {ZEN}")


def test_a_provider_can_say_it_with_553() -> None:
    reply = mailing(with_policies(("dnsbl", {"reply": "553"}), world=answering("127.0.0.2"))).say(RCPT).reply
    assert reply is not None
    assert (reply.code, reply.lines[0].split()[:2]) == (553, ["5.7.1", "[BL21]"])


@pytest.mark.parametrize(("at", "greeting"), [("connect", 554), ("rcpt", 220)])
def test_a_host_can_turn_the_client_away_in_its_greeting(at: str, greeting: int) -> None:
    said = connected(with_policies(("dnsbl", {"at": at}), world=answering("127.0.0.2")))
    assert said.codes == (greeting,)
    assert found(said.after, "dnsbl") == ("listed",)


def test_several_lists_are_asked_and_the_first_that_has_the_address_is_named() -> None:
    world = answering("127.0.0.3", zone=OTHER, world=answering("127.255.255.254"))
    said = say(mailing(with_policies(("dnsbl", {"lists": (ZEN, OTHER)}), world=world)), RCPT)
    assert said.codes == (554,)
    assert found(said.after, "dnsbl") == ("error", "listed")


def test_own_machines_and_people_who_logged_in_are_not_looked_for() -> None:
    world = with_policies(("dnsbl", {}), world=answering("127.0.0.2"))
    host = world.hosts[HOST]._replace(relay_for=(f"{CLIENT}/32",))
    said = say(mailing(world.with_host(host)), RCPT)
    assert (said.codes, found(said.after, "dnsbl")) == ((250,), ())
    simulation = mailing(world)
    known = simulation._replace(
        connection=simulation.connection._replace(state=simulation.connection.state._replace(user="ann"))
    )
    assert say(known, RCPT).codes == (250,)


def test_many_recipients_leave_one_finding() -> None:
    said = say(mailing(with_policies(("dnsbl", {}), world=answering("127.0.0.2"))), *[RCPT] * 9)
    assert found(said.after, "dnsbl") == ("listed",)


def test_another_address_is_asked_for_at_once() -> None:
    said = say(connected(with_policies(("dnsbl", {}))).after, ":ip 203.0.113.66")
    assert found(said.after, "dnsbl") == ("listed",)
    assert found(say(said.after, ":ip 2001:db8:bad::7").after, "dnsbl") == ("listed",)
    assert found(say(said.after, f":ip {CLIENT}").after, "dnsbl") == ("not-listed",)


@pytest.mark.parametrize("postmaster", ["postmaster", "Postmaster@hogefuga.com"])
def test_who_is_listed_can_still_write_to_the_postmaster(postmaster: str) -> None:
    """RFC 5321 4.5.1: mail to the postmaster is to be taken, so that mistakes can be told of."""
    said = say(mailing(with_policies(("dnsbl", {}), world=answering("127.0.0.2"))), f"RCPT TO:<{postmaster}>", RCPT)
    assert said.codes == (250, 554)
    assert found(said.after, "dnsbl") == ("listed",)
