"""A sending service at work in a small world: envelope senders, suppression, what counts, what comes back."""

from __future__ import annotations

from collections.abc import Callable
from email import message_from_string, policy

import pytest
from flufl.bounce import scan_message

from smtpsim.kernel.dns import MX
from smtpsim.world.complaint import SPAM, complain
from smtpsim.world.model import World
from smtpsim.world.queue import wait
from smtpsim.world.transport import run_queue
from tests.world.sending.small import books_of, fate, mailed, newest, sending_of, sent, tally

Service = Callable[[str], World]

HANAKO, TARO, NOBODY = "hanako@phone.example", "taro@phone.example", "nobody@phone.example"


def fates(world: World, *recipients: str) -> list[tuple[str, str]]:
    return [(fate(world, one).status, fate(world, one).reason) for one in recipients]


def test_the_envelope_sender_is_the_service_s_and_return_path_shows_it(service: Service) -> None:
    simulation = sent(service("shared"), "a", TARO)
    said = [one.client for one in simulation.world.hops[1].said]
    assert said[1:3] == ["EHLO out.ses.example", "MAIL FROM:<0100-gz6xq37n-0@one.ses.example>"]
    assert newest(simulation.world, TARO).startswith("Return-Path: <0100-gz6xq37n-0@one.ses.example>\r\n")
    assert "From: a@a.example\r\n" in newest(simulation.world, TARO)


@pytest.mark.parametrize(
    ("records", "domain"),
    [
        ((MX(10, "ses.example"),), "bounce.b.example"),
        ((), "one.ses.example"),  # not set up
        ((MX(10, "mx.phone.example"),), "one.ses.example"),  # leads elsewhere
        ((MX(10, "ses.example"), MX(20, "mx.phone.example")), "one.ses.example"),  # exactly one is asked for
    ],
)
def test_a_domain_of_the_customer_s_own_counts_once_its_mx_leads_to_the_service(
    service: Service, records: tuple[MX, ...], domain: str
) -> None:
    world = service("shared")
    zones = world.zones.without("bounce.b.example", "")
    world = world._replace(zones=zones.with_records("bounce.b.example", "MX", records) if records else zones)
    assert newest(sent(world, "b", TARO).world, TARO).startswith(f"Return-Path: <0100-gz6xq37n-0@{domain}>\r\n")


@pytest.mark.parametrize(
    ("mode", "for_b", "for_old"),
    [
        # the mission's story: the phone would have taken b's mail, and the service does not send it
        ("shared", ("suppressed", "Permanent/Suppressed: 550 5.7.1 Unknown user"), "suppressed"),
        ("vendor", ("delivered", ""), "suppressed"),
        ("account", ("delivered", ""), "bounced"),
    ],
)
def test_a_refusal_by_an_allow_list_that_looks_like_a_hard_bounce(
    service: Service, mode: str, for_b: tuple[str, str], for_old: str
) -> None:
    world = sent(service(mode), "a", HANAKO).world
    assert fates(world, HANAKO) == [("bounced", "550 5.7.1 Unknown user")]
    assert fate(world, HANAKO).bounce_to == "a@a.example"
    assert fates(sent(world, "b", HANAKO).world, HANAKO) == [for_b]
    assert fate(sent(world, "old", HANAKO).world, HANAKO).status == for_old


@pytest.mark.parametrize(
    ("mode", "reason", "told", "counts"),
    [
        ("shared", "Permanent/Suppressed: 550 5.1.1 <nobody@phone.example> User unknown", True, (2, 2, 0)),
        (
            "vendor",
            "Permanent/OnAccountSuppressionList: 550 5.1.1 <nobody@phone.example> User unknown",
            True,
            (1, 1, 0),
        ),
        ("account", "Dropped/Bounced Address: 550 5.1.1 <nobody@phone.example> User unknown", False, (1, 1, 0)),
    ],
)
def test_a_second_mail_to_who_has_bounced(
    service: Service, mode: str, reason: str, told: bool, counts: tuple[int, int, int]
) -> None:
    world = sent(sent(service(mode), "a", NOBODY).world, "a", NOBODY).world
    assert fates(world, NOBODY) == [("suppressed", reason)]
    assert (fate(world, NOBODY).bounce_to, world.mailboxes["a@a.example"].length) == (
        ("a@a.example", 2) if told else ("", 1)
    )
    assert tally(world, "a") == counts


def test_the_bounce_of_a_suppressed_mail_is_one_that_programs_know(service: Service) -> None:
    world = sent(sent(service("shared"), "a", NOBODY).world, "a", NOBODY, TARO).world
    report = message_from_string(newest(world, "a@a.example"), policy=policy.default)
    assert scan_message(report) == {NOBODY.encode()}
    diagnostic = report.as_string().partition("Diagnostic-Code:")[2]
    assert " ".join(diagnostic.split()).startswith(
        "x-smtpsim; Amazon SES has suppressed sending to this address because it has a recent history of bouncing as an"
        " invalid address."
    )
    assert fates(world, TARO) == [("delivered", "")]


