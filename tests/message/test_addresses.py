"""Lists of addresses: read leniently, checked strictly, written so that others read the same."""

from __future__ import annotations

from email.utils import getaddresses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smtpsim.message.addresses import (
    BadAddress,
    Member,
    NamedAddress,
    address_fault,
    addresses,
    checked,
    members,
    unique,
    written,
)
from smtpsim.message.encoded_words import readable

LISTS = {
    "": [],
    ",, ,": [],
    "a@x.example": [("", "a@x.example")],
    "a@x.example, b@y.example": [("", "a@x.example"), ("", "b@y.example")],
    "Alice <a@x.example>": [("Alice", "a@x.example")],
    '"Tanaka, Taro" <t@x.example>, b@y.example': [("Tanaka, Taro", "t@x.example"), ("", "b@y.example")],
    r'"a \"b\" c" <t@x.example>': [('a "b" c', "t@x.example")],
    "=?UTF-8?B?566h55CG6ICF?= <w@x.example>": [("管理者", "w@x.example")],
    "管理者 <w@x.example>": [("管理者", "w@x.example")],
    "a@x.example (Alice (the first))": [("Alice (the first)", "a@x.example")],
    "a@x.example (Alice, of course)": [("Alice, of course", "a@x.example")],
    "undisclosed-recipients:;": [],
    "Team: a@x.example, B <b@x.example>;, c@x.example": [
        ("", "a@x.example"),
        ("B", "b@x.example"),
        ("", "c@x.example"),
    ],
    '"a b"@x.example': [("", '"a b"@x.example')],
    '"a,b"@x.example': [("", '"a,b"@x.example')],
    "a@[IPv6:2001:db8::1]": [("", "a@[IPv6:2001:db8::1]")],
    "<a@x.example": [("", "a@x.example")],
    "<>": [("", "")],
}


@pytest.mark.parametrize(("text", "found"), LISTS.items())
def test_what_a_list_holds(text: str, found: list[tuple[str, str]]) -> None:
    assert addresses(text) == tuple(NamedAddress(*one) for one in found)


WRONG = {
    "alice": "at-missing",
    "alice@": "domain-missing",
    "@x.example": "local-empty",
    "a@b@c": "at-doubled",
    "a b@c": "local-syntax",
    "<a@x.example> <b@y.example>": "at-doubled",
    "a@x.example b@y.example": "at-doubled",
    "a..b@x.example": "local-dots",
    "a@x.example.": "trailing-dot",
    "a@-x.example": "domain-syntax",
    "good@x.example, a@": "domain-missing",
    "a@[300.1.1.1]": "literal-syntax",
    "<": "local-empty",
}


@pytest.mark.parametrize(("text", "key"), WRONG.items())
def test_what_is_wrong_with_a_list(text: str, key: str) -> None:
    found = checked(text)
    assert isinstance(found, BadAddress)
    assert found.fault.key == key


@pytest.mark.parametrize("text", ["a@x.example", "管理者@例え.example", '"a b"@x.example', "a@[192.0.2.1]", ""])
def test_what_is_good(text: str) -> None:
    assert checked(text) == addresses(text)


VISIBLE = st.characters(exclude_categories=("C", "Z"))
NAMES = st.text(VISIBLE | st.just(" "), max_size=80).map(lambda text: " ".join(text.split()))
LOCALS = st.from_regex(r"[a-z0-9]{1,10}(\.[a-z0-9]{1,10})?", fullmatch=True)


@given(st.lists(st.tuples(NAMES, LOCALS), max_size=5))
def test_what_is_written_is_read_the_same(people: list[tuple[str, str]]) -> None:
    named = tuple(NamedAddress(name, f"{local}@x.example") for name, local in people)
    line = ", ".join(map(written, named))
    assert line.isascii()
    assert addresses(line) == named


@given(st.lists(st.tuples(NAMES, LOCALS), min_size=1, max_size=5))
def test_pythons_reader_finds_the_same(people: list[tuple[str, str]]) -> None:
    named = [NamedAddress(name, f"{local}@x.example") for name, local in people]
    found = [(readable(name), address) for name, address in getaddresses([", ".join(map(written, named))])]
    assert [NamedAddress(*one) for one in found] == named


@given(st.text() | st.text(alphabet='<>(),:;"\\@. ab[]'))
def test_nothing_is_too_odd_to_be_read(text: str) -> None:
    for one in addresses(text):
        assert one.address == one.address.strip()
        address_fault(one.address)


@pytest.mark.parametrize("text", ["(" * 50_000, '"' * 50_001, "<" * 50_000, "a@b," * 50_000, ":" * 50_000])
def test_long_lists_are_no_trouble(text: str) -> None:
    assert len(addresses(text)) <= 10_000


def test_each_address_counts_once() -> None:
    same = [NamedAddress("A", "a@x.example"), NamedAddress("", "b@y.example"), NamedAddress("", "a@X.Example")]
    assert unique(same) == tuple(same[:2])


def test_local_parts_differ_by_case() -> None:
    assert len(unique(addresses("a@x.example, A@x.example"))) == 2


GROUPS = {
    "undisclosed-recipients:;": [Member("group", "undisclosed-recipients"), Member("end")],
    "team: a@x, B <b@x>;, c@x": [
        Member("group", "team"),
        Member("address", "", "a@x"),
        Member("address", "B", "b@x"),
        Member("end"),
        Member("address", "", "c@x"),
    ],
    '"the team": a@x': [Member("group", "the team"), Member("address", "", "a@x"), Member("end")],
    "one:two:a@x;": [
        Member("group", "one"),
        Member("end"),
        Member("group", "two"),
        Member("address", "", "a@x"),
        Member("end"),
    ],
    "a@x; b@x": [Member("address", "", "a@x"), Member("address", "", "b@x")],
}


@pytest.mark.parametrize(("text", "found"), GROUPS.items())
def test_groups(text: str, found: list[Member]) -> None:
    assert list(members(text)) == found


@given(st.text() | st.text(alphabet='<>(),:;"\\@. ab[]'))
def test_groups_begin_and_end_in_turn(text: str) -> None:
    inside = False
    for member in members(text):
        assert inside or member.kind != "end"
        assert not inside or member.kind != "group"
        inside = {"group": True, "end": False}.get(member.kind, inside)
    assert not inside
