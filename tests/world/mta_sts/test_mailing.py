"""The report on TLS as a mail: who sends it, when, to whom, and what real readers find in it (RFC 8460 3, 5)."""

from __future__ import annotations

import gzip
import json
import re
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP
from typing import Any

import dkim
import pytest

from smtpsim.explain import LANGUAGES, words
from smtpsim.kernel.duration import DAY, HOUR
from smtpsim.session.simulation import open_simulation
from smtpsim.views.tls_report import tls_report_page
from smtpsim.world.calendar import moment
from smtpsim.world.load import shipped_world
from smtpsim.world.model import World
from smtpsim.world.mta_sts.mailing import mailboxes
from smtpsim.world.mta_sts.tally import ROLE, planned_reports, tallies
from smtpsim.world.queue import wait
from smtpsim.world.transport import run_queue
from tests.world.conftest import dialogue

WORLD = shipped_world()
CLINIC = "clinic.example"
RECEPTION = f"reception@{CLINIC}"
TO_MIDNIGHT = 15 * HOUR
"""The world's clock begins at 9 o'clock."""


def sent(world: World, *recipients: str) -> World:
    simulation = open_simulation(world).after
    for line in dialogue("webmaster@example.com", recipients or (RECEPTION,), ("Subject: x",)):
        simulation = simulation.say(line).after
    return simulation.world


def wanting(world: World, *rua: str, domain: str = CLINIC) -> World:
    record = f"v=TLSRPTv1; rua={','.join(rua)}".encode()
    return world._replace(zones=world.zones.with_records(f"_smtp._tls.{domain}", "TXT", (record,)))


def reports(world: World, mailbox: str = RECEPTION) -> list[EmailMessage]:
    found = [message_from_bytes(mail.octets, policy=SMTP) for mail in world.mailboxes[mailbox].mails]
    return [one for one in found if isinstance(one, EmailMessage) and one["TLS-Report-Domain"]]


def later(world: World, seconds: int = DAY) -> World:
    return wait(world, seconds, run_queue)


def inside(report: EmailMessage) -> dict[str, Any]:
    _, attached = report.iter_parts()
    assert isinstance(attached, EmailMessage)
    read: dict[str, Any] = json.loads(gzip.decompress(attached.get_content()))
    return read


def test_it_has_the_form_of_the_rfc() -> None:
    after = later(sent(WORLD))
    (report,) = reports(after)
    assert report["TLS-Report-Domain"] == CLINIC
    assert report["TLS-Report-Submitter"] == "smtp.example.com"
    assert (report["From"], report["To"]) == ("postmaster@example.com", RECEPTION)
    subject = r"Report Domain: clinic\.example Submitter: smtp\.example\.com Report-ID: <([^<>@ ]+@[^<>@ ]+)>"
    named = re.fullmatch(subject, report["Subject"])
    assert (report.get_content_type(), report.get_param("report-type")) == ("multipart/report", "tlsrpt")
    text, attached = report.iter_parts()
    assert [text.get_content_type(), attached.get_content_type()] == ["text/plain", "application/tlsrpt+gzip"]
    begin = WORLD.now // DAY * DAY
    assert attached.get_filename() == f"smtp.example.com!{CLINIC}!{begin}!{begin + DAY - 1}.json.gz"
    told = inside(report)
    assert named is not None
    assert told["report-id"] == named[1]
    assert told["date-range"] == {"start-datetime": "2026-04-01T00:00:00Z", "end-datetime": "2026-04-01T23:59:59Z"}


def test_its_signature_covers_its_header() -> None:
    """RFC 8460 3: a report without a valid signature of the sender's domain is ignored; no l= in it."""
    after = later(sent(WORLD))
    octets = next(mail.octets for mail in after.mailboxes[RECEPTION].mails if b"TLS-Report-Domain" in mail.octets)

    def published(name: bytes, timeout: int = 5) -> bytes:
        return b"".join(one for one in after.zones.query(name.decode(), "TXT").records if isinstance(one, bytes))

    assert dkim.verify(octets, dnsfunc=published, tlsrpt=True)
    for field in (b"TLS-Report-Domain: ", b"TLS-Report-Submitter: ", b"Subject: "):
        changed = octets.replace(b"\n" + field, b"\n" + field + b"x")
        assert not dkim.verify(changed, dnsfunc=published, tlsrpt=True)
    assert b" l=" not in octets
    assert not dkim.verify(octets.replace(b"H4sI", b"H4sJ"), dnsfunc=published, tlsrpt=True)


