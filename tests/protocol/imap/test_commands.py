"""Logging in, mailboxes and plain commands of IMAP: what is answered, word for word (RFC 3501 6.1 to 6.4)."""

from __future__ import annotations

import pytest

from smtpsim.protocol.dialogue import Closed, Connected, LoggedIn, LoginRefused
from smtpsim.protocol.imap.facts import MailboxLeft, MailboxSelected
from smtpsim.protocol.imap.service import Limits, Service
from smtpsim.protocol.imap.state import Phase
from smtpsim.protocol.maildrop import Flagged, FlagsChanged, Mail, Maildrop, MailsFetched, MailsRemoved
from tests.protocol.imap.dialogue import DELETED, HELLO, INBOX, RECENT, SEEN, Dialogue, arrived, mail, opened

BEFORE = "IMAP4rev1 STARTTLS AUTH=PLAIN SASL-IR IDLE NAMESPACE ID UIDPLUS SPECIAL-USE"
"""What the server can do, before anybody has logged in."""

CHECKED = {
    "CAPABILITY": ["* CAPABILITY IMAP4rev1 SASL-IR IDLE NAMESPACE ID UIDPLUS SPECIAL-USE", "a OK CAPABILITY completed"],
    "NOOP": ["a OK NOOP completed"],
    "CHECK": ["a OK CHECK completed"],
    "LOGOUT": ["* BYE imap.example.net logging out", "a OK LOGOUT completed"],
    "SELECT inbox": [
        "* FLAGS (\\Answered \\Flagged \\Deleted \\Seen \\Draft)",
        "* 3 EXISTS",
        "* 0 RECENT",
        "* OK [UNSEEN 2] Message 2 is the first unseen one",
        "* OK [PERMANENTFLAGS (\\Answered \\Flagged \\Deleted \\Seen \\Draft \\*)] Flags that are kept",
        "* OK [UIDNEXT 13] Predicted next UID",
        "* OK [UIDVALIDITY 5] UIDs are valid",
        "a OK [READ-WRITE] SELECT completed",
    ],
    'EXAMINE "Archive/2024"': [
        "* FLAGS (\\Answered \\Flagged \\Deleted \\Seen \\Draft)",
        "* 0 EXISTS",
        "* 0 RECENT",
        "* OK [PERMANENTFLAGS ()] Flags that are kept",
        "* OK [UIDNEXT 1] Predicted next UID",
        "* OK [UIDVALIDITY 1] UIDs are valid",
        "a OK [READ-ONLY] EXAMINE completed",
    ],
    "STATUS INBOX (UNSEEN MESSAGES RECENT UIDNEXT UIDVALIDITY MESSAGES)": [
        '* STATUS "INBOX" (UNSEEN 2 MESSAGES 3 RECENT 0 UIDNEXT 13 UIDVALIDITY 5)',
        "a OK STATUS completed",
    ],
    "STATUS nowhere (UNSEEN)": ["a NO [NONEXISTENT] No such mailbox"],
    "CREATE x": ["a OK CREATE completed"],
    "CREATE INBOX": ["a NO [ALREADYEXISTS] There is a mailbox of that name"],
    "DELETE INBOX": ["a NO [CANNOT] This mailbox stays"],
    "COPY 1 x": ["a NO [TRYCREATE] No such mailbox"],
    "COPY 1:2 Archive/2024": ["a OK [COPYUID 1 7:8 1:2] COPY completed"],
    "COPY 1 INBOX": ["* 4 EXISTS", "* 2 RECENT", "a OK [COPYUID 5 7 13] COPY completed"],
    "UID COPY 12,99 Archive/2024": ["a OK [COPYUID 1 12 1] COPY completed"],
    "UID COPY 99 Archive/2024": ["a OK COPY completed, nothing was chosen"],
    "NAMESPACE": ['* NAMESPACE (("" "/")) NIL NIL', "a OK NAMESPACE completed"],
    "ID NIL": ['* ID ("name" "smtpsim")', "a OK ID completed"],
    'ID ("name" "x" "version" NIL)': ['* ID ("name" "smtpsim")', "a OK ID completed"],
    "LOGIN ann tea": ["a BAD You are logged in already"],
    "NOOP now": ["a BAD Syntax: NOOP"],
    "STATUS INBOX": ["a BAD Syntax: STATUS INBOX (MESSAGES UNSEEN)"],
    "UID EXPUNGE 1": ["a OK EXPUNGE completed"],
    "UID LIST 1": ["a BAD Syntax: UID FETCH 1:* (FLAGS)"],
}


@pytest.mark.parametrize(("command", "lines"), CHECKED.items())
def test_what_is_answered(command: str, lines: list[str]) -> None:
    assert arrived(Phase.SELECTED).lines(f"a {command}") == lines


