"""ARC in the world: who seals what, who believes whom, and where the letter ends (RFC 8617 5.1, 7.2)."""

from __future__ import annotations

import pytest

from smtpsim.auth.arc.chain import Chain
from smtpsim.explain import words
from smtpsim.kernel.finding import Finding
from smtpsim.reports.authentication_results import own_results
from smtpsim.session.simulation import Turn
from smtpsim.views.dmarc_report import dmarc_report, report_text
from smtpsim.world.dmarc_memory import seen
from smtpsim.world.model import World
from smtpsim.world.sealing import sealed
from tests.world.authenticating import HOST, JUNK, YUKI, held, lines, login, said, sent

WEBMASTER = "webmaster@example.com"
CIRCLE = "mx.circle.example"
LIST = "walks@circle.example"
FORWARDED = "yuki@circle.example"
UNBELIEVED = f":policy {HOST} arc trusted example.net"
LOGIN = login(WEBMASTER)


def by_webmaster(*recipients: str, before: tuple[str, ...] = (LOGIN,)) -> Turn:
    return sent(WEBMASTER, *recipients, author=WEBMASTER, host="smtp.example.com", before=before)


def arc(world: World, server: str = HOST) -> Finding:
    """What the server found about the one letter that reached it."""
    found = [one for hop in world.hops.values() if hop.server == server for one in hop.findings if one.kind == "arc"]
    return found[-1]


def chain(finding: Finding) -> Chain:
    assert isinstance(finding.trace, Chain)
    return finding.trace


ENDS = {
    # the list changes the subject, so that DKIM fails; what it had found before counts, where it is believed
    "a list that is trusted": (LIST, (LOGIN,), "pass", YUKI),
    "a list that is not": (LIST, (LOGIN, UNBELIEVED), "pass", JUNK),
    "nobody looks": (LIST, (LOGIN, f":policy {HOST} arc off"), "", JUNK),
    "nobody vouched for it before either": (LIST, (":dns set example.com TXT v=spf1 -all",), "pass", JUNK),
    "by SPF alone": (LIST, (), "pass", YUKI),
    "a sealer without its key": (LIST, (LOGIN, ":dns remove c1._domainkey.circle.example"), "none", JUNK),
    # a list that changes subjects and seals nothing
    "a list that does not seal": ("news@example.net", (LOGIN,), "none", JUNK),
    "forwarded": (FORWARDED, (LOGIN,), "pass", YUKI),
}


@pytest.mark.parametrize("name", ENDS)
def test_where_the_letter_ends(name: str) -> None:
    recipient, before, result, mailbox = ENDS[name]
    world = by_webmaster(recipient, before=before).after.world
    assert (arc(world).result if result else "") == result
    others = {YUKI, JUNK} - {mailbox}
    assert ([len(held(world, mailbox))], [len(held(world, other)) for other in others]) == ([1], [0])


def test_the_set_tells_what_the_list_had_found() -> None:
    found = arc(by_webmaster(LIST).after.world)
    assert (found.domain, found.decided_by, found.reason, found.subject) == (
        "circle.example",
        "i=1",
        "valid",
        "198.51.100.178",
    )
    (seal,) = chain(found).seals
    assert (seal.domain, seal.selector, seal.status, seal.results.server) == ("circle.example", "c1", "none", CIRCLE)
    assert {(one.method, one.result) for one in seal.results.results} == {
        ("spf", "pass"),
        ("dkim", "pass"),
        ("dmarc", "pass"),
    }
    assert chain(found).trusted


def test_its_own_people_get_the_letter_as_it_is() -> None:
    world = by_webmaster(LIST, FORWARDED).after.world
    (own,) = held(world, "sara@circle.example")
    assert b"ARC-" not in own
    assert all(b"ARC-Seal: i=1;" in mail for mail in held(world, YUKI))


def with_forwarder_before(turn: Turn) -> Turn:
    """The world where yuki@example.net is forwarded to the list, and sealed on the way."""
    world = turn.after.world
    host = world.hosts["mx.example.net"]
    sealer = host._replace(arc=world.hosts[CIRCLE].arc, aliases={"yuki": (LIST,)})
    return turn._replace(after=turn.after._replace(world=world.with_host(sealer)))