def test_it_comes_some_hours_after_the_day() -> None:
    after = sent(WORLD)
    (due,) = planned_reports(after)
    midnight = after.now + TO_MIDNIGHT
    assert midnight + HOUR <= due <= midnight + 4 * HOUR
    assert reports(later(after, due - after.now - 1)) == []
    assert len(reports(later(after, due - after.now))) == 1


def test_once_a_day_about_all_of_it() -> None:
    after = later(sent(sent(WORLD)))
    assert len(reports(after)) == 1
    after = later(sent(after))
    second, first = map(inside, reports(after))
    counts = [report["policies"][0]["summary"]["total-successful-session-count"] for report in (second, first)]
    assert counts == [1, 2]


def test_a_report_is_not_reported() -> None:
    """RFC 8460 3: the session of a report should not stand in the next one; it would go on for ever."""
    after = later(sent(WORLD), 10 * DAY)
    assert len(reports(after)) == 1
    assert sum(count for _, count in tallies(after)) == 1
    assert not any(planned_reports(after))


@pytest.mark.parametrize(
    ("state", "result"), [("expired", "certificate-expired"), ("untrusted", "certificate-not-trusted")]
)
def test_it_comes_through_where_mail_does_not(state: str, result: str) -> None:
    """RFC 8460 3: reports are delivered despite any trouble with TLS."""
    bad = WORLD.with_host(WORLD.hosts["mx.clinic.example"]._replace(certificate_state=state))
    after = later(sent(bad))
    (report,) = reports(after)
    (policy,) = inside(report)["policies"]
    assert policy["failure-details"][0]["result-type"] == result
    assert {one.role: str(one.status) for one in after.outcomes.values()}[""] == "deferred"
    assert {one.role: str(one.status) for one in after.outcomes.values()}[ROLE] == "delivered"


def test_it_goes_to_all_who_are_named() -> None:
    both = wanting(WORLD, f"mailto:{RECEPTION}", "https://clinic.example/tls", "MAILTO:test%40hogefuga.com?subject=x")
    assert mailboxes(both, CLINIC) == (RECEPTION, "test@hogefuga.com")
    after = later(sent(both))
    assert [len(reports(after, one)) for one in (RECEPTION, "test@hogefuga.com")] == [1, 1]


@pytest.mark.parametrize(
    "rua", ["https://clinic.example/tls", "mailto:", "mailto:a%0d%0ab@clinic.example", "mailto:@x"]
)
def test_what_is_no_mailbox_gets_none(rua: str) -> None:
    after = later(sent(wanting(WORLD, rua)))
    assert [one.role for one in after.outcomes.values()] == [""]
    assert not planned_reports(after)


def test_each_domain_has_its_own() -> None:
    after = later(sent(WORLD, RECEPTION, "reception@trial.clinic.example"))
    assert {report["TLS-Report-Domain"] for report in reports(after)} == {CLINIC, f"trial.{CLINIC}"}


def test_it_follows_from_the_mail_that_was_counted_first() -> None:
    after = later(sent(WORLD))
    report = after.outcomes[2]
    assert (report.role, report.follows, report.status) == (ROLE, 1, "delivered")


def test_a_host_that_cannot_sign_mails_none() -> None:
    """RFC 8460 3: such a report MUST be ignored, so that it is not sent."""
    mute = WORLD.with_host(WORLD.hosts["smtp.example.com"]._replace(signs=()))
    after = later(sent(mute))
    assert reports(after) == []
    shown = [row.value for part in tls_report_page(after, CLINIC, False, words("en")).sections for row in part.rows]
    assert words("en")("tls.report-unsigned", sender="smtp.example.com", domain="example.com") in shown


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_says_when(lang: str) -> None:
    say, before = words(lang), sent(WORLD)
    after = later(before)

    def shown(world: World) -> list[str]:
        return [row.value for part in tls_report_page(world, CLINIC, False, say).sections for row in part.rows]

    assert say("tls.report-mailed") in shown(after)
    assert say("tls.report-mailed") not in shown(before)
    (due,) = planned_reports(before)
    assert say("tls.report-due", time=moment(due, before.now)) in shown(before)
