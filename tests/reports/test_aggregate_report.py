"""The DMARC aggregate report: valid by the schema of RFC 7489, and it tells what was seen."""

from __future__ import annotations

import io
from pathlib import Path
from xml.etree import ElementTree

import pytest
import xmlschema
from hypothesis import given
from hypothesis import strategies as st

from smtpsim.auth.record import Record, parse
from smtpsim.reports.aggregate_report import NAMESPACE, Alike, Metadata, aggregate_report

SCHEMA = xmlschema.XMLSchema(Path(__file__).with_name("rfc7489.xsd"))
TOLD = Metadata("mx.bigmail.example", "postmaster@bigmail.example", 1_775_000_000, 1_775_086_399)
FORGED = Alike("203.0.113.66", 3, "example.org", "reject", "fail", "fail", (("attacker.example", "none"),), ())


def report(*letters: Alike, record: Record | None = None, domain: str = "example.org") -> ElementTree.Element:
    text = aggregate_report(TOLD, domain, record, letters)
    SCHEMA.validate(io.StringIO(text))
    return ElementTree.fromstring(text.encode())


def texts(element: ElementTree.Element, path: str) -> list[str | None]:
    return [found.text for found in element.iterfind(path)]


def record_of(text: str) -> Record:
    record = parse(text.encode())
    assert record is not None
    return record


def test_it_tells_what_was_seen() -> None:
    found = report(FORGED, record=record_of("v=DMARC1; p=reject; sp=none; aspf=s; fo=1"))
    assert found.tag == f"{{{NAMESPACE}}}feedback"
    assert "<feedback " in aggregate_report(TOLD, "example.org", None, (FORGED,))
    published = {one.tag: one.text for one in found.findall("policy_published/*")}
    assert published == {
        "domain": "example.org",
        "adkim": "r",
        "aspf": "s",
        "p": "reject",
        "sp": "none",
        "pct": "100",
        "fo": "1",
    }
    assert texts(found, "record/row/source_ip") == ["203.0.113.66"]
    assert texts(found, "record/row/count") == ["3"]
    assert texts(found, "record/row/policy_evaluated/") == ["reject", "fail", "fail"]
    assert texts(found, "record/identifiers/") == ["attacker.example", "example.org"]
    assert texts(found, "record/auth_results/spf/") == ["attacker.example", "mfrom", "none"]


@pytest.mark.parametrize(
    ("policy", "disposition", "reasons"),
    [("reject", "none", ["local_policy"]), ("reject", "reject", []), ("none", "none", [])],
)
def test_what_was_not_done_as_wanted_has_a_reason(policy: str, disposition: str, reasons: list[str]) -> None:
    found = report(FORGED._replace(disposition=disposition), record=record_of(f"v=DMARC1; p={policy}"))
    assert texts(found, "record/row/policy_evaluated/reason/type") == reasons


def test_a_signature_is_told_with_its_selector() -> None:
    found = report(FORGED._replace(signed_by=(("example.org", "k1", "pass"), ("list.example", "a", "fail"))))
    assert texts(found, "record/auth_results/dkim/") == ["example.org", "k1", "pass", "list.example", "a", "fail"]


def test_without_a_sender_spf_spoke_of_helo() -> None:
    found = report(FORGED._replace(sent_as=(("mx.example.org", "pass"),), scope="helo"))
    assert texts(found, "record/auth_results/spf/") == ["mx.example.org", "helo", "pass"]
    assert texts(found, "record/identifiers/envelope_from") == [None]


def test_a_chain_that_was_believed_is_the_reason() -> None:
    """RFC 8617 7.2.2."""
    told = "arc=pass as[1].d=circle.example as[1].s=c1"
    found = report(FORGED._replace(disposition="none", comment=told), record=record_of("v=DMARC1; p=reject"))
    assert texts(found, "record/row/policy_evaluated/reason/") == ["local_policy", told]


def test_an_address_of_ipv6_is_written_out() -> None:
    found = report(FORGED._replace(client_ip="2001:db8::1"))
    assert texts(found, "record/row/source_ip") == ["2001:0db8:0000:0000:0000:0000:0000:0001"]


RESULT = st.sampled_from(["none", "neutral", "pass", "fail", "temperror", "permerror"])
ANYTHING = st.text(max_size=30)
LOOKED_AT = st.lists(st.tuples(ANYTHING, RESULT), max_size=3).map(tuple)
PASSED = st.sampled_from(["pass", "fail"])
DISPOSITION = st.sampled_from(["none", "quarantine", "reject"])
ADDRESS = st.ip_addresses().map(str)
SIGNED = st.lists(st.tuples(ANYTHING, ANYTHING, RESULT), max_size=3).map(tuple)
SCOPE = st.sampled_from(["mfrom", "helo"])
LETTERS = st.builds(
    Alike,
    *(ADDRESS, st.integers(1), ANYTHING, DISPOSITION, PASSED, PASSED),
    *(LOOKED_AT, SIGNED, SCOPE, ANYTHING),
)


@given(st.lists(LETTERS, min_size=1, max_size=3), ANYTHING, st.sampled_from(["", "; p=none", "; p=reject; fo=1:d:s"]))
def test_whatever_was_seen_it_is_valid(letters: list[Alike], domain: str, policy: str) -> None:
    found = report(*letters, domain=domain, record=parse(f"v=DMARC1{policy}".encode()))
    assert len(found.findall("record")) == len(letters)
