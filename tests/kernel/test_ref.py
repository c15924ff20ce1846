"""References: an RFC and its section, as data."""

from __future__ import annotations

import pytest

from smtpsim.kernel.ref import Ref


@pytest.mark.parametrize(
    ("ref", "text"),
    [(Ref(5321, "4.1.4"), "RFC 5321 4.1.4"), (Ref(5321), "RFC 5321"), (Ref(5321, "C"), "RFC 5321 C")],
)
def test_a_reference_in_words(ref: Ref, text: str) -> None:
    assert str(ref) == text
