"""A mailbox that begins somewhere in a line: its faults point there."""

from __future__ import annotations

import pytest

from smtpsim.kernel.fault import Fault
from smtpsim.kernel.mailbox import read_mailbox


@pytest.mark.parametrize("start", [0, 1, 2, 3])
@pytest.mark.parametrize(
    ("text", "key"), [('"ann', "quote-unclosed"), ("", "local-empty"), ("@x", "local-empty"), ("(x@y", "local-syntax")]
)
def test_a_fault_points_at_the_column(text: str, key: str, start: int) -> None:
    found = read_mailbox(text, range(start, start + len(text) + 1))
    assert isinstance(found, Fault)
    assert (found.key, found.column) == (key, start + 1)
