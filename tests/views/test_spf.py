"""SPF's rows: the verdicts side by side, and the way to each, folded and unfolded."""

from __future__ import annotations

import pytest

from smtpsim.explain import LANGUAGES, words
from smtpsim.session.timeline import Timeline
from smtpsim.views.panel import changed_panel
from smtpsim.views.row import Badge, Mark, Row, Section
from smtpsim.views.tracing import spf_traces
from tests.views.conftest import Said, Shown, section_of

HELO = "HELO cgi.example.com"
MAIL = "MAIL FROM:<webmaster@example.com>"
LETTER = ("RCPT TO:<carol@example.net>", "DATA", "From: webmaster@example.com", "", ".")

NOT_YET = "not yet"
NOT_ASKED = "not asked here"

SIDE_BY_SIDE = (
    ("smtp.example.com", (), (NOT_YET, NOT_YET, NOT_ASKED)),
    ("smtp.example.com", (HELO,), ("pass", NOT_YET, NOT_ASKED)),
    ("smtp.example.com", (HELO, MAIL), ("pass", "pass", NOT_ASKED)),
    ("mx.example.net", (HELO,), ("pass", NOT_YET, NOT_YET)),
    ("mx.example.net", (HELO, MAIL, *LETTER[:-1]), ("pass", "pass", NOT_YET)),
    ("mx.example.net", (HELO, MAIL, *LETTER), ("pass", "pass", "pass")),
    ("mx.example.net", (HELO, MAIL, *LETTER, "MAIL FROM:<>"), ("pass", "pass", NOT_YET)),
    (
        "mx.example.net",
        (HELO, MAIL, *LETTER[:2], "From: a@b.example, c@d.example", "", "."),
        ("pass", "pass", "no single address"),
    ),
    ("mx.example.net", ("HELO nowhere.invalid", "MAIL FROM:<a@softfail.spf.example>"), ("none", "softfail", NOT_YET)),
)


@pytest.mark.parametrize(("host", "lines", "expected"), SIDE_BY_SIDE)
def test_the_verdicts_side_by_side(
    shown: Shown, host: str, lines: tuple[str, ...], expected: tuple[str, str, str]
) -> None:
    badges = shown("spf", *lines, host=host)["verdicts"].badges
    assert [badge.label for badge in badges] == ["HELO", "MAIL FROM", "From:"]
    assert tuple(badge.value for badge in badges) == expected


def test_what_may_still_come_is_marked_and_what_will_not_is_not(shown: Shown) -> None:
    _, mail, author = shown("spf", HELO)["verdicts"].badges
    assert (mail.mark, author.mark) == (Mark.WAIT, Mark.NONE)


def test_a_server_that_checks_none(said: Said) -> None:
    section = section_of(said(host="mx.arnazon.co.jp"), "spf")
    assert [row.value for row in section.rows] == ["this server checks none"]
    assert section.digest.value == "this server checks none"


def test_the_digest_is_the_verdicts_in_a_line(said: Said) -> None:
    digest = section_of(said(HELO, MAIL), "spf").digest
    assert digest.badges[0] == Badge("HELO", "pass", Mark.GOOD)
    assert digest.value == "HELO pass, MAIL FROM pass, From: not asked here"
    assert digest.mark is Mark.GOOD


def test_each_identity_with_the_term_that_decided(shown: Shown) -> None:
    rows = shown("spf", HELO, MAIL)
    mail = rows["mailfrom"]
    assert (mail.label, mail.value, mail.mark, mail.remark) == ("MAIL FROM", "pass  example.com", Mark.GOOD, "")
    record, term = rows["mailfrom-0"], rows["mailfrom-1"]
    assert (record.value, record.depth) == ("example.com TXT: v=spf1 ip4:192.0.2.0/24 -all", 1)
    assert (term.value, term.depth, term.mark) == ("ip4:192.0.2.0/24", 2, Mark.GOOD)
    assert term.remark == "matches (RFC\u00a07208\u00a05.6)"


def test_why_no_term_decided(shown: Shown) -> None:
    rows = shown("spf", "HELO nowhere.invalid", "MAIL FROM:<a@two-records.spf.example>")
    assert rows["helo"].remark.startswith("the domain does not exist")
    assert rows["mailfrom"].remark.startswith("the domain has two SPF records")
    assert rows["mailfrom"].mark is Mark.BAD


def test_the_null_sender_is_asked_as_postmaster(shown: Shown) -> None:
    mail = shown("spf", HELO, "MAIL FROM:<>")["mailfrom"]
    assert mail.value == "pass  cgi.example.com"
    assert "postmaster" in mail.remark


def tree(rows: dict[str, Row], identity: str) -> list[tuple[int, str]]:
    """The steps of one identity: depth and text."""
    return [(row.depth, row.value) for key, row in rows.items() if key.startswith(f"{identity}-")]


