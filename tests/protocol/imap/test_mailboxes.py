"""Mailboxes made, renamed and removed, and mails put into them (RFC 3501 6.3.3 to 6.3.11, 6.4.7)."""

from __future__ import annotations

import pytest

from smtpsim.protocol.imap.service import Limits, Service
from smtpsim.protocol.imap.state import Phase
from smtpsim.protocol.maildrop import MailboxMade, Maildrop, MailsAdded, NewMail
from tests.protocol.imap.dialogue import DROPS, HELLO, INBOX, SELECT, Dialogue, arrived


def names(dialogue: Dialogue, verb: str = "LIST") -> list[str]:
    return [line.rpartition(" ")[2].strip('"') for line in dialogue.untagged(f'{verb} "" *')]


def test_a_mailbox_and_all_above_it_are_made() -> None:
    dialogue = arrived(Phase.AUTHENTICATED)
    assert dialogue.say("a CREATE Work/2026/May/").facts == tuple(
        MailboxMade(name) for name in ("Work", "Work/2026", "Work/2026/May")
    )
    assert names(dialogue) == ["INBOX", "Archive/2024", "Work", "Work/2026", "Work/2026/May"]
    assert dialogue.untagged("STATUS Work/2026 (MESSAGES UIDNEXT)") == ['STATUS "Work/2026" (MESSAGES 0 UIDNEXT 1)']


REFUSED = {
    "CREATE inbox": "already-exists",
    "CREATE Archive/2024": "already-exists",
    "CREATE a//b": "bad-name",
    "CREATE /a": "bad-name",
    'CREATE ""': "bad-name",
    'CREATE "a*"': "bad-name",
    'CREATE "a%b"': "bad-name",
    f"CREATE {'x' * 256}": "bad-name",
    "DELETE inbox": "fixed-mailbox",
    "DELETE nowhere": "no-such-mailbox",
    "RENAME nowhere x": "no-such-mailbox",
    "RENAME Archive/2024 INBOX": "already-exists",
    "RENAME Archive/2024 a//b": "bad-name",
    "RENAME Archive/2024 Archive/2024/x": "bad-name",
    "SUBSCRIBE nowhere": "no-such-mailbox",
    "UNSUBSCRIBE nowhere": "no-such-mailbox",
}


@pytest.mark.parametrize("line", REFUSED)
def test_what_is_refused_changes_nothing(line: str) -> None:
    dialogue = arrived(Phase.AUTHENTICATED)
    assert dialogue.reply(f"a {line}").key == REFUSED[line]
    assert tuple(dialogue.drops.values()) == DROPS


def test_only_what_is_below_nothing_else_is_removed() -> None:
    dialogue = arrived(Phase.AUTHENTICATED)
    dialogue.say("a CREATE Work/2026")
    assert dialogue.reply("a DELETE Work").key == "has-children"
    assert dialogue.reply("a DELETE Work/2026").accepts
    assert dialogue.reply("a DELETE Work").accepts
    assert names(dialogue) == ["INBOX", "Archive/2024"]


def test_what_is_open_stays() -> None:
    dialogue = arrived(Phase.AUTHENTICATED)
    dialogue.say("a CREATE Work/2026", "a SELECT Work/2026")
    assert dialogue.reply("a DELETE Work/2026").key == "in-use"
    assert dialogue.reply("a RENAME Work Old").key == "in-use"
    dialogue.say("a CLOSE")
    assert dialogue.reply("a RENAME Work Old").accepts


def test_what_is_below_moves_too_and_keeps_its_uids() -> None:
    dialogue = arrived(Phase.AUTHENTICATED)
    dialogue.say("a CREATE Work/2026", "a APPEND Work/2026 {3}", "x\r\n", "")
    before = dialogue.drops["Work/2026"]
    assert dialogue.reply("a RENAME Work Done/Work").accepts
    assert names(dialogue) == ["INBOX", "Archive/2024", "Done", "Done/Work", "Done/Work/2026"]
    assert dialogue.drops["Done/Work/2026"] == before._replace(name="Done/Work/2026")


def test_of_the_inbox_only_the_mails_move() -> None:
    dialogue = arrived(Phase.AUTHENTICATED)
    assert dialogue.reply("a RENAME INBOX Old").accepts
    assert dialogue.inbox.mails == ()
    assert [mail.octets for mail in dialogue.drops["Old"].mails] == [mail.octets for mail in INBOX.mails]


def test_subscriptions() -> None:
    dialogue = arrived(Phase.AUTHENTICATED)
    assert dialogue.reply("a UNSUBSCRIBE Archive/2024").accepts
    assert names(dialogue, "LSUB") == ["INBOX"]
    assert names(dialogue) == ["INBOX", "Archive/2024"]
    assert dialogue.reply("a SUBSCRIBE Archive/2024").accepts
    assert names(dialogue, "LSUB") == ["INBOX", "Archive/2024"]


