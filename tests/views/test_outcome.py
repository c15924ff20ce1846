"""The outcome: the way of the mail to each recipient, what it brought about, and what the mailboxes hold."""

from __future__ import annotations

import pytest

from smtpsim.explain import LANGUAGES, words
from smtpsim.views.row import Mark, Row
from smtpsim.views.sections.outcome import section
from tests.views.conftest import Said, Shown, section_of

BEGIN = ("HELO cgi.example.com", "MAIL FROM:<webmaster@example.com>")


def mail(*recipients: str, sender: str = "webmaster@example.com") -> tuple[str, ...]:
    to = (f"RCPT TO:<{recipient}>" for recipient in recipients)
    return ("HELO cgi.example.com", f"MAIL FROM:<{sender}>", *to, "DATA", "Subject: x", ".")


def ways(rows: dict[str, Row]) -> list[tuple[int, Mark, str]]:
    """The lines of the brigade: depth, mark and way, with usual spaces."""
    return [
        (row.depth, row.mark, row.value.replace("\N{NO-BREAK SPACE}", " "))
        for key, row in rows.items()
        if key.startswith("outcome-")
    ]


def test_none_yet(shown: Shown) -> None:
    assert set(shown("outcome", *BEGIN, "RCPT TO:<test@hogefuga.com>")) == {"none"}


GOOD, BAD, WAIT = Mark.GOOD, Mark.BAD, Mark.WAIT

WAYS = (
    (("RCPT TO:<nobody@example.com>",), [(0, BAD, "client ✗ smtp.example.com ⋯ nobody@example.com")]),
    (mail("webmaster@example.com"), [(0, GOOD, "client → smtp.example.com → [webmaster@example.com]")]),
    (mail("test@hogefuga.com"), [(0, GOOD, "client → smtp.example.com → mx.hogefuga.com → [test@hogefuga.com]")]),
    (
        mail("moved@example.net"),
        [(0, GOOD, "client → smtp.example.com → mx.example.net → mx.hogefuga.com → [alice@hogefuga.com]")],
    ),
    (
        mail("alice@hogefuga.com", "bob@hogefuga.com"),
        [(0, GOOD, "client → smtp.example.com → mx.hogefuga.com → [alice@hogefuga.com], [bob@hogefuga.com]")],
    ),
    (
        mail("info@example.net"),
        [
            (0, GOOD, "client → smtp.example.com → mx.example.net → [carol@example.net]"),
            (1, GOOD, "copy: mx.example.net → [dave@example.net]"),
        ],
    ),
    (
        mail("team@example.net"),
        [
            (0, GOOD, "client → smtp.example.com → mx.example.net → [team@example.net]"),
            (1, GOOD, "from the list: mx.example.net → [carol@example.net]"),
            (1, GOOD, "from the list: mx.example.net → mx.hogefuga.com → [alice@hogefuga.com], [bob@hogefuga.com]"),
        ],
    ),
    (
        mail("nobody@hogefuga.com"),
        [
            (0, BAD, "client → smtp.example.com ✗ mx.hogefuga.com ⋯ nobody@hogefuga.com"),
            (1, GOOD, "bounce: smtp.example.com → [webmaster@example.com]"),
        ],
    ),
    (
        mail("nobody@hogefuga.com", sender=""),
        [(0, BAD, "client → smtp.example.com ✗ mx.hogefuga.com ⋯ nobody@hogefuga.com")],
    ),
    (mail("a@nowhere.invalid", sender=""), [(0, BAD, "client → smtp.example.com ✗ a@nowhere.invalid")]),
    (
        (":dns fail hogefuga.com timeout", *mail("test@hogefuga.com")),
        [(0, WAIT, "client → [smtp.example.com] ⋯ test@hogefuga.com")],
    ),
)


@pytest.mark.parametrize(("lines", "expected"), WAYS)
def test_the_way_to_each_recipient(shown: Shown, lines: tuple[str, ...], expected: list[tuple[int, Mark, str]]) -> None:
    begin = () if lines[0].startswith((":", "HELO")) else BEGIN
    assert ways(shown("outcome", *begin, *lines)) == expected


REMARKS = (
    (mail("test@hogefuga.com"), "delivered; the servers' dialogue: :hop 1"),
    (mail("webmaster@example.com"), "delivered"),
    (
        mail("moved@example.net"),
        "delivered; the envelope said moved@example.net; the servers' dialogue: :hop 2",
    ),
    (
        mail("team@example.net"),
        "arrived at the list, which sends it on as a sender of its own; the servers' dialogue: :hop 1",
    ),
    ((*BEGIN, "RCPT TO:<x@example.com>"), "refused by smtp.example.com: 550 5.1.1 <x@example.com> User unknown"),
    (
        mail("nobody@hogefuga.com"),
        "failed at mx.hogefuga.com: 550 5.1.1 <nobody@hogefuga.com> User unknown; a bounce went to "
        "webmaster@example.com; the servers' dialogue: :hop 1",
    ),
    (mail("a@nowhere.invalid", sender=""), "failed at smtp.example.com: Domain not found; nobody is told"),
    (
        (":dns fail hogefuga.com timeout", *mail("test@hogefuga.com")),
        "waits at smtp.example.com until 09:30: The DNS did not answer",
    ),
    (
        (":dns fail hogefuga.com timeout", ":wait 14h", ":connect", *mail("test@hogefuga.com"), ":wait 45m"),
        "waits at smtp.example.com until 2026-04-02 00:00: The DNS did not answer",
    ),
)


