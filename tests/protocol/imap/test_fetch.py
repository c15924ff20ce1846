"""FETCH, item by item (RFC 3501 6.4.5, 7.4.2)."""

from __future__ import annotations

import pytest

from smtpsim.protocol.imap.service import Limits, Service
from smtpsim.protocol.imap.state import Phase
from smtpsim.protocol.maildrop import Flagged, FlagsChanged, MailsFetched
from tests.protocol.imap.dialogue import HELLO, OCTETS, RECENT, REPORT, SEEN, SELECT, Dialogue, arrived, mail, opened

HEADER = HELLO.partition(b"\r\n\r\n")[0] + b"\r\n\r\n"
TEXT = b"first line\r\nsecond line\r\n"
ENCLOSED = REPORT.partition(b"message/rfc822\r\n\r\n")[2].partition(b"\r\n--b 1")[0]
BOB = '(("Bob" NIL "bob" "example.com"))'
LINES = ENCLOSED.count(b"\r\n")

TOLD = {
    "1 FLAGS": "FLAGS (\\Seen)",
    "1 UID": "UID 7",
    "1 INTERNALDATE": 'INTERNALDATE " 1-Feb-2024 01:00:00 +0000"',
    "1 RFC822.SIZE": f"RFC822.SIZE {len(HELLO)}",
    "1 FAST": f'FLAGS (\\Seen) INTERNALDATE " 1-Feb-2024 01:00:00 +0000" RFC822.SIZE {len(HELLO)}',
    "1 ENVELOPE": 'ENVELOPE ("Thu, 1 Feb 2024 10:00:00 +0900" "hello" '
    f'{BOB} {BOB} {BOB} ((NIL NIL "ann" "example.net")) NIL NIL NIL "<1@example.com>")',
    "1 BODY": f'BODY ("TEXT" "PLAIN" ("charset" "us-ascii") NIL NIL "7BIT" {len(TEXT)} 2)',
    "1 BODYSTRUCTURE": f'BODYSTRUCTURE ("TEXT" "PLAIN" ("charset" "us-ascii") NIL NIL "7BIT" {len(TEXT)} 2 '
    "NIL NIL NIL NIL)",
    "1 (UID FLAGS)": "UID 7 FLAGS (\\Seen)",
    "3 FLAGS": "FLAGS (\\Recent)",
}


@pytest.mark.parametrize(("arguments", "told"), TOLD.items())
def test_items_that_are_no_octets(arguments: str, told: str) -> None:
    number = arguments[0]
    assert arrived(Phase.SELECTED).untagged(f"FETCH {arguments}") == [f"{number} FETCH ({told})"]


def test_macros_stand_for_lists() -> None:
    dialogue = arrived(Phase.SELECTED)
    told = {name: dialogue.untagged(f"FETCH 1 {name}")[0] for name in ("ALL", "FAST", "FULL", "BODY", "ENVELOPE")}
    body, envelope = (told[name].removeprefix("1 FETCH (") for name in ("BODY", "ENVELOPE"))
    assert told["ALL"] == f"{told['FAST'][:-1]} {envelope}"
    assert told["FULL"] == f"{told['ALL'][:-1]} {body}"


def fetched(item: str, number: int) -> bytes | None:
    """What a dialogue sends for one item of a letter: octets, or None for NIL."""
    wire = arrived(Phase.SELECTED).octets(f"a FETCH {number} {item}\r\n".encode())
    start, end = f"* {number} FETCH (".encode(), b"\r\na OK FETCH completed\r\n"
    assert wire.startswith(start)
    assert wire.endswith(end)
    inside = wire.removeprefix(start).removesuffix(end)
    inside = inside.removesuffix(b")").removesuffix(b" FLAGS (\\Seen)").removesuffix(b" FLAGS (\\Seen \\Recent)")
    name, slice_, begin = item.upper().replace(".PEEK", "").partition("<")
    label = f"{name}<{begin.partition('.')[0]}>" if slice_ else name
    assert inside[: len(label) + 1].decode().upper() == f"{label} "
    value = inside[len(label) + 1 :]
    if value == b"NIL":
        return None
    size, _, octets = value.partition(b"}\r\n")
    assert len(octets) == int(size[1:])
    return octets


