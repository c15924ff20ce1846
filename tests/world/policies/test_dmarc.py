"""The policies dkim, dmarc and authenticated: a mail, a verdict, a reply, and the folder that it ends in."""

from __future__ import annotations

from typing import NamedTuple

import pytest

from smtpsim.kernel.finding import Finding
from smtpsim.session.simulation import Turn
from smtpsim.world.dmarc_memory import seen
from tests.world.authenticating import HOST, JUNK, YUKI, held, lines, login, results, said, sent

PASS = "x@pass.spf.example"
"""A sender whose own domain vouches for it."""


class Case(NamedTuple):
    """Who sends and who is named as the author; DMARC's result and reason, the reply, where the mail ends."""

    sender: str
    author: str
    result: str
    reason: str
    reply: str
    mailbox: str = ""


CASES = {
    "aligned": Case("x@owner.dmarc.example", "x@owner.dmarc.example", "pass", "aligned", "letter-ok", YUKI),
    "relaxed": Case("x@owner.dmarc.example", "x@shop.owner.dmarc.example", "pass", "aligned", "letter-ok", YUKI),
    "p=none": Case(PASS, "x@owner.dmarc.example", "fail", "unaligned", "letter-ok", YUKI),
    "sp=quarantine": Case(PASS, "x@shop.owner.dmarc.example", "fail", "unaligned", "letter-ok", JUNK),
    "np=reject": Case(PASS, "x@gone.owner.dmarc.example", "fail", "unaligned", "dmarc-reject"),
    "strict": Case("x@bounces.strict.dmarc.example", "x@strict.dmarc.example", "fail", "unaligned", "dmarc-reject"),
    "p=reject; t=y": Case(PASS, "x@testing.dmarc.example", "fail", "unaligned", "letter-ok", JUNK),
    "psd=y": Case("x@two.suffix.dmarc.example", "x@one.suffix.dmarc.example", "fail", "unaligned", "dmarc-reject"),
    "two records": Case(PASS, "x@two-records.dmarc.example", "none", "no-record", "letter-ok", YUKI),
    "mistakes in the record": Case(PASS, "x@mistakes.dmarc.example", "fail", "unaligned", "letter-ok", JUNK),
    "reports only": Case(PASS, "x@reports.dmarc.example", "fail", "unaligned", "letter-ok", YUKI),
    "no record": Case(PASS, "x@pass.spf.example", "none", "no-record", "letter-ok", YUKI),
    "two authors": Case(PASS, "x@amazon.co.jp, y@example.com", "none", "several-authors", "letter-ok", YUKI),
    "no author": Case(PASS, "undisclosed", "none", "no-author", "letter-ok", YUKI),
    "a forged author": Case(PASS, "order-update@amazon.co.jp", "fail", "unaligned", "dmarc-reject"),
    "a forged sender": Case("x@amazon.co.jp", "order-update@amazon.co.jp", "fail", "no-pass", "dmarc-reject"),
    "nobody vouches": Case("x@none.spf.example", "x@none.spf.example", "none", "no-record", "unauthenticated"),
    "SPF fails": Case("x@fail.spf.example", "x@fail.spf.example", "none", "no-record", "unauthenticated"),
    "the null sender": Case("", "x@cgi.example.com", "pass", "aligned", "letter-ok", YUKI),
}


def dmarc(turn: Turn) -> Finding:
    (finding,) = (finding for finding in turn.after.connection.findings if finding.kind == "dmarc")
    return finding


@pytest.mark.parametrize("name", CASES)
def test_a_mail_ends_where_its_authors_domain_wants_it(name: str) -> None:
    case = CASES[name]
    turn = sent(case.sender, YUKI, author=case.author)
    assert turn.reply is not None
    assert (dmarc(turn).result, dmarc(turn).reason, turn.reply.key) == (case.result, case.reason, case.reply)
    (outcome,) = turn.after.world.outcomes.values()
    assert outcome.mailbox == case.mailbox
    assert outcome.status == ("delivered" if case.mailbox else "rejected")


def test_a_refusal_names_the_domain() -> None:
    reply = sent(PASS, YUKI, author="order-update@amazon.co.jp").reply
    assert reply is not None
    assert reply.wire() == (
        "550 5.7.26 Unauthenticated email from amazon.co.jp is not accepted due to the domain's DMARC policy\r\n"
    )


def test_the_refusal_of_unauthenticated_mail_tells_what_failed() -> None:
    reply = sent("x@none.spf.example", YUKI, author="x@none.spf.example").reply
    assert reply is not None
    assert [line[:6] for line in reply.lines] == ["5.7.26"] * 3
    assert reply.lines[2] == "5.7.26 SPF [none.spf.example] with ip [192.0.2.10] = none, DKIM = none"


def test_marking_alone_changes_nothing() -> None:
    turn = sent(PASS, YUKI, author="order-update@amazon.co.jp", before=(f":policy {HOST} dmarc fail mark",))
    assert (turn.reply and turn.reply.code, dmarc(turn).result) == (250, "fail")
    assert len(held(turn.after.world, YUKI)) == 1


BROKEN = ":dns fail _dmarc.amazon.co.jp servfail"


