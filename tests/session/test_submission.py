"""The sender's program in a session: it goes by what the server answers, whatever that is."""

from __future__ import annotations

import pytest

from smtpsim.message.addresses import NamedAddress
from smtpsim.message.compose import one_each, one_for_all
from smtpsim.message.draft import Draft
from smtpsim.protocol.smtp.state import Phase
from smtpsim.session.simulation import Simulation, Turn
from smtpsim.session.submission import plan, submit
from smtpsim.world.load import shipped_world
from smtpsim.world.mailbox import StoredMail

HELO = "cgi.example.com"
AUTHOR = NamedAddress("", "webmaster@example.com")


def to(*addresses: str) -> Draft:
    return Draft(AUTHOR, to=tuple(NamedAddress("", address) for address in addresses), subject="hi", body="text")


def said(turns: tuple[Turn, ...]) -> list[str]:
    """What the client said, without the letters."""
    return [turn.line for turn in turns if turn.kind != "content"]


def mails(turns: tuple[Turn, ...], address: str) -> list[StoredMail]:
    return list(turns[-1].after.world.mailboxes[address].mails)


def session(host: str = "", client_ip: str = "") -> Simulation:
    return Simulation.start(None, host, client_ip).after


def after(simulation: Simulation, *lines: str) -> Simulation:
    for line in lines:
        simulation = simulation.say(line).after
    return simulation


def test_a_mail_is_handed_in() -> None:
    turns = submit(session(), to("test@hogefuga.com", "alice@hogefuga.com"), HELO)
    assert [line.split(" SIZE")[0] for line in said(turns)] == [
        "EHLO cgi.example.com",
        "MAIL FROM:<webmaster@example.com>",
        "RCPT TO:<test@hogefuga.com>",
        "RCPT TO:<alice@hogefuga.com>",
        "DATA",
    ]
    assert [turn.number for turn in turns] == list(range(1, len(turns) + 1))
    assert turns[-1].reply is not None
    assert turns[-1].reply.code == 250
    assert len(mails(turns, "alice@hogefuga.com")) == 1


def test_a_bcc_reaches_its_mailbox_and_leaves_no_trace() -> None:
    draft = to("test@hogefuga.com")._replace(bcc=(NamedAddress("", "bob@hogefuga.com"),))
    turns = submit(session(), draft, HELO)
    for address in ("test@hogefuga.com", "bob@hogefuga.com"):
        (mail,) = mails(turns, address)
        assert b"bob@hogefuga.com" not in mail.octets
        assert b"bcc" not in mail.octets.lower()


def test_one_transaction_each() -> None:
    turns = submit(session(), to("test@hogefuga.com", "alice@hogefuga.com"), HELO, one_each)
    once = ["MAIL FROM", "RCPT TO", "DATA"]
    assert [line.split(":")[0] for line in said(turns)] == ["EHLO cgi.example.com", *once, *once]


def test_the_same_seed_gives_the_same_bytes() -> None:
    first, second = (submit(session(), to("test@hogefuga.com"), HELO) for _ in range(2))
    assert [turn.line for turn in first] == [turn.line for turn in second]


def test_two_mails_in_one_session_have_message_ids_of_their_own() -> None:
    first = submit(session(), to("test@hogefuga.com"), HELO)
    second = submit(first[-1].after, to("test@hogefuga.com"), HELO)
    ids = {turn.line for turn in (*first, *second) if turn.line.startswith("Message-ID")}
    assert len(ids) == 2
    assert said(second)[0].startswith("MAIL")


def test_a_refused_recipient_does_not_stop_the_others() -> None:
    turns = submit(session("mx.hogefuga.com", "192.0.2.25"), to("nobody@hogefuga.com", "test@hogefuga.com"), HELO)
    assert [turn.reply.code for turn in turns if turn.reply] == [250, 250, 550, 250, 354, 250]


