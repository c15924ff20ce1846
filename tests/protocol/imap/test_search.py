"""SEARCH: every key, and how keys go together (RFC 3501 6.4.4)."""

from __future__ import annotations

import pytest

from smtpsim.protocol.imap.search.reader import DEEPEST, MOST_KEYS, WORDS
from smtpsim.protocol.imap.state import Phase
from smtpsim.protocol.imap.table import TABLE
from tests.protocol.imap.dialogue import HELLO, REPORT, SEEN, arrived, mail, opened

FOUND = {
    "ALL": [1, 2, 3],
    "SEEN": [1],
    "UNSEEN": [2, 3],
    "RECENT": [3],
    "OLD": [1, 2],
    "NEW": [3],
    "ANSWERED": [],
    "UNANSWERED": [1, 2, 3],
    "DELETED": [],
    "UNDELETED": [1, 2, 3],
    "FLAGGED": [],
    "UNFLAGGED": [1, 2, 3],
    "DRAFT": [],
    "UNDRAFT": [1, 2, 3],
    "KEYWORD work": [],
    "UNKEYWORD work": [1, 2, 3],
    "FROM bob": [1],
    "FROM EXAMPLE": [1, 2],
    'FROM "smith, carol"': [2],
    "TO ann@": [1],
    "CC x": [],
    "BCC x": [],
    "SUBJECT HELLO": [1],
    "SUBJECT 日本語": [2],
    'SUBJECT "語 folded"': [2],
    'SUBJECT ""': [1, 2, 3],
    "HEADER message-id 1@": [1],
    'HEADER to ""': [1, 2],
    "HEADER x-none x": [],
    'BODY "second line"': [1],
    "BODY bob": [],
    "BODY dave": [2],
    "BODY 日本": [2],
    "BODY café": [2],
    "TEXT bob": [1],
    "TEXT subject": [1, 2, 3],
    "ON 1-Feb-2024": [1],
    'SINCE "2-Feb-2024"': [2, 3],
    "BEFORE 3-feb-2024": [1, 2],
    "SENTON 1-Feb-2024": [1],
    "SENTSINCE 2-Feb-2024": [],
    "SENTBEFORE 2-Feb-2024": [1],
    f"LARGER {len(HELLO)}": [2],
    f"SMALLER {len(HELLO)}": [3],
    "UID 8:*": [2, 3],
    "UID 1": [],
    "1,3": [1, 3],
    "*": [3],
    "2:9": [2, 3],
    "NOT 2": [1, 3],
    "NOT NOT 2": [2],
    "OR 1 3": [1, 3],
    "OR NOT 1 SEEN": [1, 2, 3],
    "UNSEEN 1:2": [2],
    "(UNSEEN 1:2)": [2],
    "NOT (UNSEEN 1:2)": [1, 3],
    "OR (1 SEEN) (2 UNSEEN)": [1, 2],
    "ALL  ALL": [1, 2, 3],
    "CHARSET UTF-8 ALL": [1, 2, 3],
    "charset us-ascii SUBJECT hello": [1],
}


@pytest.mark.parametrize(("keys", "found"), FOUND.items())
def test_what_is_found(keys: str, found: list[int]) -> None:
    dialogue = arrived(Phase.SELECTED)
    line = quoted(keys)
    assert dialogue.untagged(f"SEARCH {line}") == [" ".join(["SEARCH", *map(str, found)])]
    uids = {1: 7, 2: 8, 3: 12}
    assert dialogue.untagged(f"UID SEARCH {line}") == [" ".join(["SEARCH", *(str(uids[one]) for one in found)])]


def quoted(keys: str) -> str:
    """Words beyond ASCII in quotation marks."""
    return " ".join(word if word.isascii() or '"' in word else f'"{word}"' for word in keys.split(" "))


def test_every_key_is_tried() -> None:
    words = {word for keys in FOUND for word in keys.upper().replace("(", "").split()}
    assert set(WORDS) <= words


