"""What is wrong with a command, and at which column."""

from __future__ import annotations

import pytest

from smtpsim.protocol.imap import fault
from smtpsim.protocol.imap.service import Limits
from smtpsim.protocol.imap.state import Phase
from tests.protocol.imap.dialogue import arrived

MOST = Limits().command

# A caret stands before the character that is pointed at
WRONG = [
    ("^", "empty-line"),
    ("^  ", "empty-line"),
    ("^* NOOP", "tag-syntax"),
    ("^+ok NOOP", "tag-syntax"),
    ("^(a NOOP", "tag-syntax"),
    ("^あ NOOP", "tag-syntax"),
    ("a1^", "verb-missing"),
    ("NOOP^", "tag-missing"),
    ("^SELECT INBOX", "tag-missing"),
    ("a ^EHLO x", "unknown-verb"),
    ("a ^{3}x", "unknown-verb"),
    ("a NOOP ^now", "argument-unexpected"),
    ("a NOOP^ ", "extra-space"),
    ("a STATUS^", "argument-missing"),
    ("a STATUS INBOX^", "argument-missing"),
    ('a STATUS "INBOX"^(MESSAGES)', "space-missing"),
    ("a STATUS INBOX ^MESSAGES", "list-unopened"),
    ("a STATUS INBOX ^(MESSAGES", "list-unclosed"),
    ("a STATUS INBOX (MESSAGES ^)", "status-item"),
    ("a STATUS INBOX (^SIZE)", "status-item"),
    ('a SELECT ^"INBOX', "quote-unclosed"),
    ("a SELECT ^受信箱", "string-syntax"),
    ("a SELECT IN^箱", "string-syntax"),
    ('a SELECT ^"受信箱"', "eight-bit"),
    ("a SELECT ^{3}x", "string-syntax"),
    ("a SELECT ^{3+}", "literal-plus"),
    (f"a SELECT ^{{{MOST}}}", "literal-too-big"),
    ("a SELECT ^{99999999999999999999}", "literal-too-big"),
    ("a LIST ^(x) *", "string-syntax"),
    ("a FETCH ^x FLAGS", "sequence-syntax"),
    ("a FETCH ^0 FLAGS", "number-range"),
    ("a FETCH 1,^4294967296 FLAGS", "number-range"),
    ("a FETCH 1,^:2 FLAGS", "sequence-syntax"),
    ("a FETCH 1,2,^ FLAGS", "sequence-syntax"),
    ("a FETCH 1,^1:2:3 FLAGS", "sequence-syntax"),
    ("a FETCH 1,^99999999999 FLAGS", "sequence-syntax"),
    ("a FETCH ^1+2 FLAGS", "sequence-syntax"),
    ("a FETCH 1  ^FOO", "fetch-item"),
    ("a FETCH 1 (FLAGS ^FOO)", "fetch-item"),
    ("a FETCH 1 ^RFC822.PEEK", "fetch-item"),
    ("a FETCH 1 BODY[^FOO]", "section-syntax"),
    ("a FETCH 1 BODY[1.^]", "section-syntax"),
    ("a FETCH 1 BODY[^0]", "section-syntax"),
    ("a FETCH 1 BODY[^MIME]", "section-syntax"),
    ("a FETCH 1 BODY[HEADER^", "section-syntax"),
    ("a FETCH 1 BODY[HEADER^ (From)]", "section-syntax"),
    ("a FETCH 1 BODY[HEADER.FIELDS^]", "space-missing"),
    ("a FETCH 1 BODY[HEADER.FIELDS (From ^a:b)]", "field-name"),
    ("a FETCH 1 BODY[]^<0>", "partial-syntax"),
    ("a FETCH 1 BODY[]^<0.0>", "partial-syntax"),
    ("a FETCH 1 BODY[]^<-1.5>", "partial-syntax"),
    ("a FETCH 1 BODY[]^x", "argument-unexpected"),
    ("a FETCH 1 (^ALL)", "fetch-item"),
    ("a STORE 1 ^MARK (\\Seen)", "store-item"),
    ("a STORE 1 ^+FLAGS(\\Seen)", "store-item"),
    ("a STORE 1 FLAGS ^\\", "flag-syntax"),
    ("a STORE 1 FLAGS (\\Seen ^(x))", "flag-syntax"),
    ("a STORE 1 FLAGS (^\\Foo)", "flag-unknown"),
    ("a STORE 1 +FLAGS ^\\recent", "flag-recent"),
    ("a SEARCH ^FOO", "search-key"),
    ("a SEARCH ALL ^FOO", "search-key"),
    ("a SEARCH (^)", "search-key"),
    ("a SEARCH ^(ALL", "list-unclosed"),
    ("a SEARCH SINCE ^yesterday", "date-syntax"),
    ("a SEARCH SINCE ^30-Feb-2024", "date-syntax"),
    ("a SEARCH LARGER ^big", "number-range"),
    ("a SEARCH FROM^", "argument-missing"),
    ("a SEARCH CHARSET ^klingon ALL", "charset"),
    ("a UID ^LIST 1", "uid-verb"),
    ("a APPEND INBOX ^x", "literal-missing"),
    ("a APPEND INBOX (\\Seen) ^x", "literal-missing"),
    ("a UID EXPUNGE^", "argument-missing"),
    ("a ID ^x", "list-unopened"),
    ("a UID FETCH^", "argument-missing"),
]


@pytest.mark.parametrize(("marked", "key"), WRONG)
def test_what_is_wrong_and_where(marked: str, key: str) -> None:
    line, column = marked.replace("^", ""), marked.index("^") + 1
    assert arrived(Phase.SELECTED).faults(line)[-1] == (key, column)


def test_behind_a_literal_columns_count_from_the_new_line() -> None:
    assert arrived(Phase.SELECTED).faults("a SEARCH FROM {3}", "ann", " FOO") == [("search-key", 2)]


def test_what_stands_before_a_literal_has_no_column() -> None:
    assert arrived(Phase.SELECTED).faults("a SEARCH FOO {3}", "ann", "") == [("search-key", 0)]


def test_a_refused_literal_is_not_waited_for() -> None:
    dialogue = arrived(Phase.SELECTED)
    for line in ("a APPEND INBOX {99999999}", "a SELECT {99999999}", "a FOO {3}", "a SELECT {3+}"):
        assert not dialogue.reply(line).accepts
        assert dialogue.state.wants_octets == 0


def test_a_command_with_all_its_literals_has_a_limit() -> None:
    dialogue = arrived(Phase.NOT_AUTHENTICATED)
    size = MOST // 2
    assert dialogue.reply(f"a LOGIN {{{size}}}").accepts
    assert dialogue.faults("x" * size, f" {{{size}}}") == [("literal-too-big", 2)]
    assert dialogue.state.phase is Phase.NOT_AUTHENTICATED


def test_every_key_is_named_for_its_protocol() -> None:
    assert all(key.startswith("imap-") for key in fault.RULES)


def test_every_fault_can_be_provoked() -> None:
    elsewhere = {"line-too-long", "bare-lf", "bare-cr", "no-such-message", "too-deep", "too-many"} | {
        "base64-syntax",
        "credentials-syntax",
        "done-missing",
    }
    assert {f"imap-{key}" for _, key in WRONG} | {f"imap-{key}" for key in elsewhere} == set(fault.RULES)