OCTETS_OF = {
    (1, "BODY[]"): HELLO,
    (1, "BODY.PEEK[]"): HELLO,
    (1, "RFC822"): HELLO,
    (1, "RFC822.HEADER"): HEADER,
    (1, "RFC822.TEXT"): TEXT,
    (1, "BODY[HEADER]"): HEADER,
    (1, "BODY[TEXT]"): TEXT,
    (1, "BODY[1]"): TEXT,
    (1, "BODY[1.MIME]"): HEADER,
    (1, "BODY[2]"): None,
    (1, "BODY[1.1]"): None,
    (1, "BODY[1.HEADER]"): None,
    (1, "BODY[1.TEXT]"): None,
    (1, "BODY[]<0.6>"): HELLO[:6],
    (1, "BODY[]<7.4294967295>"): HELLO[7:],
    (1, "BODY[TEXT]<9999.10>"): b"",
    (1, "BODY[2]<0.5>"): None,
    (1, "BODY[HEADER.FIELDS (SUBJECT FROM)]"): b"From: Bob <bob@example.com>\r\nSubject: hello\r\n\r\n",
    (1, "BODY[HEADER.FIELDS (X-NONE)]"): b"\r\n",
    (1, "BODY[HEADER.FIELDS ()]"): b"\r\n",
    (2, "BODY[HEADER.FIELDS (SUBJECT)]"): b"Subject: =?utf-8?B?5pel5pys?=\r\n\t=?utf-8?Q?=E8=AA=9E?= folded\r\n\r\n",
    (2, "BODY[1]"): b"plain words",
    (2, "BODY[1.MIME]"): b"\r\n",
    (2, "BODY[2]"): ENCLOSED,
    (2, "BODY[2.HEADER]"): ENCLOSED.partition(b"\r\n\r\n")[0] + b"\r\n\r\n",
    (2, "BODY[2.TEXT]"): ENCLOSED.partition(b"\r\n\r\n")[2],
    (2, "BODY[2.HEADER.FIELDS (SUBJECT)]"): b"Subject: inner\r\n\r\n",
    (2, "BODY[2.1]"): b"caf=C3=A9",
    (2, "BODY[2.2]"): b"<p>caf</p>",
    (2, "BODY[2.2.MIME]"): b"Content-Type: text/html\r\n\r\n",
    (2, "BODY[2.3]"): None,
    (2, "BODY[3]"): b"GyRCRnxLXBsoQg==",
    (2, "BODY[4294967295]"): None,
    (3, "BODY[]"): OCTETS,
    (3, "BODY[TEXT]"): b"\x80\x1b[31m no end",
    (3, "BODY[]<9.2>"): b"\xff\xfe",
}


@pytest.mark.parametrize(("number", "item"), OCTETS_OF)
def test_the_octets_of_a_section(number: int, item: str) -> None:
    assert fetched(item, number) == OCTETS_OF[number, item]
    assert fetched(item.lower(), number) == OCTETS_OF[number, item]


def test_the_fields_that_were_not_named() -> None:
    names = "RETURN-PATH DATE FROM TO MESSAGE-ID"
    assert fetched(f"BODY[HEADER.FIELDS.NOT ({names})]", 1) == b"Subject: hello\r\n\r\n"


