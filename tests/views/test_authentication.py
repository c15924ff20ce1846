"""DKIM and DMARC in the panel, on the page of a hop, in JSON, and what the owner of a domain would be told."""

from __future__ import annotations

import json

import pytest

from smtpsim.explain import LANGUAGES, words
from smtpsim.render.json import turn_line
from smtpsim.views.dmarc_report import dmarc_report
from smtpsim.views.hop import hop
from smtpsim.views.panel import panel
from smtpsim.views.row import Mark, Panel, Row
from tests.world.authenticating import YUKI, lines, login, said, sent

EN = words("en")
PASS = "x@pass.spf.example"
WEBMASTER = "webmaster@example.com"


def rows(shown: Panel, key: str = "") -> list[Row]:
    return [row for section in shown.sections if key in ("", section.key) for row in section.rows]


def text(shown: list[Row]) -> str:
    return "\n".join(f"{row.label} {row.value} {row.remark}" for row in shown)


def test_a_server_without_these_policies_has_no_such_sections() -> None:
    shown = panel(sent(WEBMASTER, "test@hogefuga.com", author=WEBMASTER, host="mx.hogefuga.com"), EN)
    assert {section.key for section in shown.sections}.isdisjoint({"dkim", "dmarc"})


def test_before_the_letter_they_are_still_to_come() -> None:
    turn = said(sent(PASS, YUKI, author=PASS), f"MAIL FROM:<{PASS}>")
    for kind in ("dkim", "dmarc"):
        (row,) = rows(panel(turn, EN), kind)
        assert (row.value, row.mark) == ("not yet", Mark.WAIT)


def test_the_section_tells_why_and_which_names_were_asked() -> None:
    shown = rows(panel(sent(PASS, YUKI, author="order-update@amazon.co.jp"), EN), "dmarc")
    told = text(shown)
    assert (shown[0].value, shown[0].mark) == ("fail  amazon.co.jp", Mark.BAD)
    assert "SPF pass  pass.spf.example another organisation: pass.spf.example, not amazon.co.jp" in told
    assert "p=reject the domain's own record; its owner wants it refused" in told
    for name in ("_dmarc.amazon.co.jp", "_dmarc.co.jp", "_dmarc.jp", "_dmarc.pass.spf.example", "_dmarc.example"):
        assert f"{name} TXT:" in told


MISTAKES = ("pct=50 was done away with", "no tag is called colour=red", "adkim=x is no value of the tag")


@pytest.mark.parametrize("mistake", MISTAKES)
def test_what_is_passed_over_is_told(mistake: str) -> None:
    assert mistake in text(rows(panel(sent(PASS, YUKI, author="x@mistakes.dmarc.example"), EN), "dmarc"))


def test_two_records_and_trying_out_are_told() -> None:
    assert "2 DMARC records" in text(rows(panel(sent(PASS, YUKI, author="x@two-records.dmarc.example"), EN), "dmarc"))
    trying = text(rows(panel(sent(PASS, YUKI, author="x@testing.dmarc.example"), EN), "dmarc"))
    assert "one step less is done: quarantine" in trying


def test_the_junk_is_named_in_the_outcome() -> None:
    (row, *_) = rows(panel(sent(PASS, YUKI, author="x@testing.dmarc.example"), EN), "outcome")
    assert f"[{YUKI}/Junk]" in row.value
    assert (row.mark, "junk folder" in row.remark, "the envelope said" in row.remark) == (Mark.WARN, True, False)


def hops(*recipients: str) -> list[str]:
    """The pages of the dialogues of a signed mail, as text."""
    before = (login(WEBMASTER),)
    world = sent(WEBMASTER, *recipients, author=WEBMASTER, host="smtp.example.com", before=before).after.world
    return [text(rows(hop(world.hops[number], world, EN))) for number in sorted(world.hops)]


def test_the_page_of_a_hop_tells_why_dkim_survives() -> None:
    page = hops("yuki@example.net")[1]
    for told in ("forwarding breaks SPF", "The signature of example.com travels with the letter", "d=example.com"):
        assert told in page
    assert "k1._domainkey.example.com TXT: v=DKIM1; k=rsa; p=MII" in page


@pytest.mark.parametrize(("name", "told"), [("news", "The list has changed"), ("club", "has only added fields")])
def test_and_what_a_list_does_to_it(name: str, told: str) -> None:
    assert told in hops(f"{name}@example.net")[1]


def test_json_has_the_whole_way() -> None:
    turn = sent(PASS, YUKI, author="order-update@amazon.co.jp")
    findings = {finding["kind"]: finding for finding in json.loads(turn_line(turn))["state"]["checks"]}
    (trace,) = findings["dmarc"]["trace"]
    assert (trace["disposition"], trace["policy"]["tag"], trace["walk"]["rule"]) == ("reject", "p", "fewest-labels")
    assert trace["identifiers"][0]["aligned"] is False
    assert findings["dmarc"]["identity"] == "header-from"
    assert findings["dkim"]["trace"] == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_report_counts_by_source(lang: str) -> None:
    turn = sent(PASS, YUKI, author="order-update@amazon.co.jp")
    turn = said(turn, *lines(PASS, YUKI, author="order-update@amazon.co.jp"))
    told = text(rows(dmarc_report(turn.after.world, "amazon.co.jp", False, words(lang))))
    for part in ("2", "192.0.2.10", "cgi.example.com", "pass.spf.example pass", "mailto:support@amazon.co.jp"):
        assert part in told
    assert dmarc_report(turn.after.world, "", False, words(lang)).sections


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("domain", ["example.com", ""])
def test_without_mail_the_report_says_so(lang: str, domain: str) -> None:
    world = sent(WEBMASTER, "test@hogefuga.com", author=WEBMASTER, host="mx.hogefuga.com").after.world
    (row,) = rows(dmarc_report(world, domain, False, words(lang)))
    assert row.value
