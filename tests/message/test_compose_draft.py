"""From what somebody fills in to a draft, and the mistakes on the way; the one-line form."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smtpsim.explain import LANGUAGES, words
from smtpsim.message.addresses import NamedAddress
from smtpsim.message.compose import one_each, one_for_all
from smtpsim.message.draft import FIELDS, Draft, DraftFault, read_draft
from smtpsim.message.draft_line import DraftLine, read_draft_line, words_of_line

GOOD = {"from": ["Alice <alice@example.com>"], "to": ["bob@example.net"]}


def test_every_field() -> None:
    given_fields = {
        **GOOD,
        "cc": ["carol@example.net, Dave <dave@example.net>", "erin@example.net"],
        "bcc": ["frank@example.net"],
        "reply-to": ["office@example.com"],
        "receipt": ["alice@example.com"],
        "envelope-from": ["bounces@example.com"],
        "subject": ["hello"],
        "body": ["text\n"],
    }
    assert set(given_fields) == set(FIELDS)
    draft = read_draft(given_fields)
    assert isinstance(draft, Draft)
    assert draft.author == NamedAddress("Alice", "alice@example.com")
    assert [one.address.partition("@")[0] for one in draft.cc] == ["carol", "dave", "erin"]
    assert draft.sender == "bounces@example.com"
    assert (draft.subject, draft.body) == ("hello", "text\n")


def test_the_null_sender() -> None:
    draft = read_draft({**GOOD, "envelope-from": ["<>"]})
    assert isinstance(draft, Draft)
    assert draft.sender == ""


MISTAKES: dict[str, tuple[dict[str, list[str]], str, str]] = {
    "nobody writes": ({"to": ["b@x.example"]}, "no-author", "from"),
    "nobody reads": ({"from": ["a@x.example"]}, "no-recipients", "to"),
    "only commas": ({"from": ["a@x.example"], "to": [", ,"]}, "no-recipients", "to"),
    "two authors": ({**GOOD, "from": ["a@x.example, b@x.example"]}, "several", "from"),
    "twice": ({**GOOD, "subject": ["a", "b"]}, "field-twice", "subject"),
    "bad recipient": ({**GOOD, "bcc": ["bob@"]}, "address", "bcc"),
    "bad sender": ({**GOOD, "envelope-from": ["bounces"]}, "address", "envelope-from"),
    "no such field": ({**GOOD, "sender": ["a@x.example"]}, "field-unknown", "sender"),
    "a second header": ({**GOOD, "subject": ["x\r\nBcc: victim@x.example"]}, "control-character", "subject"),
    "a header in a name": ({**GOOD, "to": ["x\nBcc: <b@x.example>"]}, "control-character", "to"),
    "escape": ({**GOOD, "subject": ["\x1b[2J"]}, "control-character", "subject"),
    "octets": ({**GOOD, "body": ["\udcff"]}, "not-text", "body"),
}


@pytest.mark.parametrize(("fields", "key", "field"), MISTAKES.values(), ids=MISTAKES)
def test_mistakes(fields: dict[str, list[str]], key: str, field: str) -> None:
    found = read_draft(fields)
    assert isinstance(found, DraftFault)
    assert (found.key, found.field) == (key, field)
    for lang in LANGUAGES:
        assert words(lang).has(f"compose.{found.key}")


def test_a_bad_address_says_where() -> None:
    found = read_draft({**GOOD, "to": ["bob@example.net, car ol@example.net"]})
    assert isinstance(found, DraftFault)
    assert found.found == "car ol@example.net"
    assert found.fault is not None
    assert found.fault.column == 4


def test_a_line() -> None:
    people = 'from=a@x.example to="Bob B <b@x.example>, c@x.example" to=d@x.example'
    found = read_draft_line(f'{people} SUBJECT=hi body="one\\n\\ntwo" each receipt')
    assert isinstance(found, DraftLine)
    assert found.split is one_each
    draft = found.draft
    assert draft.recipients == ("b@x.example", "c@x.example", "d@x.example")
    assert draft.to[0].name == "Bob B"
    assert (draft.subject, draft.body) == ("hi", "one\n\ntwo")
    assert draft.receipt_to == (draft.author,)


def test_a_line_with_quoted_quotes() -> None:
    found = read_draft_line("""from=a@x.example to='"Tanaka, Taro" <t@x.example>' subject="it's 日本語" """)
    assert isinstance(found, DraftLine)
    assert found.split is one_for_all
    assert found.draft.to == (NamedAddress("Tanaka, Taro", "t@x.example"),)
    assert found.draft.subject == "it's 日本語"


LINES = {
    "": "no-author",
    "to=b@x.example": "no-author",
    "receipt to=b@x.example": "no-author",
    "from=a@x.example": "no-recipients",
    "from=a@x.example to=b@x.example hello": "word",
    "from=a@x.example to=b@x.example colour=red": "field-unknown",
    'from=a@x.example to=b@x.example subject="x': "quote-unclosed",
    "from=a@x.example to=b": "address",
}


@pytest.mark.parametrize(("line", "key"), LINES.items())
def test_lines_that_are_wrong(line: str, key: str) -> None:
    found = read_draft_line(line)
    assert isinstance(found, DraftFault)
    assert found.key == key


@given(st.text())
def test_no_line_is_too_odd(line: str) -> None:
    for text in (line, f"from=a@x.example to=b@x.example body={line}"):
        assert isinstance(read_draft_line(text), DraftLine | DraftFault)


def test_completion_knows_the_fields() -> None:
    assert set(words_of_line()) == {*(f"{name}=" for name in FIELDS), "each", "receipt"}