@pytest.mark.parametrize(("lines", "remark"), REMARKS)
def test_where_the_mail_is_in_words(shown: Shown, lines: tuple[str, ...], remark: str) -> None:
    assert next(iter(shown("outcome", *lines).values())).remark == remark


def test_recipients_without_a_common_end_have_rows_of_their_own(shown: Shown) -> None:
    rows = shown("outcome", *mail("test@hogefuga.com", "nobody@hogefuga.com", "carol@example.net"))
    assert [depth for depth, _, _ in ways(rows)] == [0, 0, 1, 0]


def test_many_recipients_are_cut_short(shown: Shown) -> None:
    rows = shown("outcome", *mail(*(f"carol+{number}@example.net" for number in range(9))))
    ((_, _, way),) = ways(rows)
    assert way.count("[carol@example.net]") == 6
    assert way.endswith(", +3")
    assert "carol+5@example.net, +3" in rows["outcome-1"].remark


def test_only_the_last_report_on_a_failed_mail_is_the_bounce(shown: Shown) -> None:
    lines = (":dns fail hogefuga.com timeout", *mail("test@hogefuga.com"), ":wait 5h")
    assert ways(shown("outcome", *lines))[1][2] == "report: smtp.example.com → [webmaster@example.com]"
    later = ways(shown("outcome", *lines, ":wait 6d"))
    assert [way.partition(":")[0] for _, _, way in later[1:]] == ["report", "bounce"]


def test_a_report_on_an_earlier_mail_stands_for_itself(shown: Shown) -> None:
    lines = (":dns fail hogefuga.com timeout", *mail("test@hogefuga.com"), *mail("carol@example.net")[1:], ":wait 6d")
    found = ways(shown("outcome", *lines))
    assert found[0][2].endswith("[carol@example.net]")
    assert {(depth, way) for depth, _, way in found[1:]} == {
        (0, "report: smtp.example.com → [webmaster@example.com]"),
    }


HIT = (
    ("webmaster@example.com", "", ""),
    ("order-update@amazon.co.jp", "the victim of a forged sender", ""),
    ("carol@example.net", "if the sender was forged", ""),
    ("carol@example.net", "", ":dns set 10.2.0.192.in-addr.arpa PTR carols.example.net"),
)


@pytest.mark.parametrize(("sender", "told", "change"), HIT)
def test_who_is_hit_by_a_bounce(shown: Shown, sender: str, told: str, change: str) -> None:
    changes = (change,) if change else ()
    rows = shown("outcome", *changes, *mail("nobody@hogefuga.com", sender=sender))
    hits = [row for key, row in rows.items() if key.startswith("hit-")]
    assert [row.mark for row in hits] == ([Mark.WARN] if told else [])
    for row in hits:
        assert told in row.value
        assert sender in row.value
        assert row.depth == 2


def test_a_list_that_fails_hits_nobody_but_its_owner(shown: Shown) -> None:
    rows = shown("outcome", ":dns fail hogefuga.com nxdomain", *mail("team@example.net"))
    assert not [key for key in rows if key.startswith("hit-")]
    assert any(depth == 2 for depth, _, _ in ways(rows))


def test_delivery_shows_the_mailbox(shown: Shown) -> None:
    lines = ("RCPT TO:<test@hogefuga.com>", "DATA", "Subject: =?utf-8?B?44OG44K544OI?=", ".")
    mailbox = shown("outcome", *BEGIN, *lines)["mailbox-test@hogefuga.com"]
    assert mailbox.value == "test@hogefuga.com holds 1, the newest: テスト"


@pytest.mark.parametrize(
    ("recipients", "digest"),
    [
        (("nobody@hogefuga.com",), "bounced 1: client → smtp.example.com ✗ mx.hogefuga.com ⋯ nobody@hogefuga.com"),
        (("test@hogefuga.com", "carol@example.net"), "delivered 2"),
        (("test@hogefuga.com", "nobody@hogefuga.com"), "delivered 1, bounced 1"),
    ],
)
def test_the_digest(said: Said, recipients: tuple[str, ...], digest: str) -> None:
    found = section_of(said(*mail(*recipients)), "outcome").digest
    assert found.value.replace("\N{NO-BREAK SPACE}", " ") == digest


def test_a_report_alone_is_a_digest(said: Said) -> None:
    timeline = said(*mail("test@hogefuga.com"), ":connect", ":bounce test@hogefuga.com 1")
    digest = section_of(timeline, "outcome").digest.value.replace("\N{NO-BREAK SPACE}", " ")
    assert digest == "report: mx.hogefuga.com → smtp.example.com → [webmaster@example.com]"


def test_the_digest_bears_the_most_serious_mark(said: Said) -> None:
    assert section_of(said(*mail("test@hogefuga.com", "nobody@hogefuga.com")), "outcome").digest.mark is Mark.BAD


def test_the_next_mail_begins_with_none(shown: Shown) -> None:
    lines = (*mail("test@hogefuga.com"), "MAIL FROM:<webmaster@example.com>")
    assert set(shown("outcome", *lines)) == {"none"}


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(("lines", "remark"), REMARKS)
def test_every_language_has_words_for_it(said: Said, lines: tuple[str, ...], remark: str, lang: str) -> None:
    rows = section(said(*lines).now.after, words(lang)).rows
    assert all(row.remark for row in rows if row.key.startswith("outcome-"))