STRUCTURE = (
    '(("TEXT" "PLAIN" ("charset" "us-ascii") NIL NIL "7BIT" 11 0{none})'
    f'("MESSAGE" "RFC822" NIL NIL NIL "7BIT" {len(ENCLOSED)} '
    '(NIL "inner" ((NIL NIL "dave" "example.org")) ((NIL NIL "dave" "example.org")) '
    '((NIL NIL "dave" "example.org")) NIL NIL NIL NIL NIL) '
    '(("TEXT" "PLAIN" ("charset" "utf-8") NIL NIL "QUOTED-PRINTABLE" 9 0{none})'
    '("TEXT" "HTML" NIL NIL NIL "7BIT" 10 0{none}) "ALTERNATIVE"{alternative}) '
    f"{LINES}"
    "{none})"
    '("TEXT" "PLAIN" ("charset" "iso-2022-jp" "name" "a\\"b") NIL NIL "BASE64" 16 0{attached}) "MIXED"{mixed})'
)


def test_the_structure_of_a_letter_with_parts() -> None:
    dialogue = arrived(Phase.SELECTED)
    short = dict.fromkeys(("none", "alternative", "attached", "mixed"), "")
    assert dialogue.untagged("FETCH 2 BODY") == [f"2 FETCH (BODY {STRUCTURE.format_map(short)})"]
    whole = {
        "none": " NIL NIL NIL NIL",
        "alternative": ' ("boundary" "b2") NIL NIL NIL',
        "attached": ' NIL ("attachment" ("filename" "x.txt")) NIL NIL',
        "mixed": ' ("boundary" "b 1") NIL NIL NIL',
    }
    assert dialogue.untagged("FETCH 2 BODYSTRUCTURE") == [f"2 FETCH (BODYSTRUCTURE {STRUCTURE.format_map(whole)})"]


def test_an_envelope_with_a_group_and_encoded_words() -> None:
    carol = '(("Smith, Carol" NIL "carol" "example.org"))'
    group = '((NIL NIL "undisclosed-recipients" NIL)(NIL NIL NIL NIL))'
    subject = '"=?utf-8?B?5pel5pys?= =?utf-8?Q?=E8=AA=9E?= folded"'
    envelope = f"(NIL {subject} {carol} {carol} {carol} {group} NIL NIL NIL NIL)"
    assert arrived(Phase.SELECTED).untagged("FETCH 2 ENVELOPE") == [f"2 FETCH (ENVELOPE {envelope})"]


def test_what_quotes_cannot_hold_is_a_literal() -> None:
    wire = opened(mail(b"Subject: \xff\x1b\r\n\r\n")).octets(b"a FETCH 1 ENVELOPE\r\n")
    assert b"(NIL {2}\r\n\xff\x1b NIL" in wire


def test_a_sender_and_a_reply_to_of_their_own() -> None:
    letter = b"From: a@x\r\nSender: b@x\r\nReply-To: c@x, d@x\r\nCc: e@x\r\nCc: f@x\r\nIn-Reply-To: <z>\r\n\r\n"
    mailboxes = [f'(NIL NIL "{name}" "x")' for name in "abcdef"]
    a, b, c, d, e, f = mailboxes
    told = opened(mail(letter)).untagged("FETCH 1 ENVELOPE")
    assert told == [f'1 FETCH (ENVELOPE (NIL NIL ({a}) ({b}) ({c}{d}) NIL ({e}{f}) NIL "<z>" NIL))']


def test_reading_sets_seen_and_peeking_does_not() -> None:
    dialogue = arrived(Phase.SELECTED)
    step = dialogue.say("a FETCH 1:2 (BODY.PEEK[] RFC822.HEADER ENVELOPE)")
    assert step.facts == (MailsFetched("INBOX", (7, 8)),)
    for item in ("BODY[TEXT]", "RFC822", "RFC822.TEXT", "BODY[9]"):
        dialogue = arrived(Phase.SELECTED)
        step = dialogue.say(f"a FETCH 1:2 ({item} UID)")
        assert step.facts == (
            MailsFetched("INBOX", (7, 8)),
            FlagsChanged("INBOX", (Flagged(8, frozenset({SEEN})),)),
        )
        assert step.reply is not None
        assert step.reply.lines[-2].endswith(" UID 8 FLAGS (\\Seen))")
        assert SEEN in dialogue.inbox.mails[1].flags