LISTED = {
    '"" *': ["INBOX", "Archive/2024"],
    '"" %': ["INBOX"],
    '"" "%/%"': ["Archive/2024"],
    '"" inbox': ["INBOX"],
    '"" In*x': ["INBOX"],
    '"" archive*': [],
    'Archive/ "%"': ["Archive/2024"],
    '"" %%**%%': ["INBOX", "Archive/2024"],
    '"" {1}': ["INBOX", "Archive/2024"],
    '"" "no*"': [],
}


@pytest.mark.parametrize("verb", ["LIST", "LSUB"])
@pytest.mark.parametrize(("arguments", "names"), LISTED.items())
def test_which_mailboxes_there_are(verb: str, arguments: str, names: list[str]) -> None:
    literal = ("*", "") if "{" in arguments else ()
    lines = arrived(Phase.AUTHENTICATED).lines(f"a {verb} {arguments}", *literal)
    assert lines == [*(f'* {verb} () "/" "{name}"' for name in names), f"a OK {verb} completed"]


def test_the_delimiter_can_be_asked_for() -> None:
    assert arrived(Phase.AUTHENTICATED).untagged('LIST "" ""') == ['LIST (\\Noselect) "/" ""']


def test_the_greeting_tells_the_capabilities() -> None:
    dialogue = Dialogue()
    assert dialogue.step.reply is not None
    assert dialogue.step.reply.lines == (f"* OK [CAPABILITY {BEFORE}] imap.example.net ready",)
    assert dialogue.step.facts == (Connected("imap.example.net"),)


@pytest.mark.parametrize("arguments", ["ann tea", '"ann" "tea"', 'ann "tea"', "ann  tea"])
def test_logging_in(arguments: str) -> None:
    step = Dialogue().say(f"a LOGIN {arguments}")
    assert step.facts == (LoggedIn("ann"),)
    assert step.state.user == "ann"


def test_logging_in_with_literals() -> None:
    step = Dialogue().say("a LOGIN {3}", "ann", " {3}", "tea", "")
    assert step.facts == (LoggedIn("ann"),)


def test_an_empty_literal() -> None:
    dialogue = Dialogue()
    assert dialogue.lines("a LOGIN {0}") == ["+ Ready for 0 octets"]
    assert dialogue.state.phase is Phase.REST
    assert dialogue.say(" tea").facts == (LoginRefused(""),)


def test_a_refused_login() -> None:
    step = Dialogue().say("a LOGIN ann TEA")
    assert step.reply is not None
    assert step.reply.lines == ("a NO [AUTHENTICATIONFAILED] Wrong user name or password",)
    assert step.facts == (LoginRefused("ann"),)


def test_quoted_pairs_are_taken_out() -> None:
    step = Dialogue().say('a LOGIN "a\\"n\\\\n" x')
    assert step.facts == (LoginRefused('a"n\\n'),)


def test_a_mechanism_that_is_not_offered_asks_for_nothing() -> None:
    lines = Dialogue().lines("a AUTHENTICATE CRAM-MD5")
    assert lines == ["a NO [CANNOT] Mechanism not offered: CRAM-MD5"]


def test_selecting_takes_the_recent_mails() -> None:
    dialogue = arrived(Phase.AUTHENTICATED)
    step = dialogue.say("a SELECT INBOX")
    assert step.facts == (MailboxSelected("INBOX", False), FlagsChanged("INBOX", (Flagged(12, frozenset()),)))
    assert dialogue.untagged("FETCH 3 FLAGS") == ["3 FETCH (FLAGS (\\Recent))"]
    assert dialogue.untagged("SEARCH NEW") == ["SEARCH 3"]
    assert all(RECENT not in found.flags for found in dialogue.inbox.mails)


def test_examining_takes_nothing() -> None:
    dialogue = arrived(Phase.AUTHENTICATED)
    assert dialogue.say("a EXAMINE INBOX").facts == (MailboxSelected("INBOX", True),)
    assert dialogue.inbox == INBOX


def test_a_select_that_fails_leaves_the_mailbox_before() -> None:
    dialogue = arrived(Phase.SELECTED)
    step = dialogue.say("a SELECT nowhere")
    assert step.state.phase is Phase.AUTHENTICATED
    assert step.facts == (MailboxLeft("INBOX"),)
    assert dialogue.reply("a FETCH 1 FLAGS").key == "need-select"


