"""The mailboxes of the world, and the mails in one of them."""

from __future__ import annotations

from smtpsim.explain import words
from smtpsim.session.simulation import Turn
from smtpsim.views.inbox import MOST_MAILS, inbox, mailboxes
from smtpsim.views.row import Mark, Panel, Row
from smtpsim.world.model import World
from tests.shell.commands.orders import run
from tests.views.conftest import Said
from tests.views.letters import mail

EN = words("en")


def rows(page: Panel) -> list[Row]:
    return [row for section in page.sections for row in section.rows]


def listed(world: World, address: str = "test@hogefuga.com") -> list[Row]:
    return rows(inbox(world.mailboxes[address], world.now, EN))


def test_mailboxes_are_counted(said: Said) -> None:
    world = said(*mail("Subject: one"), *mail("Subject: two")[1:]).now.after.world
    found = {row.value: row for row in rows(mailboxes(world, EN))}
    assert (found["test@hogefuga.com"].mark, found["test@hogefuga.com"].remark) == (Mark.NOTE, "mails: 2")
    assert found["alice@hogefuga.com"].remark == "mails: 0"
    assert next(iter(found)) == "test@hogefuga.com"


def test_an_inbox_is_newest_first_and_numbered_by_arrival(said: Said) -> None:
    world = said(*mail("Subject: one"), ":wait 1d", ":connect", *mail("Subject: two")).now.after.world
    assert [(row.label, row.value) for row in listed(world)] == [("2", "two"), ("1", "one")]


def test_a_list_shows_the_author_of_the_header_and_when_the_mail_came(said: Said) -> None:
    header = ("From: =?utf-8?b?44OG44K544OI?= <sales@example.com>", "Subject: x")
    world = said(*mail(*header), *mail("Subject: y")[1:], ":wait 1d").now.after.world
    without, named = listed(world)
    assert named.remark == "テスト, 2026-04-01 09:00, not read yet"
    assert without.remark.startswith("(no author), ")


def test_what_has_been_read_is_not_marked(said: Said) -> None:
    after = said(*mail("Subject: x")).now.after
    assert [row.mark for row in listed(after.world)] == [Mark.NOTE]
    turn = run(after, ":read test 1")
    assert isinstance(turn, Turn)
    (row,) = listed(turn.after.world)
    assert (row.mark, "not read yet" in row.remark) == (Mark.NONE, False)


def test_an_empty_inbox(said: Said) -> None:
    assert [row.value for row in listed(said().now.after.world, "bob@hogefuga.com")] == ["No mail yet."]


def test_a_long_list_is_cut_and_says_so(said: Said) -> None:
    world = said(*mail("Subject: x")).now.after.world
    mailbox = world.mailboxes["test@hogefuga.com"]
    newest = next(iter(mailbox.mails))
    for _ in range(MOST_MAILS + 2):
        mailbox = mailbox._replace(mails=mailbox.mails.push_front(newest))
    shown = rows(inbox(mailbox, world.now, EN))
    assert len(shown) == MOST_MAILS + 1
    assert shown[-1].value == "and older ones: 3"