@pytest.mark.parametrize(("setting", "reply"), [("mark", "letter-ok"), ("reject", "dmarc-temperror")])
def test_where_the_dns_fails_the_receiver_decides(setting: str, reply: str) -> None:
    before = (BROKEN, f":policy {HOST} dmarc temperror {setting}")
    turn = sent(PASS, YUKI, author="order-update@amazon.co.jp", before=before)
    assert (turn.reply and turn.reply.key, dmarc(turn).result) == (reply, "temperror")


def test_ones_own_users_are_not_judged() -> None:
    turn = sent(YUKI, "mari@bigmail.example", author=YUKI, before=(login(YUKI),))
    assert turn.reply is not None
    assert turn.reply.code == 250
    assert {finding.kind for finding in turn.after.connection.findings} == {"spf"}
    assert b"DKIM-Signature: v=1;" in held(turn.after.world, "mari@bigmail.example")[0]


def test_the_verdict_is_another_one_when_the_dns_changes() -> None:
    turn = sent(PASS, YUKI, author="order-update@amazon.co.jp")
    changed = said(turn, ":dns set _dmarc.amazon.co.jp TXT v=DMARC1; p=none")
    assert dmarc(changed).decided_by == "v=DMARC1; p=none"
    assert dmarc(said(turn, ":dns remove _dmarc.amazon.co.jp")).result == "none"


def test_and_when_spf_does() -> None:
    turn = sent("x@amazon.co.jp", YUKI, author="x@amazon.co.jp")
    assert dmarc(said(turn, ":ip 198.51.100.80")).result == "pass"


def test_a_new_mail_begins_anew() -> None:
    turn = sent(PASS, YUKI, author="order-update@amazon.co.jp")
    begun = said(turn, f"MAIL FROM:<{PASS}>")
    assert {finding.kind for finding in begun.after.connection.findings} == {"spf"}


def bulk(setting: str) -> Turn:
    """The second mail of a domain whose SPF fails and whose DKIM passes, where one a day is much."""
    settings = (f":policy {HOST} authenticated bulk 1", f":policy {HOST} authenticated bulk-spf {setting}")
    before = (*settings, login("webmaster@example.com"))
    turn = sent(
        "webmaster@example.com",
        "yuki@example.net",
        author="webmaster@example.com",
        host="smtp.example.com",
        before=before,
    )
    return said(turn, *lines("webmaster@example.com", "yuki@example.net", author="webmaster@example.com"))


@pytest.mark.parametrize(
    ("setting", "status", "code"), [("defer", "deferred", "421 4.7.27"), ("reject", "bounced", "550-5.7.27")]
)
def test_who_sends_much_needs_spf(setting: str, status: str, code: str) -> None:
    world = bulk(setting).after.world
    first, second = (world.outcomes[number] for number in (1, 2))
    assert sorted((first.status, second.status)) == sorted(("delivered", status))
    replies = [each.server for hop in world.hops.values() for each in hop.said if each.client == "."]
    assert any(reply.startswith(code.replace(" ", "-")) for reply in replies)


def test_what_is_remembered_is_what_a_report_counts() -> None:
    turn = sent(PASS, YUKI, author="order-update@amazon.co.jp")
    turn = said(turn, *lines(PASS, YUKI, author="order-update@amazon.co.jp"), ":wait 4m")
    turn = said(turn, *lines(PASS, YUKI, author="x@testing.dmarc.example"))
    (row, count), (other, _) = seen(turn.after.world)
    assert (row.domain, row.client_ip, row.disposition, row.spf, row.dkim) == (
        "amazon.co.jp",
        "192.0.2.10",
        "reject",
        "fail",
        "fail",
    )
    assert (row.sent_as, row.signed_by, count.letters) == ("pass.spf.example pass", "", 2)
    assert (other.domain, other.disposition) == ("testing.dmarc.example", "quarantine")
    assert seen(turn.after.world, "nosuch.example") == ()


def test_the_header_tells_all_methods_once() -> None:
    turn = sent(PASS, YUKI, author="x@testing.dmarc.example")
    header = held(turn.after.world, JUNK)[0].decode()
    assert header.count("Authentication-Results:") == 1
    assert header.partition("Received-SPF")[0] == (
        "Return-Path: <x@pass.spf.example>\r\n"
        "Authentication-Results: mx.bigmail.example;\r\n"
        "\tspf=pass smtp.helo=cgi.example.com;\r\n"
        "\tspf=pass smtp.mailfrom=x@pass.spf.example;\r\n"
        "\tdkim=none;\r\n"
        "\tdmarc=fail header.from=testing.dmarc.example polrec.p=reject\r\n"
    )


def test_a_policy_that_writes_no_trace_is_not_in_it() -> None:
    before = (f":policy {HOST} dkim trace omit", f":policy {HOST} dmarc trace omit")
    turn = sent(PASS, YUKI, author="x@pass.spf.example", before=before)
    header = held(turn.after.world, YUKI)[0]
    assert b"dkim=" not in header
    assert b"spf=pass" in header


def test_results() -> None:
    turn = sent(PASS, YUKI, author="x@pass.spf.example")
    assert results(turn.after)["dkim", ""] == "none"
