"""Each thing that a host changes of a mail that it passes on has a row, below the mail's way and on the page of the
dialogue: SRS, BATV, ARC (RFC 8617), a list in From, one click (RFC 8058)."""

from __future__ import annotations

import pytest

from smtpsim.explain import LANGUAGES, words
from smtpsim.views.hop import hop
from smtpsim.views.panel import panel
from smtpsim.views.row import Row
from tests.views.conftest import Said

HARMFUL = ":dns set _dmarc.example.com TXT v=DMARC1; p=reject"
BATV = ":policy batv on"

CHANGES = {
    # what is switched on before, whom the mail is for, the key of the change and a word of the row
    "a forwarder with SRS": ((), "orders@bookshop.example", "srs", "SRS0="),
    "whose mail comes back": ((), "returns@bookshop.example", "srs", "webmaster@example.com"),
    "a list that seals": ((), "walks@circle.example", "arc", "circle.example"),
    "a list in From": ((HARMFUL,), "songs@circle.example", "from", "songs@circle.example"),
    "a list that one click leaves": ((), "songs@circle.example", "one-click", "https://circle.example/leave/songs/"),
    "a host with BATV": ((BATV,), "alice@hogefuga.com", "batv", "prvs="),
}


def rows(said: Said, before: tuple[str, ...], recipient: str, lang: str = "en") -> tuple[list[Row], list[Row]]:
    """The rows about changes: those of the panel's outcome, and those of the dialogues' pages."""
    letter = ("DATA", "From: Ann <webmaster@example.com>", "Subject: x", "", "Hello.", ".")
    envelope = ("MAIL FROM:<webmaster@example.com>", f"RCPT TO:<{recipient}>")
    timeline = said("HELO cgi.example.com", *before, *envelope, *letter)
    world, say = timeline.now.after.world, words(lang)
    (outcome,) = (part for part in panel(timeline.now, say).sections if part.key == "outcome")
    pages = [row for one in world.hops.values() for part in hop(one, world, say).sections for row in part.rows]
    return [row for row in outcome.rows if _is_change(row)], [row for row in pages if _is_change(row)]


def _is_change(row: Row) -> bool:
    return row.key.startswith("change-")


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", CHANGES)
def test_each_change_has_a_row(said: Said, name: str, lang: str) -> None:
    before, recipient, key, word = CHANGES[name]
    for found in rows(said, before, recipient, lang):
        mine = [row for row in found if row.key.startswith(f"change-{key}-")]
        assert mine
        assert all(word in row.value for row in mine)


@pytest.mark.parametrize("recipient", ["alice@hogefuga.com", "walks@circle.example", "songs@circle.example"])
def test_what_is_not_changed_has_none(said: Said, recipient: str) -> None:
    keys = {row.key.split("-")[1] for found in rows(said, (), recipient) for row in found}
    assert not keys & {"srs", "batv"}
    assert ("from" in keys) <= (recipient == "songs@circle.example")


def test_a_seal_of_somebody_else_is_not_the_relay_s(said: Said) -> None:
    seal = "ARC-Seal: i=1; a=rsa-sha256; cv=none; d=circle.example; s=a; b=x"
    envelope = ("MAIL FROM:<webmaster@example.com>", "RCPT TO:<alice@hogefuga.com>")
    world = said("HELO cgi.example.com", *envelope, "DATA", seal, "Subject: x", "", "Hello.", ".").now.after.world
    assert not [row for part in hop(world.hops[1], world, words("en")).sections for row in part.rows if _is_change(row)]


def test_what_all_members_are_sent_is_told_once(said: Said) -> None:
    found, _ = rows(said, (), "songs@circle.example")
    told = [row.value for row in found]
    assert len(told) == len(set(told))


def test_the_list_s_own_signature_is_not_the_author_s(said: Said) -> None:
    """What the list has changed and signed anew is not told as left as it was."""
    letter = ("DATA", "From: Ann <webmaster@example.com>", "Subject: x", "", "Hello.", ".")
    envelope = ("MAIL FROM:<webmaster@example.com>", "RCPT TO:<songs@circle.example>")
    world = said("HELO cgi.example.com", HARMFUL, *envelope, *letter).now.after.world
    for one in world.hops.values():
        if one.server == "mx.bigmail.example":
            keys = {row.key for part in hop(one, world, words("en")).sections for row in part.rows}
            assert "list" in keys
            assert "list-kept" not in keys
