"""U-labels and A-labels."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smtpsim.kernel.domain import a_labels

FORMS = {
    "bücher.example": "xn--bcher-kva.example",
    "BÜCHER.Example": "xn--bcher-kva.Example",
    "例え.テスト": "xn--r8jz45g.xn--zckzah",
    "mail.bücher.example.": "mail.xn--bcher-kva.example.",
    "straße.example": "strasse.example",
}

KEPT = (
    "",
    "example.com",
    "Example.COM.",
    "xn--bcher-kva.example",
    "_spf.example.com",
    "[192.0.2.1]",
    "\udcff.example",
    "bücher..example",
    "ü" * 64 + ".example",
    "ü" * 5000,
    "a" * 5000,
)


@pytest.mark.parametrize(("domain", "known"), FORMS.items())
def test_u_labels_become_a_labels(domain: str, known: str) -> None:
    assert a_labels(domain) == known


@pytest.mark.parametrize("domain", KEPT, ids=range(len(KEPT)))
def test_what_has_no_u_labels_is_kept(domain: str) -> None:
    assert a_labels(domain) == domain


@given(st.text(st.characters(codec=None, exclude_categories=()), max_size=70))
def test_it_is_the_same_the_second_time(domain: str) -> None:
    assert a_labels(a_labels(domain)) == a_labels(domain)


def test_a_domain_may_have_255_characters() -> None:
    domain = "ü." + ("a" * 60 + ".") * 4 + "b" * 9
    assert len(domain) == 255
    assert a_labels(domain) == f"xn--tda{domain[1:]}"
    assert a_labels(domain + "b") == domain + "b"