def test_a_second_sealer_goes_on_with_the_chain() -> None:
    turn = with_forwarder_before(by_webmaster("nobody@example.com"))
    after = said(turn, *lines(WEBMASTER, "yuki@example.net", author=WEBMASTER)).after.world
    assert [(seal.instance, seal.status, seal.good) for seal in chain(arc(after)).seals] == [
        (1, "none", True),
        (2, "pass", True),
    ]
    assert chain(arc(after, CIRCLE)).result == "pass"
    (mail,) = held(after, YUKI)
    assert b"arc=pass smtp.remote-ip=198.51.100.40" in mail


def test_a_set_that_came_with_the_letter_is_believed_by_nobody_whom_it_does_not_hold_for() -> None:
    """An attacker writes a chain of his own making."""
    forged = (
        "ARC-Seal: i=1; a=rsa-sha256; cv=none; d=circle.example; s=c1; t=1; b=AAAA",
        "ARC-Message-Signature: i=1; a=rsa-sha256; c=relaxed/relaxed; d=circle.example; s=c1; h=from; bh=AAAA; b=AAAA",
        "ARC-Authentication-Results: i=1; mx.circle.example; dkim=pass header.d=example.com",
    )
    typed = list(lines("x@pass.spf.example", YUKI, author=WEBMASTER))
    turn = sent("x@pass.spf.example", YUKI, author="x@pass.spf.example")
    turn = said(turn, *typed[:3], *forged, *typed[3:])
    (finding,) = (one for one in turn.after.connection.findings if one.kind == "arc")
    assert (finding.result, finding.reason) == ("fail", "body-changed")
    assert len(held(turn.after.world, JUNK)) == 1


def test_a_broken_chain_is_sealed_as_broken_and_then_no_more() -> None:
    world = by_webmaster(LIST).after.world
    host = world.hosts[CIRCLE]
    (mail,) = held(world, YUKI)
    changed = mail.replace(b"Hello", b"Hallo")
    ended = sealed(world, host, changed, changed)
    assert ended.startswith(b"ARC-Seal: i=2; a=rsa-sha256; cv=fail;")
    assert sealed(world, host, ended, ended) == ended


def test_what_is_found_changes_with_the_dns() -> None:
    turn = by_webmaster(LIST)
    (mail,) = held(turn.after.world, YUKI)
    letter = mail.partition(b"\r\nReceived: from mx.circle.example")[2].partition(b"\r\nARC-Seal")
    typed = (b"ARC-Seal" + letter[2]).decode().split("\r\n")[:-1]
    turn = sent("x@pass.spf.example", YUKI, author="x@pass.spf.example")
    turn = said(turn, "MAIL FROM:<x@pass.spf.example>", f"RCPT TO:<{YUKI}>", "DATA", *typed, ".")

    def now(turn: Turn) -> list[str]:
        return [one.reason for one in turn.after.connection.findings if one.kind == "arc"]

    assert now(turn) == ["valid"]
    assert now(said(turn, ":dns remove c1._domainkey.circle.example")) == ["no-key"]


def test_a_report_counts_it_as_delivered() -> None:
    world = by_webmaster(LIST).after.world
    rows = {(row.receiver, row.client_ip): row for row, _ in seen(world, "example.com")}
    row = rows[HOST, "198.51.100.178"]
    assert (row.disposition, row.override, row.dkim) == ("none", "arc=pass as[1].d=circle.example as[1].s=c1", "fail")
    assert rows[CIRCLE, "192.0.2.25"].override == ""
    assert (row.selectors, row.scope) == ("k1", "mfrom")
    written = report_text(world, seen(world, "example.com"), "example.com", HOST)
    assert "<comment>arc=pass as[1].d=circle.example as[1].s=c1</comment>" in written
    told = dmarc_report(world, "example.com", False, words("en"))
    assert "local policy" in " ".join(one.remark for part in told.sections for one in part.rows)


def test_ones_own_users_are_not_judged() -> None:
    turn = sent(YUKI, "mari@bigmail.example", author=YUKI, before=(login(YUKI),))
    assert not [one for one in turn.after.connection.findings if one.kind == "arc"]


OWN = b"Authentication-Results: a.example;\r\n\tspf=pass smtp.mailfrom=x\r\n"


def test_only_what_the_server_wrote_itself_is_its_word() -> None:
    received = b"Received: from b.example\r\n\tby a.example\r\n"
    assert own_results(OWN + received + b"\r\n", "a.example") == "a.example;\r\n\tspf=pass smtp.mailfrom=x"
    assert own_results(received + OWN + b"\r\n", "a.example") == "a.example; none"
    assert own_results(OWN + received + b"\r\n", "b.example") == "b.example; none"
    assert own_results(b"Subject: x\r\n" + OWN + b"\r\n", "a.example") == "a.example; none"