def test_flags_that_are_asked_for_are_told_once() -> None:
    line = arrived(Phase.SELECTED).lines("a FETCH 2 (FLAGS BODY[9])")[0]
    assert line == "* 2 FETCH (FLAGS (\\Seen) BODY[9] NIL)"


def test_the_world_does_not_hear_of_recent() -> None:
    step = arrived(Phase.SELECTED).say("a FETCH 3 BODY[9]")
    assert step.reply is not None
    assert step.reply.lines[0] == "* 3 FETCH (BODY[9] NIL FLAGS (\\Seen \\Recent))"
    assert step.facts[-1] == FlagsChanged("INBOX", (Flagged(12, frozenset({SEEN})),))


def test_flags_alone_are_no_reading() -> None:
    assert arrived(Phase.SELECTED).say("a FETCH 1:* ALL").facts == ()


CHOSEN = {
    "1": [1],
    "3,1": [1, 3],
    "1:2,2:3": [1, 2, 3],
    "3:1": [1, 2, 3],
    "*": [3],
    "*:2": [2, 3],
    "*:*": [3],
}


@pytest.mark.parametrize(("numbers", "chosen"), CHOSEN.items())
def test_which_mails_a_set_names(numbers: str, chosen: list[int]) -> None:
    told = arrived(Phase.SELECTED).untagged(f"FETCH {numbers} RFC822.SIZE")
    assert [int(line.split()[0]) for line in told] == chosen


BY_UID = {
    "7": [7],
    "1:4294967295": [7, 8, 12],
    "9:11": [],
    "13:*": [12],
    "*": [12],
    "8,7,1,8": [7, 8],
}


@pytest.mark.parametrize(("numbers", "chosen"), BY_UID.items())
def test_which_mails_a_set_of_uids_names(numbers: str, chosen: list[int]) -> None:
    told = arrived(Phase.SELECTED).untagged(f"UID FETCH {numbers} FLAGS")
    assert [int(line.split()[3]) for line in told] == chosen


@pytest.mark.parametrize("numbers", ["4", "1:4", "2:4294967295", "1,9,2"])
def test_numbers_that_there_are_not(numbers: str) -> None:
    dialogue = arrived(Phase.SELECTED)
    assert dialogue.lines(f"a FETCH {numbers} FLAGS") == ["a BAD No such message, the last one is 3"]
    assert dialogue.faults(f"a FETCH {numbers} FLAGS") == [("no-such-message", 9)]


def test_an_empty_mailbox_has_no_last_mail() -> None:
    dialogue = opened()
    assert dialogue.reply("a FETCH 1:* FLAGS").key == "no-such-message"
    assert dialogue.untagged("UID FETCH 1:* FLAGS") == []
    assert dialogue.untagged("SEARCH 1:*") == ["SEARCH"]


def test_more_than_the_limit_is_refused_and_changes_nothing() -> None:
    dialogue = Dialogue(service=Service("imap.example.net", limits=Limits(reply=len(HELLO) + 100)))
    dialogue.say(*SELECT)
    before = dialogue.state
    assert dialogue.lines("a FETCH 2 (BODY[] BODY[])") == ["a NO [LIMIT] That is too much at once"]
    assert dialogue.lines("a FETCH 1:2 BODY[]") == ["a NO [LIMIT] That is too much at once"]
    assert dialogue.state == before._replace(errors=2)
    assert dialogue.reply("a FETCH 1 BODY[]").accepts


def test_a_recent_mail_is_recent_for_one_session() -> None:
    dialogue = opened(mail(HELLO, RECENT))
    dialogue.say("a CLOSE", "a SELECT INBOX")
    assert dialogue.untagged("FETCH 1 FLAGS") == ["1 FETCH (FLAGS ())"]