def test_without_a_recipient_nothing_is_sent() -> None:
    turns = submit(session("mx.hogefuga.com"), to("nobody@hogefuga.com", "carol@example.net"), HELO)
    assert said(turns)[-2:] == ["RCPT TO:<carol@example.net>", "RSET"]
    assert turns[-1].after.connection.state.phase is Phase.READY


def test_a_refused_sender_ends_it() -> None:
    simulation = session("mx.example.net", "203.0.113.66")
    turns = submit(simulation, to("carol@example.net"), HELO)
    assert said(turns)[-1].startswith("MAIL FROM")
    assert turns[-1].reply is not None
    assert not turns[-1].reply.accepts


def test_more_recipients_than_one_transaction_takes() -> None:
    """RFC 5321 4.5.3.1.10: those who get 452 go into the next transaction."""
    turns = submit(session(), to(*(f"user{number}@hogefuga.com" for number in range(250))), HELO)
    lines = said(turns)
    assert sum(line.startswith("MAIL") for line in lines) == 3
    taken = [turn.line for turn in turns if turn.line.startswith("RCPT") and turn.reply and turn.reply.accepts]
    assert len(taken) == len({*taken}) == 250


def test_it_takes_over_from_a_person() -> None:
    begun = after(session(), "HELO other.example", "MAIL FROM:<x@example.com>", "RCPT TO:<test@hogefuga.com>")
    turns = submit(begun, to("alice@hogefuga.com"), HELO)
    assert said(turns)[0] == "RSET"
    assert said(turns)[1] == "MAIL FROM:<webmaster@example.com>"
    assert [outcome.recipient for outcome in turns[-1].fates] == ["alice@hogefuga.com"]


def test_it_leaves_a_login_that_somebody_began() -> None:
    turns = submit(after(session(), "EHLO x.example", "AUTH LOGIN"), to("alice@hogefuga.com"), HELO)
    assert said(turns)[:2] == ["*", turns[1].line]
    assert turns[-1].fates


def test_it_connects_anew() -> None:
    turns = submit(after(session(), "QUIT"), to("alice@hogefuga.com"), HELO)
    assert said(turns)[:2] == [":connect smtp.example.com", "EHLO cgi.example.com"]
    assert turns[-1].fates


def test_it_leaves_a_server_that_only_gives_mail_out() -> None:
    picking_up = session("pop.hogefuga.com")
    turns = submit(picking_up, to("alice@hogefuga.com"), HELO)
    assert said(turns)[:2] == [":connect smtp.example.com", "EHLO cgi.example.com"]
    assert turns[-1].after.access is None
    assert turns[-1].fates


@pytest.mark.parametrize(
    ("before", "extra"),
    [
        ((), ()),
        (("HELO a",), ()),
        (("EHLO a",), ()),
        (("EHLO a", "MAIL FROM:<>", "RCPT TO:<test@hogefuga.com>"), ("RSET",)),
        (("EHLO a", "AUTH LOGIN"), ("*",)),
        (("QUIT",), (":connect smtp.example.com",)),
    ],
)
def test_the_plan_is_what_it_says_then(before: tuple[str, ...], extra: tuple[str, ...]) -> None:
    simulation, draft = after(session(), *before), to("test@hogefuga.com", "alice@hogefuga.com")._replace(body="本文")
    for split in (one_for_all, one_each):
        said_then = tuple(turn.line for turn in submit(simulation, draft, HELO, split))
        assert (*extra, *plan(simulation, draft, HELO, split)) == said_then


def test_a_server_that_knows_only_helo() -> None:
    greeted = after(session(), "HELO cgi.example.com")
    turns = submit(greeted, to("test@hogefuga.com")._replace(body="本文"), HELO)
    assert said(turns)[0] == "MAIL FROM:<webmaster@example.com>"
    assert "Content-Transfer-Encoding: base64" in [turn.line for turn in turns]


def test_the_world_is_the_one_that_ships() -> None:
    assert session().world.hosts.keys() == shipped_world().hosts.keys()
