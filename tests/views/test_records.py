"""The records of a name: on a page, and in the panel of the turn that changed them."""

from __future__ import annotations

import pytest

from smtpsim.explain import LANGUAGES, words
from smtpsim.session.simulation import DnsName
from smtpsim.session.timeline import Timeline
from smtpsim.views.panel import changed_panel
from smtpsim.views.row import Mark, Section
from smtpsim.views.sections.records import records
from tests.views.conftest import Said, section_of


def test_a_page_of_records(said: Said) -> None:
    zones = said().now.after.world.zones
    (section,) = records(zones, "Example.ORG.", words("en")).sections
    assert [(row.label, row.value) for row in section.rows][1:] == [
        ("MX", "10 mx.example.org"),
        ("TXT", "v=spf1 ip4:192.0.2.200 -all"),
    ]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_discontinued_type_is_remarked_on(said: Said, lang: str) -> None:
    (section,) = records(said().now.after.world.zones, "type99.spf.example", words(lang)).sections
    (row,) = section.rows
    assert (row.label, row.mark) == ("SPF", Mark.WARN)
    assert "RFC 7208 3.1" in row.remark


@pytest.mark.parametrize(
    ("line", "name"),
    [
        (":dns example.com", "example.com"),
        (":dns example.com TXT", "example.com"),
        (":dns set a.example TXT v=spf1 include:b.example -all", "a.example"),
        (":DNS ADD localhost A 127.0.0.1", "localhost"),
        (":dns remove example.org TXT", "example.org"),
        (":dns fail example.org timeout", "example.org"),
        (":ip 203.0.113.66", ""),
        ("NOOP", ""),
    ],
)
def test_the_name_that_a_turn_is_about(said: Said, line: str, name: str) -> None:
    about = said(line).now.about
    assert (about.name if isinstance(about, DnsName) else "") == name


def about(timeline: Timeline) -> Section:
    return section_of(timeline, "records")


CHANGES = (
    # the change, then the rows with label, value, mark and whether they changed
    (
        ":dns set example.org TXT v=spf1 -all",
        [
            ("A", "192.0.2.200", Mark.NONE, False),
            ("MX", "10 mx.example.org", Mark.NONE, False),
            ("TXT", "v=spf1 -all", Mark.NONE, True),
            ("TXT", "v=spf1 ip4:192.0.2.200 -all", Mark.BAD, True),
        ],
    ),
    (
        ":dns remove example.org",
        [
            ("A", "192.0.2.200", Mark.BAD, True),
            ("MX", "10 mx.example.org", Mark.BAD, True),
            ("TXT", "v=spf1 ip4:192.0.2.200 -all", Mark.BAD, True),
        ],
    ),
    (":dns add new.example A 192.0.2.1", [("A", "192.0.2.1", Mark.NONE, True)]),
    (":dns add localhost A 127.0.0.1", [("A", "127.0.0.1", Mark.NONE, True)]),
    (":dns nowhere.example", [("", "No records stand at this name.", Mark.NONE, False)]),
    (
        ":dns fail www.example servfail",
        [("", "Every query for this name ends with SERVFAIL.", Mark.BAD, True)],
    ),
)


@pytest.mark.parametrize(("line", "expected"), CHANGES)
def test_a_change_shows_the_records_and_what_is_gone(
    said: Said, line: str, expected: list[tuple[str, str, Mark, bool]]
) -> None:
    rows = about(said(line)).rows
    shown = [(row.label, row.value, row.mark, row.changed) for row in rows]
    assert [row for row in shown if row[0] not in ("SOA", "NS")] == expected


def test_the_records_stand_above_what_spf_makes_of_them_for_that_turn_only(said: Said) -> None:
    timeline = said("HELO a", ":dns set example.org TXT v=spf1 -all", "NOOP")
    keys = []
    for number in (2, 3):
        panel = changed_panel(timeline.turn(number), timeline.turn(number - 1), words("en"))
        keys.append([section.key for section in panel.sections])
    assert keys[0][3:5] == ["records", "spf"]
    assert "records" not in keys[1]


@pytest.mark.parametrize(
    ("line", "digest"),
    [
        (":dns set example.org TXT v=spf1 -all", "example.org: TXT v=spf1 -all"),
        (":dns remove example.org TXT", "example.org: TXT v=spf1 ip4:192.0.2.200 -all taken out"),
        (":dns fail www.example timeout", "www.example: Every query for this name ends with TIMEOUT."),
    ],
)
def test_the_digest_has_the_news_first(said: Said, line: str, digest: str) -> None:
    found = about(said(line)).digest
    assert (found.label, found.value, found.changed) == ("DNS", digest, True)


def test_without_news_the_digest_has_what_is_there(said: Said) -> None:
    assert about(said(":dns nowhere.example")).digest.value == "nowhere.example: No records stand at this name."
    looked = about(said(":dns type99.spf.example")).digest
    assert looked.value.startswith("type99.spf.example: SPF v=spf1 ip4:192.0.2.0/24 -all type 99")
    assert not looked.changed


def test_while_mail_is_picked_up_the_records_are_shown_too(said: Said) -> None:
    timeline = said(":connect pop.hogefuga.com:110", ":dns set example.org TXT v=spf1 -all")
    assert about(timeline).rows