@pytest.mark.parametrize(
    ("recipient", "status", "listed", "counts"),
    [
        (NOBODY, "bounced", True, (1, 1, 0)),  # 5xx at RCPT
        (HANAKO, "bounced", True, (1, 1, 0)),  # 5xx after DATA
        ("x@nowhere.example", "bounced", True, (1, 1, 0)),  # no such domain
        ("gone@forward.example", "relayed", True, (1, 1, 0)),  # a bounce that comes later, from further on
        (TARO, "delivered", False, (1, 0, 0)),
        ("full@phone.example", "bounced", False, (1, 0, 0)),  # given up after days: nothing is wrong with the address
        ("x@silent.example", "deferred", False, (1, 0, 0)),  # a 4xx waits
    ],
)
def test_what_counts_as_a_hard_bounce(
    service: Service, recipient: str, status: str, listed: bool, counts: tuple[int, int, int]
) -> None:
    world = service("shared")
    world = world._replace(zones=world.zones.with_records("silent.example", "A", ("198.51.100.99",)))
    world = sent(world, "a", recipient).world
    if recipient.startswith("full"):
        world = wait(world, 6 * 86400, run_queue)
    assert (recipient in books_of(world).lists.shared, tally(world, "a")) == (listed, counts)
    if status != "relayed":
        assert fate(world, recipient).status == status


def test_a_bounce_from_further_on_goes_through_the_service_to_the_customer(service: Service) -> None:
    world = sent(service("shared"), "a", "gone@forward.example").world
    assert books_of(world).lists.shared["gone@forward.example"].words.startswith("550 5.1.1")
    report = next(one for one in world.outcomes.values() if one.role == "report")
    assert (report.recipient, report.mailbox) == ("0100-gz6xq37n-0@one.ses.example", "a@a.example")
    assert report.way == ("mx.forward.example", "ses.example", "mx.companies.example")


def test_a_bounce_that_names_no_letter_of_the_service_s_is_refused(service: Service) -> None:
    world = service("shared")
    turn = mailed(world, "a", "0100-gz6xq37n-0@one.ses.example")
    assert fate(turn.after.world, "0100-gz6xq37n-0@one.ses.example").status == "rejected"


@pytest.mark.parametrize("label", ["", "+batch7"])
@pytest.mark.parametrize(
    ("who", "status", "reason", "role", "says"),
    [
        ("success", "delivered", "", "", ""),
        ("bounce", "bounced", "550 5.1.1 user unknown", "report", "Diagnostic-Code: smtp; 550 5.1.1 user unknown"),
        ("complaint", "delivered", "", "complaint", "Feedback-Type: abuse"),
        ("ooto", "delivered", "", "reply", "Auto-Submitted: auto-replied"),
        (
            "suppressionlist",
            "suppressed",
            "Permanent/Suppressed: an address of the mailbox simulator",
            "report",
            "5.1.1",
        ),
    ],
)
@pytest.mark.parametrize("mode", ["shared", "vendor"])
def test_the_mailbox_simulator_does_what_its_addresses_say_and_counts_for_nothing(
    service: Service, mode: str, who: str, status: str, reason: str, role: str, says: str, label: str
) -> None:
    address = f"{who}{label}@simulator.example"
    world = sent(service(mode), "a", address).world
    assert fates(world, address) == [(status, reason)]
    assert [one.role for one in world.outcomes.values() if one.role] == ([role] if role else [])
    assert world.mailboxes["a@a.example"].length == bool(role)
    if role:
        assert says in newest(world, "a@a.example")
    assert tally(world, "a") == (0, 0, 0)
    assert not books_of(world).lists.shared
    assert not books_of(world).lists.own


def test_an_automatic_answer_is_not_answered_and_goes_to_return_path(service: Service) -> None:
    world = sent(service("shared"), "a", "ooto@simulator.example").world
    answer = message_from_string(newest(world, "a@a.example"), policy=policy.default)
    assert (answer["To"], answer["Subject"]) == ("0100-gz6xq37n-0@one.ses.example", "Auto: hello")


@pytest.mark.parametrize(("mode", "scope"), [("shared", None), ("vendor", "own"), ("account", "own")])
def test_a_complaint_comes_by_the_feedback_loop(service: Service, mode: str, scope: str | None) -> None:
    world = sent(service(mode), "a", TARO).world
    mailbox = world.mailboxes[TARO]
    world = run_queue(complain(world, mailbox, next(iter(mailbox.mails))))
    assert SPAM in next(iter(world.mailboxes[TARO].mails)).flags
    assert tally(world, "a") == (1, 0, 1)
    report = message_from_string(newest(world, "a@a.example"), policy=policy.default)
    assert report.get_content_type() == "multipart/report"
    assert report["Content-Type"].params["report-type"] == "feedback-report"
    kinds = [part.get_content_type() for part in report.iter_parts()]
    assert kinds == ["text/plain", "message/feedback-report", "message/rfc822"]
    assert (("a", TARO) in books_of(world).lists.own) == (scope == "own")
    assert fate(sent(world, "a", TARO).world, TARO).status == ("suppressed" if scope else "delivered")


def test_regions_keep_books_of_their_own(service: Service) -> None:
    world = sent(service("shared"), "a", NOBODY).world
    host = world.hosts["ses.example"]
    other = host._replace(sending=sending_of(world)._replace(region="two"))
    world = world.with_host(other)
    assert fate(sent(world, "a", NOBODY).world, NOBODY).status == "bounced"
