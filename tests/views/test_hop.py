"""A dialogue between servers: what the next host found out about the relay, and what forwarding does to SPF."""

from __future__ import annotations

import pytest

from smtpsim.explain import LANGUAGES, words
from smtpsim.kernel.printable import printable
from smtpsim.views.hop import MOST_LINES, hop
from smtpsim.views.row import Mark, Panel, Row
from tests.views.conftest import Said

SENT = ("DATA", "Subject: x", ".")


def pages(said: Said, recipient: str, sender: str = "webmaster@example.com", lang: str = "en") -> list[Panel]:
    """Every dialogue between servers that one mail brings about."""
    lines = ("HELO cgi.example.com", f"MAIL FROM:<{sender}>", f"RCPT TO:<{recipient}>", *SENT)
    world = said(*lines).now.after.world
    return [hop(world.hops[number], world, words(lang)) for number in sorted(world.hops)]


def letter(*lines: str, recipient: str = "test@hogefuga.com") -> tuple[str, ...]:
    begin = ("HELO cgi.example.com", "MAIL FROM:<webmaster@example.com>", f"RCPT TO:<{recipient}>", "DATA")
    return (*begin, *lines, ".")


def test_a_dialogue_between_servers(said: Said) -> None:
    world = said(*letter("Subject: one", "", "x")).now.after.world
    section = hop(world.hops[1], world, words("en")).sections[-1]
    lines = [(row.label.strip(), row.value) for row in section.rows]
    assert (">", "EHLO smtp.example.com") in lines
    assert ("", "250 2.1.5 Recipient ok") in lines
    assert (">", "Subject: one") in lines
    assert lines[-2][1] == "QUIT"


def test_a_refusal_between_servers_is_marked(said: Said) -> None:
    world = said(*letter("Subject: one", recipient="nobody@hogefuga.com")).now.after.world
    section = hop(world.hops[1], world, words("en")).sections[-1]
    assert [row.value[:3] for row in section.rows if row.mark is Mark.BAD] == ["550"]


def test_a_long_letter_is_cut_and_says_so(said: Said) -> None:
    world = said(*letter(*["line"] * (MOST_LINES + 10))).now.after.world
    values = [row.value for row in hop(world.hops[1], world, words("en")).sections[-1].rows]
    assert values.count("line") < MOST_LINES
    assert any(value.startswith("and more lines: ") for value in values)


def test_what_strangers_write_is_safe_to_print(said: Said) -> None:
    world = said(*letter("Subject: \x1b]0;x\x07", "", "\x1b[2J")).now.after.world
    for section in hop(world.hops[1], world, words("en")).sections:
        for row in section.rows:
            assert row.value == printable(row.value)


def found(page: Panel) -> dict[str, Row]:
    return {row.key: row for row in page.sections[0].rows}


def test_a_relay_of_the_senders_own_passes(said: Said) -> None:
    (page,) = pages(said, "test@hogefuga.com")
    findings, dialogue = page.sections
    assert (findings.title[:26], dialogue.title) == ("What mx.hogefuga.com found", "What was said")
    rows = found(page)
    assert (rows["helo"].value, rows["mailfrom"].value) == ("pass  smtp.example.com", "pass  example.com")
    assert rows["mailfrom-1"].value == "ip4:192.0.2.0/24"
    assert not {"forwarded", "list"} & rows.keys()


def test_forwarding_breaks_spf(said: Said) -> None:
    first, second = (found(page) for page in pages(said, "moved@example.net"))
    assert (first["mailfrom"].value, first["mailfrom"].mark) == ("pass  example.com", Mark.GOOD)
    assert (second["mailfrom"].value, second["mailfrom"].mark) == ("fail  example.com", Mark.BAD)
    told = second["forwarded"]
    assert told.mark is Mark.WARN
    for part in ("mx.example.net forwards", "example.com", "198.51.100.40", "forwarding breaks SPF"):
        assert part in told.value
    assert "forwarded" not in first


def test_a_list_has_an_envelope_sender_of_its_own(said: Said) -> None:
    first, second = (found(page) for page in pages(said, "team@example.net"))
    assert "list" not in first
    assert second["mailfrom"].value == "pass  example.net"
    assert (second["list"].mark, "forwarded" in second) == (Mark.NOTE, False)


def test_a_forgery_that_is_relayed_is_not_called_forwarding(said: Said) -> None:
    page, *_ = pages(said, "test@hogefuga.com", sender="order-update@amazon.co.jp")
    rows = found(page)
    assert rows["mailfrom"].value == "fail  amazon.co.jp"
    assert "forwarded" not in rows


def test_a_look_alike_is_found_at_the_next_host_too(said: Said) -> None:
    page, *_ = pages(said, "test@hogefuga.com", sender="order-update@arnazon.co.jp")
    assert found(page)["lookalike-0"].mark is Mark.WARN


def test_a_server_that_looks_nothing_up_has_no_findings(said: Said) -> None:
    (page,) = pages(said, "order-update@arnazon.co.jp", sender="")
    assert [section.title for section in page.sections] == ["What was said"]


def test_the_steps_unfold(said: Said) -> None:
    lines = ("HELO cgi.example.com", "MAIL FROM:<>", "RCPT TO:<carol@example.net>", *SENT)
    world = said(*lines).now.after.world
    folded = hop(world.hops[1], world, words("en")).sections[0]
    whole = hop(world.hops[1], world, words("en"), frozenset({"helo", "mailfrom"})).sections[0]
    assert folded.title == "What mx.example.net found (steps folded away: 2)"
    assert whole.title == "What mx.example.net found"
    assert len(whole.rows) > len(folded.rows)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("recipient", ["moved@example.net", "team@example.net"])
def test_every_language_has_words_for_it(said: Said, recipient: str, lang: str) -> None:
    for page in pages(said, recipient, lang=lang):
        assert all(section.title and section.rows for section in page.sections)
