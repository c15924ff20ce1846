"""The dot before a line's own, put on and taken off."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smtpsim.kernel.dots import stuffed, unstuffed


@pytest.mark.parametrize(
    ("line", "sent"), [("", ""), (".", ".."), ("..", "..."), (".a", "..a"), ("a.", "a."), (" .", " .")]
)
def test_a_dot_in_front_gets_another(line: str, sent: str) -> None:
    assert stuffed(line) == sent
    assert stuffed(line.encode()) == sent.encode()


@given(st.text())
def test_what_is_put_on_is_taken_off(line: str) -> None:
    assert unstuffed(stuffed(line)) == line
    assert unstuffed(stuffed(line.encode())) == line.encode()
    assert stuffed(line) != "."