FOLDED = (
    (
        "a@pass.spf.example",
        [(1, "pass.spf.example TXT: v=spf1 ip4:192.0.2.0/24 ip6:2001:db8::/32 -all"), (2, "ip4:192.0.2.0/24")],
    ),
    (
        "a@redirect.spf.example",
        [
            (1, "redirect.spf.example TXT: v=spf1 redirect=include.spf.example"),
            (2, "redirect=include.spf.example"),
            (3, "include.spf.example TXT: v=spf1 include:office.spf.example include:pass.spf.example -all"),
            (4, "include:pass.spf.example"),
            (5, "pass.spf.example TXT: v=spf1 ip4:192.0.2.0/24 ip6:2001:db8::/32 -all"),
            (6, "ip4:192.0.2.0/24"),
        ],
    ),
    ("a@none.spf.example", [(1, "none.spf.example TXT: nothing")]),
)


@pytest.mark.parametrize(("sender", "expected"), FOLDED)
def test_folded_it_is_the_deciding_path(shown: Shown, sender: str, expected: list[tuple[int, str]]) -> None:
    assert tree(shown("spf", HELO, f"MAIL FROM:<{sender}>", host="mx.hogefuga.com"), "mailfrom") == expected


def test_a_limit_is_named_where_it_broke(shown: Shown) -> None:
    rows = shown("spf", HELO, "MAIL FROM:<a@many.spf.example>", host="mx.hogefuga.com")
    *_, outer, record, inner = (row for key, row in rows.items() if key.startswith("mailfrom-"))
    assert (outer.value, outer.remark) == ("include:c.many.spf.example", "")
    assert record.value.startswith("c.many.spf.example TXT: ")
    assert (inner.value, inner.mark) == ("a:n8.spf.example", Mark.BAD)
    assert "look-ups 11/10" in inner.remark


def test_a_fault_names_its_column(shown: Shown) -> None:
    rows = shown("spf", HELO, "MAIL FROM:<a@permerror.spf.example>", host="mx.hogefuga.com")
    assert rows["mailfrom-1"].value.startswith("column 22: ")
    assert rows["mailfrom"].remark == ""


def test_a_domains_own_words_stand_below_a_fail(shown: Shown) -> None:
    rows = shown("spf", HELO, "MAIL FROM:<a@macro.spf.example>", host="mx.hogefuga.com", client_ip="203.0.113.9")
    texts = [row.value for key, row in rows.items() if key.startswith("mailfrom-")]
    assert "203.0.113.9 may not send mail as a@macro.spf.example" in texts[-1]


def unfolded(timeline: Timeline, *identities: str) -> Section:
    before = timeline.turn(timeline.position - 1)
    panel = changed_panel(timeline.now, before, words("en"), frozenset(identities))
    return next(section for section in panel.sections if section.key == "spf")


def test_unfolded_it_is_every_step(said: Said) -> None:
    section = unfolded(said(HELO, "MAIL FROM:<a@redirect.spf.example>"), "mailfrom")
    rows = {row.key: row for row in section.rows}
    assert len(tree(rows, "mailfrom")) == 14
    assert "look-ups 2/10" in next(row.remark for row in section.rows if row.value == "include:office.spf.example")
    assert len(tree(rows, "helo")) == 2


@pytest.mark.parametrize(
    ("identities", "title"),
    [
        ((), "SPF (steps folded away: 8)"),
        (("mailfrom",), "SPF (steps folded away: 1)"),
        (("helo",), "SPF (steps folded away: 7)"),
        (("helo", "mailfrom"), "SPF"),
    ],
)
def test_the_title_counts_the_steps_that_are_folded_away(said: Said, identities: tuple[str, ...], title: str) -> None:
    section = unfolded(said(HELO, "MAIL FROM:<a@redirect.spf.example>"), *identities)
    assert (section.title, section.digest.label) == (title, "SPF")


def test_unfolding_changes_nothing(said: Said) -> None:
    section = unfolded(said(HELO, MAIL, "NOOP"), "helo", "mailfrom")
    assert not any(row.changed for row in section.rows)


def test_the_discontinued_type_is_remarked_on(shown: Shown) -> None:
    mail = "MAIL FROM:<a@type99.spf.example>"
    only = shown("spf", HELO, mail)["mailfrom-type99"]
    assert only.mark is Mark.WARN
    assert "as type 99 only" in only.value
    also = shown("spf", HELO, mail, ":dns add type99.spf.example TXT v=spf1 -all")["mailfrom-type99"]
    assert "of type 99 too" in also.value
    assert "helo-type99" not in shown("spf", HELO, mail)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_shows_every_step(said: Said, lang: str) -> None:
    simulation = said(HELO, "MAIL FROM:<a@type99.spf.example>").now.after
    page = spf_traces(simulation, words(lang))
    assert page is not None
    helo, mail = page.sections
    assert helo.title == "HELO  cgi.example.com  pass"
    assert "cgi.example.com A: 192.0.2.10" in [row.value for row in helo.rows]
    assert mail.rows[-1].mark is Mark.WARN


def test_there_is_no_page_before_anything_was_checked(said: Said) -> None:
    assert spf_traces(said().now.after, words("en")) is None