def test_new_mail_is_told_at_noop() -> None:
    dialogue = opened(mail(HELLO, SEEN, uid=4))
    drop = dialogue.inbox
    dialogue.drops["INBOX"] = drop._replace(mails=(*drop.mails, mail(HELLO, RECENT, uid=9)), uid_next=10)
    assert dialogue.untagged("NOOP") == ["2 EXISTS", "1 RECENT"]
    assert dialogue.untagged("NOOP") == []
    assert dialogue.untagged("UID SEARCH RECENT") == ["SEARCH 9"]
    assert dialogue.inbox.mails[1].flags == frozenset()


def test_what_others_did_is_told_at_check() -> None:
    dialogue = opened(*(mail(HELLO, uid=uid) for uid in (1, 2, 3, 4)))
    mails = dialogue.inbox.mails
    changed = (mails[1], mails[3]._replace(flags=frozenset({SEEN})))
    dialogue.drops["INBOX"] = dialogue.inbox._replace(mails=changed)
    assert dialogue.untagged("CHECK") == ["1 EXPUNGE", "2 EXPUNGE", "2 FETCH (FLAGS (\\Seen))"]


def test_a_mailbox_that_is_gone_brings_no_news() -> None:
    dialogue = opened(mail(HELLO))
    del dialogue.drops["INBOX"]
    assert dialogue.untagged("NOOP") == []


def test_expunge_tells_how_the_numbers_move() -> None:
    dialogue = opened(*(mail(HELLO, *([DELETED] if uid in (3, 4, 7) else []), uid=uid) for uid in range(1, 9)))
    step = dialogue.say("a EXPUNGE")
    assert step.reply is not None
    assert step.reply.lines[:-1] == ("* 3 EXPUNGE", "* 3 EXPUNGE", "* 5 EXPUNGE")
    assert step.facts == (MailsRemoved("INBOX", (3, 4, 7)),)
    assert dialogue.untagged("UID SEARCH ALL") == ["SEARCH 1 2 5 6 8"]
    assert dialogue.say("a EXPUNGE").facts == ()


def test_close_expunges_without_a_word() -> None:
    dialogue = opened(mail(HELLO, DELETED, uid=3), mail(HELLO, uid=5))
    step = dialogue.say("a CLOSE")
    assert step.facts == (MailsRemoved("INBOX", (3,)), MailboxLeft("INBOX"))
    assert step.reply is not None
    assert step.reply.lines == ("a OK CLOSE completed",)
    assert [found.uid for found in dialogue.inbox.mails] == [5]


def test_read_only_means_it() -> None:
    deleted = Maildrop("INBOX", (Mail(1, HELLO, frozenset({DELETED})),), 2)
    dialogue = arrived(Phase.AUTHENTICATED, (deleted,))
    dialogue.say("a EXAMINE INBOX")
    for command in ("EXPUNGE", "STORE 1 FLAGS ()", "UID STORE 1 +FLAGS \\Seen"):
        assert dialogue.lines(f"a {command}") == ["a NO The mailbox is open read-only"]
    assert dialogue.say("a FETCH 1 BODY[]").facts == (MailsFetched("INBOX", (1,)),)
    dialogue.say("a CLOSE")
    assert dialogue.inbox == deleted


def test_logging_out_expunges_nothing() -> None:
    dialogue = opened(mail(HELLO, DELETED))
    assert dialogue.say("a LOGOUT").facts == (Closed("client"),)
    assert len(dialogue.inbox.mails) == 1


def test_too_many_mistakes_end_the_session() -> None:
    dialogue = Dialogue(service=Service("imap.example.net", limits=Limits(errors=2)))
    dialogue.say("a x", "")
    assert dialogue.lines("a NOOP") == ["* BYE Too many errors, closing connection"]
    assert dialogue.step.facts == (Closed("server"),)
    assert dialogue.lines("a NOOP") == ["* BYE The connection is closed"]


def test_a_line_without_an_end_ends_the_session() -> None:
    sent = arrived(Phase.SELECTED).octets(b"x" * 70_000 + b"\r\n")
    assert sent == b"* BYE Line too long, closing connection\r\n* BYE The connection is closed\r\n"


def test_a_host_may_have_its_own_words() -> None:
    dialogue = Dialogue(service=Service("imap.example.net", {"noop": "NOOP done by {server}"}))
    assert dialogue.lines("x NOOP") == ["x OK NOOP done by imap.example.net"]


@pytest.mark.parametrize(("end", "key"), [(b"\n", "imap-bare-lf"), (b"\r\r\n", "imap-bare-cr")])
def test_odd_line_ends_are_forgiven(end: bytes, key: str) -> None:
    dialogue = Dialogue()
    assert dialogue.octets(b"a NOOP" + end) == b"a OK NOOP completed\r\n"
    assert [(found.key, found.column) for found in dialogue.step.faults] == [(key, 7)]
