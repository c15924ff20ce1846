"""A relay that heeds MTA-STS refuses a downgrade, keeps a policy by its own clock, and counts for reports (RFC 8461 5,
RFC 8460)."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from smtpsim.explain import LANGUAGES, words
from smtpsim.kernel.dns import MX, Status
from smtpsim.kernel.duration import DAY, HOUR, MINUTE
from smtpsim.protocol.smtp.offer import service
from smtpsim.reports.tls_report import tls_report
from smtpsim.session.simulation import Simulation, open_simulation
from smtpsim.views.hop import hop
from smtpsim.views.tls_report import tls_report_page
from smtpsim.world.load import shipped_world
from smtpsim.world.model import DeliveryStatus, Host, World
from smtpsim.world.mta_sts.guard import CERTIFICATES, RESULTS
from smtpsim.world.mta_sts.tally import tallies
from smtpsim.world.queue import LIFETIME, wait
from smtpsim.world.transport import run_queue
from tests.world.conftest import dialogue

Build = Callable[..., World]

ZONE = """\
$ORIGIN test.
start    A   192.0.2.25
         MX  10 start
there    MX  10 mx
         MX  20 mx2
mx       A   192.0.2.1
mx2      A   192.0.2.2
_mta-sts.there   TXT "v=STSv1; id=1;"
mta-sts.there    A   192.0.2.9
_smtp._tls.there TXT "v=TLSRPTv1; rua=mailto:tls@there.test"
"""

START = 'addresses = ["192.0.2.25"]\ndomains = ["start.test"]\nmta-sts = true\n[mailboxes]\nann = "Ann"\n'
MXS = 'addresses = ["192.0.2.1"]\ndomains = ["there.test"]\nextensions = ["starttls"]\n[mailboxes]\nbob = "Bob"\n'
BOB = "bob@there.test"
POLICY = "version: STSv1\nmode: {mode}\nmx: {mx}\nmax_age: 86400\n"


@pytest.fixture
def world(build: Build) -> World:
    return build({"start.test": START, "mx.test": MXS}, ZONE)


def publishing(world: World, mode: str = "enforce", mx: str = "*.test", text: str = "") -> World:
    return world._replace(sts_policies={"there.test": text or POLICY.format(mode=mode, mx=mx)})


def server(world: World, state: str = "valid", names: tuple[str, ...] = ()) -> World:
    """The world where the mail exchanger has another certificate."""
    return world.with_host(world.hosts["mx.test"]._replace(certificate=names, certificate_state=state))


def without_starttls(host: Host) -> Host:
    return host._replace(service=service(host.name, (), host.service.limits, (), {}))


def sent(world: World, *recipients: str, sender: str = "ann@start.test") -> World:
    simulation: Simulation = open_simulation(world).after
    for line in dialogue(sender, recipients or (BOB,), ("Subject: x",)):
        simulation = simulation.say(line).after
    return simulation.world


def counted(world: World) -> dict[tuple[str, str], int]:
    """What was counted, by result and mail exchanger."""
    return {(each.result, each.mx): count for each, count in tallies(world, "there.test")}


def status(world: World, number: int = 1) -> str:
    return world.outcomes[number].status


def test_a_host_that_fits_gets_the_mail(world: World) -> None:
    after = sent(publishing(world))
    assert status(after) == "delivered"
    assert counted(after) == {("", "mx.test"): 1}
    assert "STARTTLS" in [said.client for said in after.hops[1].said]


DOWNGRADES: dict[str, tuple[Callable[[World], World], str, str, str]] = {
    # what the host is like, the result, the code that a bounce would begin with, what is said
    "no STARTTLS": (
        lambda world: world.with_host(without_starttls(world.hosts["mx.test"])),
        "starttls-not-supported",
        "mx.test",
        "mx.test does not offer STARTTLS, which the MTA-STS policy of there.test asks for",
    ),
    "a certificate for another name": (
        lambda world: server(world, names=("www.test",)),
        "certificate-host-mismatch",
        "mx.test",
        "The certificate of mx.test is for another name",
    ),
    "an expired certificate": (
        lambda world: server(world, "expired"),
        "certificate-expired",
        "mx.test",
        "The certificate of mx.test has expired",
    ),
    "a certificate of one's own": (
        lambda world: server(world, "untrusted"),
        "certificate-not-trusted",
        "mx.test",
        "The certificate of mx.test is signed by nobody who is trusted",
    ),
    "a host that the policy does not name": (
        lambda world: world._replace(zones=world.zones.with_records("there.test", "MX", (MX(10, "mx.evil.example"),))),
        "validation-failure",
        "mx.evil.example",
        "The MTA-STS policy of there.test does not name mx.evil.example as a mail exchanger",
    ),
}


def evil(world: World) -> World:
    """The world with a host that waits for the mail of others."""
    host = world.hosts["mx.test"]._replace(name="mx.evil.example", addresses=("192.0.2.66",))
    zones = world.zones.with_records("mx.evil.example", "A", ("192.0.2.66",))
    return world._replace(zones=zones).with_host(host)


@pytest.mark.parametrize("name", DOWNGRADES)
def test_a_downgrade_is_refused_where_the_policy_is_enforced(world: World, name: str) -> None:
    change, result, mx, told = DOWNGRADES[name]
    after = sent(change(evil(publishing(world, mx="mx.test"))))
    assert status(after) == DeliveryStatus.DEFERRED
    assert after.outcomes[1].reason.startswith(told)
    assert (result, mx) in counted(after)
    assert not any(mailbox.length for mailbox in after.mailboxes.values())
    over = wait(after, LIFETIME + HOUR, run_queue)
    assert status(over) == DeliveryStatus.BOUNCED
    report = next(iter(over.mailboxes["ann@start.test"].mails)).octets
    assert b"Status: 4.4.7\r\n" in report
    assert told.split()[-1].encode() in report or b"MTA-STS" in report


@pytest.mark.parametrize("name", DOWNGRADES)
def test_and_only_reported_where_it_is_tried_out(world: World, name: str) -> None:
    change, result, mx, _ = DOWNGRADES[name]
    after = sent(change(evil(publishing(world, "testing", "mx.test"))))
    assert status(after) == "delivered"
    assert counted(after) == {(result, mx): 1}


@pytest.mark.parametrize("name", DOWNGRADES)
@pytest.mark.parametrize("policy", [{"mode": "none"}, {"text": "x"}])
def test_without_a_policy_to_go_by_it_is_delivered(world: World, policy: dict[str, str], name: str) -> None:
    assert status(sent(DOWNGRADES[name][0](evil(publishing(world, **policy))))) == "delivered"


def test_a_relay_without_the_setting_does_not_ask(world: World) -> None:
    careless = world.with_host(world.hosts["start.test"]._replace(mta_sts=False))
    after = sent(server(publishing(careless), "expired"))
    assert (status(after), counted(after), after.hops[1].secured) == ("delivered", {}, None)


def test_it_encrypts_for_a_policy_even_where_it_never_does(world: World) -> None:
    plain = world.with_host(world.hosts["start.test"]._replace(tls="none"))
    assert status(sent(publishing(plain))) == "delivered"
    assert "STARTTLS" in [said.client for said in sent(publishing(plain)).hops[1].said]
    assert "STARTTLS" not in [said.client for said in sent(plain).hops[1].said]
    assert counted(sent(plain._replace(zones=plain.zones.without("_mta-sts.there.test", "TXT")))) == {}


def test_the_next_host_is_tried(world: World) -> None:
    """One that fits takes the mail for one that does not."""
    second = world.hosts["mx.test"]._replace(name="mx2.test", addresses=("192.0.2.2",))
    after = sent(server(publishing(world.with_host(second)), "expired"))
    assert status(after) == "delivered"
    assert counted(after) == {("certificate-expired", "mx.test"): 1, ("", "mx2.test"): 1}
    barred = sent(publishing(world.with_host(second), mx="mx2.test"))
    assert [one.server for one in barred.hops.values()] == ["mx2.test"]


# ---------------------------------------------------------------- the policy that is kept


def hidden(world: World) -> World:
    return world._replace(zones=world.zones.without("_mta-sts.there.test", "TXT"))


def downgraded(world: World) -> World:
    return server(world, "expired")


def test_a_policy_is_kept_when_its_record_is_hidden(world: World) -> None:
    after = sent(hidden(downgraded(sent(publishing(world)))))
    assert [status(after, number) for number in (1, 2)] == ["delivered", "deferred"]


@pytest.mark.parametrize("failure", [Status.SERVFAIL, Status.TIMEOUT])
def test_and_when_the_dns_fails(world: World, failure: Status) -> None:
    first = downgraded(sent(publishing(world)))
    after = sent(first._replace(zones=first.zones.with_failure("_mta-sts.there.test", failure)))
    assert status(after, 2) == "deferred"


def test_but_no_longer_than_it_says(world: World) -> None:
    first = wait(hidden(sent(publishing(world))), DAY, run_queue)
    assert status(sent(downgraded(first)), 2) == "delivered"
    early = wait(hidden(sent(publishing(world))), DAY - MINUTE, run_queue)
    assert status(sent(downgraded(early)), 2) == "deferred"


def test_a_new_id_tells_of_a_new_policy(world: World) -> None:
    first = publishing(downgraded(sent(publishing(world))), "none")
    assert status(sent(first), 2) == "deferred"
    told = first._replace(zones=first.zones.with_records("_mta-sts.there.test", "TXT", (b"v=STSv1; id=2",)))
    assert status(sent(told), 2) == "delivered"


@pytest.mark.parametrize("text", ["", "not a policy"])
def test_where_the_new_one_is_not_to_be_had_the_old_one_holds(world: World, text: str) -> None:
    first = downgraded(sent(publishing(world)))
    told = first._replace(
        zones=first.zones.with_records("_mta-sts.there.test", "TXT", (b"v=STSv1; id=2",)),
        sts_policies={"there.test": text} if text else {},
    )
    assert status(sent(told), 2) == "deferred"


TROUBLES = {
    "sts-policy-fetch-error": lambda world: publishing(world)._replace(
        zones=world.zones.without("mta-sts.there.test", "A")
    ),
    "sts-policy-invalid": lambda world: publishing(world, text="mode: enforce"),
}


@pytest.mark.parametrize("result", TROUBLES)
def test_a_policy_that_is_not_to_be_had_is_reported(world: World, result: str) -> None:
    after = sent(TROUBLES[result](world))
    assert status(after) == "delivered"
    assert counted(after) == {(result, "mx.test"): 1}
    page = hop(after.hops[1], after, words("en"))
    assert any(words("en")(f"tls.result-{result}") in row.remark for part in page.sections for row in part.rows)


def test_domains_with_the_same_hosts_are_told_apart(world: World) -> None:
    """One may ask for what the other does not."""
    host = world.hosts["mx.test"]
    both = host._replace(domains=frozenset({"there.test", "other.test"}), certificate_state="expired")
    zones = world.zones
    for record in (MX(10, "mx.test"), MX(20, "mx2.test")):
        zones = zones.with_record("other.test", "MX", record)
    after = sent(publishing(world._replace(zones=zones).with_host(both)), BOB, "postmaster@other.test")
    assert status(after) == "deferred"
    assert after.outcomes[2].host != "start.test"


SHIPPED = {
    "reception@clinic.example": ("delivered", ""),
    "reception@trial.clinic.example": ("delivered", "validation-failure"),
    "x@branch.clinic.example": ("deferred", "starttls-not-supported"),
    "x@lapsed.clinic.example": ("deferred", "certificate-expired"),
}


@pytest.mark.parametrize("recipient", SHIPPED)
def test_the_shipped_clinic(recipient: str) -> None:
    after = sent(shipped_world(), recipient, sender="webmaster@example.com")
    (counts,) = tallies(after)
    assert (status(after), counts[0].result) == SHIPPED[recipient]


# ---------------------------------------------------------------- reports


def test_a_day_is_a_report(world: World) -> None:
    after = sent(publishing(world))
    after = wait(after, DAY, run_queue)
    after = sent(sent(server(after, "expired")))
    days: dict[str, list[tuple[object, int]]] = {}
    for each, count in tallies(after):
        days.setdefault(each.day, []).append((each, count))
    first, second = (tls_report(counts, "postmaster@start.test") for counts in days.values())  # type: ignore[arg-type]
    assert first["date-range"] == {
        "start-datetime": "2026-04-01T00:00:00Z",
        "end-datetime": "2026-04-01T23:59:59Z",
    }
    (policy,) = second["policies"]
    assert policy["policy"] == {
        "policy-type": "sts",
        "policy-domain": "there.test",
        "policy-string": ["version: STSv1", "mode: enforce", "mx: *.test", "max_age: 86400"],
        "mx-host": ["*.test"],
    }
    assert policy["summary"] == {"total-successful-session-count": 0, "total-failure-session-count": 2}
    assert policy["failure-details"] == [
        {
            "result-type": "certificate-expired",
            "sending-mta-ip": "192.0.2.25",
            "receiving-mx-hostname": "mx.test",
            "receiving-ip": "192.0.2.1",
            "failed-session-count": 2,
        }
    ]


def test_without_a_policy_the_report_says_so(world: World) -> None:
    after = sent(hidden(world))
    (policy,) = tls_report(tallies(after), "x")["policies"]
    assert policy["policy"] == {"policy-type": "no-policy-found", "policy-domain": "there.test"}
    assert policy["summary"]["total-successful-session-count"] == 1
    plain = hidden(world).with_host(without_starttls(world.hosts["mx.test"]))
    (policy,) = tls_report(tallies(sent(plain)), "x")["policies"]
    assert policy["failure-details"][0]["result-type"] == "starttls-not-supported"


def test_who_wants_no_report_is_not_counted(world: World) -> None:
    silent = world._replace(zones=world.zones.without("_smtp._tls.there.test", "TXT"))
    assert tallies(sent(publishing(silent))) == ()


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", DOWNGRADES)
def test_the_pages_tell_it_in_words(world: World, lang: str, name: str) -> None:
    change, result, mx, _ = DOWNGRADES[name]
    for mode in ("enforce", "testing"):
        after, say = sent(change(evil(publishing(world, mode, "mx.test")))), words(lang)
        shown = tls_report_page(after, "there.test", False, say)
        assert any(mx in row.value and say(f"tls.result-{result}") in row.remark for row in shown.sections[0].rows)
        for one in after.hops.values():
            told = " ".join(f"{row.value} {row.remark}" for part in hop(one, after, say).sections for row in part.rows)
            assert say("tls.only-reported" if mode == "testing" else "tls.refused") in told


def test_the_report_is_shown_as_it_is(world: World) -> None:
    after = sent(publishing(world))
    shown = tls_report_page(after, "there.test", True, words("en"))
    text = "\n".join(row.value for part in shown.sections for row in part.rows)
    assert json.loads(text) == tls_report(tallies(after), "postmaster@start.test")


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("domain", ["there.test", ""])
def test_without_any_the_page_says_so(world: World, lang: str, domain: str) -> None:
    shown = tls_report_page(world, domain, False, words(lang))
    assert shown.sections[0].rows[0].value


def test_every_result_has_words() -> None:
    said = {key.removeprefix("result-") for key in words("en").section("tls") if key.startswith("result-")}
    assert said == set(RESULTS)
    assert set(CERTIFICATES.values()) - {""} < said
