"""What lists and counts say, in the panel and on the page of :rbl."""

from __future__ import annotations

import pytest

from smtpsim.explain import LANGUAGES, words
from smtpsim.kernel.finding import Finding
from smtpsim.kernel.ref import Ref
from smtpsim.session.simulation import open_simulation
from smtpsim.views.explanation import explanation
from smtpsim.views.hop import hop
from smtpsim.views.panel_section import Seen
from smtpsim.views.row import Mark
from smtpsim.views.sections.lists import list_rows, section
from smtpsim.views.sections.rbl import page_of
from smtpsim.world.dnsbl import ERRORS, ZEN_CODES
from smtpsim.world.load import shipped_world
from tests.views.conftest import Said, Shown, section_of

BIG = "mx.bigpost.example"
REF = Ref(5321, "7.9")


def finding(kind: str, result: str, reason: str, decided_by: str = "1/2") -> Finding:
    return Finding(kind, "client", "bob@x.example", "zone.example", result, decided_by, reason, REF)


FINDINGS = (
    *(finding("dnsbl", "listed", reason) for reason in sorted({*ZEN_CODES.values(), "listed"})),
    finding("dnsbl", "not-listed", "not-listed", ""),
    *(finding("dnsbl", "error", reason) for reason in sorted({*ERRORS.values(), "error-code"})),
    *(finding("dnsbl", "temperror", reason, "") for reason in ("servfail", "timeout")),
    *(finding("own_list", "tolerated", reason) for reason in ("few", "tolerated")),
    *(finding("own_list", reason, reason) for reason in ("deferred", "refused")),
    *(
        finding("rate", result, what)
        for result in ("within", "over")
        for what in ("connections", "mails", "recipients")
    ),
    *(finding("trap", phase, phase) for phase in ("bouncing", "watched")),
    *(finding("greylist", result, result, "300") for result in ("new", "early", "passed", "known")),
)
"""Every finding that there can be."""


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("finding", FINDINGS, ids=lambda finding: f"{finding.kind}-{finding.result}-{finding.reason}")
def test_every_finding_has_words(lang: str, finding: Finding) -> None:
    (row,) = list_rows((finding,), words(lang))
    assert row.label
    assert row.value
    assert row.mark is not Mark.NONE


def test_a_host_without_such_policies_has_no_such_section() -> None:
    assert section(Seen(open_simulation(shipped_world()).after), words("en")) is None


def test_before_anything_is_looked_up(said: Said) -> None:
    (row,) = section_of(said("EHLO a", host="mx.patient.example"), "lists").rows
    assert row.value == words("en")("lists.not-yet")


def test_the_section_begins_with_what_is_known_of_the_client(shown: Shown) -> None:
    rows = shown("lists", "EHLO a", client_ip="203.0.113.66", host=BIG)
    assert list(rows) == ["dnsbl-zen.spamhaus.org", "own-list"]
    assert rows["dnsbl-zen.spamhaus.org"].mark is Mark.BAD
    assert "XBL" in rows["dnsbl-zen.spamhaus.org"].value


def test_the_digest_is_the_most_serious(said: Said) -> None:
    found = section_of(said("EHLO a", client_ip="203.0.113.66", host=BIG), "lists")
    assert (found.digest.mark, found.digest.label) == (Mark.BAD, "Lists and limits")
    assert "listed, 127.0.0.4" in found.digest.value


def test_a_change_is_marked_in_the_panel_with_the_lists_above_it(said: Said) -> None:
    timeline = said("EHLO a", ":rbl add 2d", host=BIG)
    beside, lists = section_of(timeline, "rbl"), section_of(timeline, "lists")
    assert next(row for row in lists.rows if row.key.startswith("dnsbl")).changed
    texts = [row.value for row in beside.rows]
    assert any("since 2026-04-01 09:00:00" in text and "until 2026-04-03 09:00:00" in text for text in texts)


def test_spf_is_not_spoken_of_where_none_was_asked(said: Said) -> None:
    timeline = said("EHLO a", ":rbl add", host=BIG)
    told = explanation(timeline.now, timeline.turn(timeline.position - 1), words("en"))
    assert not told.remarks


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("address", ["203.0.113.66", "203.0.113.200", "127.0.0.2", "2001:db8:bad::1", "192.0.2.10"])
def test_the_page_tells_of_every_address(lang: str, address: str) -> None:
    (only,) = page_of(shipped_world(), address, words(lang)).sections
    assert only.rows[0].label == "zen.spamhaus.org"
    assert (only.rows[0].mark is Mark.GOOD) == (address == "192.0.2.10")
    assert (only.rows[-1].mark is Mark.NOTE) == (address != "192.0.2.10")


def test_the_page_tells_of_traps_and_of_hosts_with_a_list_of_their_own(said: Said) -> None:
    trap = "RCPT TO:<tanaka2@bigpost.example>"
    letter = ("MAIL FROM:<a@b.example>", trap, "DATA", "Subject: x", "", ".")
    back = (":wait 4d", ":connect", "EHLO a")
    world = said("EHLO a", *letter, *back, *letter, *back, *letter, host=BIG).now.after.world
    (only,) = page_of(world, "192.0.2.10", words("en")).sections
    text = "\n".join(f"{row.label} {row.value}" for row in only.rows)
    for part in (
        "127.0.0.2 since 2026-04-09",
        "for mail to spam traps",
        "until 2026-05-09",
        "traps: 3",
        "30 days",
        BIG,
    ):
        assert part in text


def test_the_findings_of_a_hop_are_on_its_page(said: Said) -> None:
    lines = ("MAIL FROM:<webmaster@example.com>", "RCPT TO:<mio@patient.example>", "DATA", "Subject: x", "", ".")
    world = said("HELO cgi.example.com", *lines).now.after.world
    first = hop(world.hops[1], world, words("en")).sections[0]
    assert [row.key for row in first.rows] == ["greylist"]
