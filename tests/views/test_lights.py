"""The three lights of a carrier, and its decisions: in the typed dialogue, and in those between servers."""

from __future__ import annotations

import pytest

from smtpsim.explain import LANGUAGES, words
from smtpsim.session.timeline import Timeline
from smtpsim.views.hop import hop
from smtpsim.views.panel import panel
from smtpsim.views.policies import policies, subscriber
from smtpsim.views.row import Mark, Row
from tests.views.conftest import Said, Shown

SERVICE = "198.51.100.130"
EHLO = "EHLO a13-1.smtp-out.ap-northeast-1.amazonses.com"
SHOP = "MAIL FROM:<shop@example.org>"
LETTER = ("DATA", "From: shop@example.org", "Subject: x", "", ".")
DOCOMO = {"host": "mx.docomo.ne.jp", "client_ip": SERVICE}


def lights(rows: dict[str, Row], hop: int = 0) -> list[tuple[str, Mark]]:
    return [(badge.value, badge.mark) for badge in rows[f"lights-{hop}"].badges]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ((), ["grey: not yet"] * 3),
        ((EHLO,), ["green: pass", "grey: not yet", "grey: not yet"]),
        ((EHLO, SHOP), ["green: pass", "red: fail", "grey: not yet"]),
        ((EHLO, SHOP, "RCPT TO:<taro@docomo.ne.jp>", *LETTER), ["green: pass", "red: fail", "red: fail"]),
        ((EHLO, SHOP, "RCPT TO:<taro@docomo.ne.jp>", "DATA", "", "."), ["green: pass", "red: fail", "red: no address"]),
        ((EHLO, ":policy three_identities mailfrom off"), ["green: pass", "grey: not asked", "grey: not yet"]),
        (
            (EHLO, SHOP, ":dns set example.org TXT v=spf1 include:amazonses.com -all"),
            ["green: pass", "green: pass", "grey: not yet"],
        ),
        ((EHLO, SHOP, ":ip 192.0.2.200"), ["red: fail", "green: pass", "grey: not yet"]),
    ],
)
def test_the_lights_follow_the_dialogue(shown: Shown, lines: tuple[str, ...], expected: list[str]) -> None:
    assert [value for value, _ in lights(shown("lights", *lines, **DOCOMO))] == expected


def test_green_red_and_grey_are_marked_and_told_in_words(shown: Shown) -> None:
    marks = dict(lights(shown("lights", EHLO, SHOP, **DOCOMO)))
    assert marks == {"green: pass": Mark.GOOD, "red: fail": Mark.BAD, "grey: not yet": Mark.WAIT}


def test_on_a_small_screen_the_colours_are_told_in_one_line(said: Said) -> None:
    after = said(EHLO, SHOP, host="mx.docomo.ne.jp", client_ip=SERVICE).now
    digest = next(part.digest for part in panel(after, words("en")).sections if part.key == "lights")
    assert digest.value == "HELO green, MAIL FROM red, From: grey"


def test_the_findings_stand_in_the_order_in_which_they_became_known(said: Said) -> None:
    lines = (EHLO, SHOP, "RCPT TO:<taro@docomo.ne.jp>", *LETTER)
    findings = said(*lines, host="mx.docomo.ne.jp", client_ip=SERVICE).now.after.connection.findings
    assert [finding.identity for finding in findings if finding.kind == "spf"] == ["helo", "mailfrom", "header-from"]


def test_each_decision_has_its_reason(shown: Shown) -> None:
    rows = shown(
        "lights", EHLO, SHOP, "RCPT TO:<taro@docomo.ne.jp>", "RCPT TO:<hanako@docomo.ne.jp>", *LETTER, **DOCOMO
    )
    told = [(row.value, row.mark) for key, row in rows.items() if key.startswith("decision")]
    assert told[:2] == [
        ("three_identities drops it for taro@docomo.ne.jp: others get it, and one reply speaks for all", Mark.BAD),
        ("three_identities takes it for hanako@docomo.ne.jp", Mark.GOOD),
    ]
    assert "permitted" in rows["decision-0-1"].remark


@pytest.mark.parametrize("lang", LANGUAGES)
def test_accepted_and_never_delivered_is_an_end_of_its_own(said: Said, lang: str) -> None:
    timeline = said(EHLO, SHOP, "RCPT TO:<aoi@au.com>", *LETTER, host="mx.au.com", client_ip=SERVICE)
    speech = words(lang)
    row = next(row for part in panel(timeline.now, speech).sections for row in part.rows if row.key == "outcome-1")
    assert row.mark is Mark.BAD
    assert speech("panel.way-dropped", host="mx.au.com", reason=speech("handling.mailfrom-not-pass")) in row.remark


def relayed(said: Said) -> Timeline:
    lines = ("RCPT TO:<aoi@au.com>", "RCPT TO:<taro@docomo.ne.jp>")
    return said("EHLO cgi.example.com", SHOP, *lines, *LETTER)


def test_the_lights_of_a_dialogue_between_servers_are_shown_with_the_mail(said: Said, shown: Shown) -> None:
    rows = shown("lights", "EHLO cgi.example.com", SHOP, "RCPT TO:<aoi@au.com>", "RCPT TO:<taro@docomo.ne.jp>", *LETTER)
    assert {row.label for key, row in rows.items() if key.startswith("lights")} == {"mx.au.com", "mx.docomo.ne.jp"}
    world = relayed(said).now.after.world
    found = next(hop(one, world, words("en")) for one in world.hops.values() if one.server == "mx.au.com")
    assert any(row.key.startswith("lights") for part in found.sections for row in part.rows)


def test_where_no_carrier_has_a_part_there_are_no_lights(said: Said) -> None:
    timeline = said("EHLO cgi.example.com", "MAIL FROM:<cgi@example.com>", "RCPT TO:<bob@hogefuga.com>", *LETTER)
    assert "lights" not in {part.key for part in panel(timeline.now, words("en")).sections}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_pages_of_policies_and_subscribers(said: Said, lang: str) -> None:
    world = said().now.after.world
    host = world.hosts["mx.docomo.ne.jp"]
    on, off = policies(host, None, words(lang)).sections
    assert [row.key for row in on.rows] == [used.policy.name for used in host.policies]
    assert "three_identities" not in {row.key for row in off.rows}
    assert "greylist" in {row.key for row in off.rows}
    (one,) = policies(host, host.policies[2].policy, words(lang)).sections
    assert {"helo", "mailfrom", "header-from", "action", "exempt"} <= {row.key for row in one.rows}
    (page,) = subscriber(world.mailboxes["hanako@docomo.ne.jp"], ("permit", "spoofing"), words(lang)).sections
    assert [(row.key, row.value) for row in page.rows] == [("permit", "example.org"), ("spoofing", "on")]