def test_there_is_an_end_to_mailboxes() -> None:
    dialogue = Dialogue(service=Service("imap.example.net", limits=Limits(mailboxes=3)))
    dialogue.say("a LOGIN ann tea")
    assert dialogue.reply("a CREATE a/b").key == "limit"
    assert dialogue.reply("a CREATE a").accepts
    assert dialogue.reply("a CREATE c").key == "limit"


def test_what_a_mailbox_is_for_is_told() -> None:
    dialogue = arrived(Phase.AUTHENTICATED, (INBOX, Maildrop("Junk", use="\\Junk", fixed=True)))
    assert dialogue.untagged('LIST "" *') == ['LIST () "/" "INBOX"', 'LIST (\\Junk) "/" "Junk"']
    assert dialogue.reply("a DELETE Junk").key == "fixed-mailbox"


APPENDED = {
    "INBOX": NewMail(HELLO),
    "INBOX (\\Seen work)": NewMail(HELLO, frozenset({"\\Seen", "work"})),
    'INBOX " 1-Feb-2024 10:00:00 +0900"': NewMail(HELLO, frozenset(), 1_706_749_200),
    'INBOX (\\Draft) "01-Feb-2024 01:00:00 +0000"': NewMail(HELLO, frozenset({"\\Draft"}), 1_706_749_200),
}


@pytest.mark.parametrize("arguments", APPENDED)
def test_a_mail_is_put_into_a_mailbox(arguments: str) -> None:
    dialogue = arrived(Phase.AUTHENTICATED)
    dialogue.octets(b"a APPEND " + arguments.encode() + b" {%d}\r\n" % len(HELLO))
    assert dialogue.octets(HELLO + b"\r\n") == b"a OK [APPENDUID 5 13] APPEND completed\r\n"
    assert dialogue.step.facts == (MailsAdded("INBOX", (APPENDED[arguments],)),)
    assert dialogue.inbox.mails[-1].octets == HELLO


def test_what_comes_into_the_open_mailbox_is_told_at_once() -> None:
    dialogue = arrived(Phase.SELECTED)
    wire = dialogue.octets(b"a APPEND INBOX {3}\r\nx\r\n\r\n")
    assert wire.endswith(b"* 4 EXISTS\r\n* 2 RECENT\r\na OK [APPENDUID 5 13] APPEND completed\r\n")
    assert dialogue.untagged("FETCH 4 (UID FLAGS)") == ["4 FETCH (UID 13 FLAGS (\\Recent))"]


@pytest.mark.parametrize(
    ("line", "key"),
    [
        ("APPEND nowhere {3}", "try-create"),
        ('APPEND INBOX "31-Feb-2024 10:00:00 +0000" {3}', "bad-argument"),
        ("APPEND INBOX (\\Recent) {3}", "bad-argument"),
        ("APPEND INBOX (" + " ".join(f"k{n}" for n in range(60)) + ") {3}", "limit"),
    ],
)
def test_what_is_not_put_there(line: str, key: str) -> None:
    dialogue = arrived(Phase.AUTHENTICATED)
    assert dialogue.reply(f"a {line}", "x\r\n", "").key == key
    assert dialogue.inbox == INBOX


def test_a_full_mailbox_takes_nothing() -> None:
    dialogue = arrived(Phase.AUTHENTICATED, (INBOX, Maildrop("Full", room=2)))
    assert dialogue.reply("a APPEND Full {3}", "x\r\n", "").key == "over-quota"
    dialogue.say(*SELECT[1:])
    assert dialogue.reply("a COPY 1 Full").key == "over-quota"
    assert dialogue.reply("a APPEND Full {2}", "x\n", "").accepts


def test_a_copy_keeps_flags_and_date_and_gets_a_uid_of_its_own() -> None:
    dialogue = arrived(Phase.SELECTED)
    assert dialogue.lines("a UID COPY 7,12 Archive/2024") == ["a OK [COPYUID 1 7,12 1:2] COPY completed"]
    first, second = dialogue.drops["Archive/2024"].mails
    assert (first.uid, first.octets, first.internal_date) == (1, INBOX.mails[0].octets, INBOX.mails[0].internal_date)
    assert first.flags == {"\\Seen", "\\Recent"}
    assert second.octets == INBOX.mails[2].octets
    assert [mail.uid for mail in dialogue.inbox.mails] == [7, 8, 12]


def test_a_large_message_comes_in_many_pieces() -> None:
    size = 1_000_000
    dialogue = arrived(Phase.AUTHENTICATED)
    dialogue.octets(b"a APPEND INBOX {%d}\r\n" % size)
    for _ in range(size // 1000):
        assert dialogue.octets(b"y" * 1000) == b""
    assert dialogue.octets(b"\r\n") == b"a OK [APPENDUID 5 13] APPEND completed\r\n"
    assert len(dialogue.inbox.mails[-1].octets) == size


def test_uid_expunge_leaves_the_others() -> None:
    dialogue = arrived(Phase.SELECTED)
    dialogue.say("a STORE 1:3 +FLAGS.SILENT (\\Deleted)")
    assert dialogue.untagged("UID EXPUNGE 8:9") == ["2 EXPUNGE"]
    assert [mail.uid for mail in dialogue.inbox.mails] == [7, 12]