def test_a_string_as_a_literal() -> None:
    assert arrived(Phase.SELECTED).lines("a SEARCH CHARSET UTF-8 SUBJECT {6}", "日本", " UNSEEN") == [
        "* SEARCH 2",
        "a OK SEARCH completed",
    ]


def test_letters_beyond_ascii_in_quotes_are_remarked() -> None:
    assert arrived(Phase.SELECTED).faults('a SEARCH SUBJECT "日本"') == [("eight-bit", 18)]


def test_an_unknown_character_set() -> None:
    dialogue = arrived(Phase.SELECTED)
    assert dialogue.lines("a SEARCH CHARSET latin1 ALL") == ["a NO [BADCHARSET (US-ASCII UTF-8)] Unknown character set"]
    assert dialogue.faults("a SEARCH CHARSET latin1 ALL") == [("charset", 18)]


LIMITED = {
    " ".join(["ALL"] * (MOST_KEYS + 1)): "too-many",
    "(" * 30_000: "too-deep",
    "NOT " * (DEEPEST + 1) + "ALL": "too-deep",
    "OR " * 20_000 + "ALL": "too-deep",
}


@pytest.mark.parametrize(("keys", "fault"), LIMITED.items(), ids=lambda text: text[:8])
def test_too_much_at_once(keys: str, fault: str) -> None:
    dialogue = arrived(Phase.SELECTED)
    assert dialogue.lines(f"a SEARCH {keys}") == ["a NO [LIMIT] That is too much at once"]
    assert [key for key, _ in dialogue.faults(f"a SEARCH {keys}")] == [fault]


def test_a_set_that_spans_everything_is_not_counted_through() -> None:
    numbers = ",".join(["1:4294967295"] * 4000)
    dialogue = arrived(Phase.SELECTED)
    assert dialogue.untagged(f"SEARCH {numbers}") == ["SEARCH 1 2 3"]
    assert len(dialogue.untagged(f"UID FETCH {numbers} UID")) == 3


ODD_LETTERS = {
    b"Content-Type: text/plain; charset=nosuch\r\n\r\nneedle": True,
    b"Content-Type: text/plain; charset=punycode\r\n\r\nneedle": True,
    b"Content-Transfer-Encoding: base64\r\n\r\nbmVlZGxl": True,
    b"Content-Transfer-Encoding: base64\r\n\r\nneedle x!": True,
    b"Content-Type: multipart/mixed\r\n\r\nneedle": True,
    b"Content-Type: multipart/mixed; boundary=x\r\n\r\nneedle": True,
    b"Content-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\n\r\nneedle": True,
    b"Content-Type: multipart/mixed; boundary=x\r\n\r\nneedle\r\n--x\r\n\r\nhay": False,
    b"Content-Type: application/pdf\r\n\r\nneedle": True,
    b"Subject: needle\r\n\r\nhay": False,
    b"needle": True,
}


@pytest.mark.parametrize(("letter", "found"), ODD_LETTERS.items())
def test_the_body_of_odd_letters(letter: bytes, found: bool) -> None:
    assert opened(mail(letter)).untagged("SEARCH BODY NEEDLE") == ["SEARCH 1" if found else "SEARCH"]


@pytest.mark.parametrize("date", ["", "yesterday", "31 Feb 2024", "1 Foo 2024", "00 Jan 0000"])
def test_a_date_that_makes_no_sense_was_never_sent(date: str) -> None:
    dialogue = opened(mail(f"Date: {date}\r\n\r\n".encode()))
    for key in ("SENTSINCE 1-Jan-1970", "SENTBEFORE 1-Jan-2100", "SENTON 1-Jan-2024"):
        assert dialogue.untagged(f"SEARCH {key}") == ["SEARCH"]


def test_searching_changes_nothing() -> None:
    dialogue = opened(mail(HELLO, SEEN), mail(REPORT, uid=2))
    before = dialogue.state
    step = dialogue.say("a SEARCH TEXT x")
    assert (step.state, step.facts) == (before, ())
    assert "SEARCH" in TABLE[Phase.SELECTED]
