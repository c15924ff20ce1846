"""Sequence sets against a plain reading of them (RFC 3501 9)."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from smtpsim.kernel.fault import Fault
from smtpsim.protocol.imap.scanner import Scanner
from smtpsim.protocol.imap.sequence import SequenceSet, read_sequence_set
from smtpsim.protocol.maildrop import Mail

ends = st.integers(1, 12).map(str) | st.just("*")
ranges = ends | st.builds("{}:{}".format, ends, ends)
sets = st.lists(ranges, min_size=1, max_size=6).map(",".join)
uids = st.sets(st.integers(1, 12)).map(sorted)


def read(text: str) -> SequenceSet:
    found = read_sequence_set(Scanner(text, 0))
    assert isinstance(found, SequenceSet)
    return found


def named(text: str, largest: int) -> set[int]:
    """Every number that a set names."""
    numbers: set[int] = set()
    for piece in text.split(","):
        low, high = (largest if end == "*" else int(end) for end in (piece.split(":") * 2)[:2])
        numbers |= set(range(min(low, high), max(low, high) + 1))
    return numbers


@given(sets, uids)
def test_unique_identifiers(text: str, found: list[int]) -> None:
    mails = tuple(Mail(uid, b"") for uid in found)
    wanted = named(text, found[-1]) if found else set()
    assert [mails[index].uid for index in read(text).indexes(mails, by_uid=True)] == sorted(set(found) & wanted)


@given(sets, st.integers(0, 12))
def test_message_numbers(text: str, count: int) -> None:
    mails = tuple(Mail(uid, b"") for uid in range(100, 100 + count))
    wanted = named(text, count) if count else set()
    assert [index + 1 for index in read(text).indexes(mails, by_uid=False)] == [n for n in sorted(wanted) if n <= count]
    assert read(text).beyond(count) == (not count or max(wanted) > count)


@given(st.text(st.sampled_from("0123456789:,*x "), max_size=12))
def test_any_text_is_a_set_or_a_fault(text: str) -> None:
    scanner = Scanner(text, 0)
    found = read_sequence_set(scanner)
    if isinstance(found, Fault):
        assert 1 <= found.column <= len(text) + 1
    else:
        assert read(text[: scanner.at]) == found
