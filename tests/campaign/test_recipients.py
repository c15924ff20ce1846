"""Lists of recipients."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smtpsim.campaign.audience import Kind, size_of
from smtpsim.campaign.recipients import Listed, ListFault, read_list


def kind_of(address: str) -> Kind:
    return Kind.READER if address.startswith("ann") else Kind.DEAD


def kinds(*lines: str) -> dict[tuple[str, Kind], int]:
    found = read_list((f"{line}\n" for line in lines), kind_of)
    assert isinstance(found, Listed), found
    counts: dict[tuple[str, Kind], int] = {}
    for cell in found.cells:
        counts[cell.domain, cell.kind] = counts.get((cell.domain, cell.kind), 0) + cell.size
    return counts


def test_the_list_or_else_the_world_says_who_is_who() -> None:
    assert kinds("ann@a.example", "bob@a.example", "eve@a.example,trap", "joe@b.example , Allow-Listed ") == {
        ("a.example", Kind.READER): 1,
        ("a.example", Kind.DEAD): 1,
        ("a.example", Kind.TRAP): 1,
        ("b.example", Kind.ALLOW_LISTED): 1,
    }


@pytest.mark.parametrize("heading", ["address,kind", "Email", "# who we write to", ""])
def test_a_heading_a_comment_and_an_empty_line_are_nobody(heading: str) -> None:
    assert kinds(heading, "ann@a.example") == {("a.example", Kind.READER): 1}


def test_an_address_is_mailed_once_however_it_is_written() -> None:
    found = read_list(["ann@a.example\n", "ANN@A.example\n", '"ann@a.example"\n'], kind_of)
    assert isinstance(found, Listed)
    assert (size_of(found.cells), found.repeated) == (1, 2)


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["ann@a.example\n", "bob\n"], ListFault(2, "not-an-address", "bob")),
        (["ann@\n"], ListFault(1, "not-an-address", "ann@")),
        (["@a.example\n"], ListFault(1, "not-an-address", "@a.example")),
        (["ann b@a.example\n"], ListFault(1, "not-an-address", "ann b@a.example")),
        (["\n", "ann@a.example,friend\n"], ListFault(2, "not-a-kind", "friend")),
        ([], ListFault(0, "empty")),
        (["address\n"], ListFault(1, "empty")),
    ],
)
def test_what_is_no_list(lines: list[str], expected: ListFault) -> None:
    assert read_list(lines, kind_of) == expected


@given(st.lists(st.text(max_size=40), max_size=8))
def test_any_text_is_a_list_or_a_fault_of_one_line(lines: list[str]) -> None:
    found = read_list([f"{line}\n" for line in lines], kind_of)
    assert isinstance(found, Listed) or 0 <= found.line <= sum(
        line.count("\n") + line.count("\r") + 1 for line in lines
    )
