"""DMARC's verdicts: policy, alignment, and what is wanted (RFC 9989 4.4, 4.10.1, 5.3)."""

from __future__ import annotations

from typing import NamedTuple

import pytest

from smtpsim.auth.alignment import Authenticated
from smtpsim.auth.dmarc import REFS, RESULTS, Reason, Result, Verdict, evaluate
from smtpsim.auth.record import Policy
from smtpsim.kernel.dns import Status
from tests.auth.names import Known, Names


def spf(domain: str, result: str = "pass") -> Authenticated:
    return Authenticated("spf", domain, result)


def dkim(domain: str, result: str = "pass") -> Authenticated:
    return Authenticated("dkim", domain, result)


class Case(NamedTuple):
    """A letter: its authors and what vouches for them, in a DNS; and the verdict."""

    known: Known
    authors: tuple[str, ...]
    identifiers: tuple[Authenticated, ...]
    result: Result
    reason: Reason
    wanted: str = "none"


REJECT: Known = {"_dmarc.example.com": "v=DMARC1; p=reject", "example.com": (), "mail.example.com": ()}
SUFFIX: Known = {"_dmarc.example": "v=DMARC1; p=reject; psd=y"}
STRICT: Known = {**REJECT, "_dmarc.example.com": "v=DMARC1; p=reject; aspf=s; adkim=s"}

CASES = {
    # SPF
    "SPF of the same domain": Case(REJECT, ("example.com",), (spf("example.com"),), Result.PASS, Reason.ALIGNED),
    "SPF below": Case(REJECT, ("example.com",), (spf("b.example.com"),), Result.PASS, Reason.ALIGNED),
    "SPF above": Case(REJECT, ("mail.example.com",), (spf("example.com"),), Result.PASS, Reason.ALIGNED),
    "SPF of a stranger": Case(REJECT, ("example.com",), (spf("example.net"),), Result.FAIL, Reason.UNALIGNED, "reject"),
    "SPF that fails": Case(
        REJECT, ("example.com",), (spf("example.com", "fail"),), Result.FAIL, Reason.NO_PASS, "reject"
    ),
    "softfail is no pass": Case(
        REJECT, ("example.com",), (spf("example.com", "softfail"),), Result.FAIL, Reason.NO_PASS, "reject"
    ),
    "strict SPF below": Case(
        STRICT, ("example.com",), (spf("b.example.com"),), Result.FAIL, Reason.UNALIGNED, "reject"
    ),
    "strict SPF": Case(STRICT, ("example.com",), (spf("Example.COM"),), Result.PASS, Reason.ALIGNED),
    # DKIM
    "DKIM of the same domain": Case(REJECT, ("example.com",), (dkim("example.com"),), Result.PASS, Reason.ALIGNED),
    "one of two signatures": Case(
        REJECT, ("example.com",), (dkim("amazonses.com"), dkim("example.com")), Result.PASS, Reason.ALIGNED
    ),
    "DKIM of the service alone": Case(
        REJECT, ("example.com",), (dkim("amazonses.com"),), Result.FAIL, Reason.UNALIGNED, "reject"
    ),
    "strict DKIM below": Case(
        STRICT, ("example.com",), (dkim("b.example.com"),), Result.FAIL, Reason.UNALIGNED, "reject"
    ),
    "forwarded: SPF fails, DKIM holds": Case(
        REJECT, ("example.com",), (spf("example.com", "fail"), dkim("example.com")), Result.PASS, Reason.ALIGNED
    ),
    "nothing at all": Case(REJECT, ("example.com",), (), Result.FAIL, Reason.NO_PASS, "reject"),
    # organisations
    "neighbours below a public suffix": Case(
        SUFFIX, ("one.example",), (spf("two.example"),), Result.FAIL, Reason.UNALIGNED, "reject"
    ),
    "two without a record of their own": Case(
        SUFFIX, ("a.one.example",), (spf("b.one.example"),), Result.PASS, Reason.ALIGNED
    ),
    # errors
    "SPF could not be asked": Case(
        REJECT, ("example.com",), (spf("example.com", "temperror"),), Result.TEMPERROR, Reason.UNSETTLED
    ),
    "DKIM holds in spite of it": Case(
        REJECT, ("example.com",), (spf("example.com", "temperror"), dkim("example.com")), Result.PASS, Reason.ALIGNED
    ),
    "the organisation of the signer is unknown": Case(
        {**REJECT, "_dmarc.b.example.net": Status.SERVFAIL},
        ("example.com",),
        (dkim("b.example.net"),),
        Result.TEMPERROR,
        Reason.UNSETTLED,
    ),
    "no answer for the record": Case(
        {"_dmarc.example.com": Status.TIMEOUT}, ("example.com",), (), Result.TEMPERROR, Reason.DNS_FAILED
    ),
    # no verdict
    "no record": Case({}, ("example.com",), (spf("example.com"),), Result.NONE, Reason.NO_RECORD),
    "no author": Case(REJECT, (), (), Result.NONE, Reason.NO_AUTHOR),
    "several authors": Case(REJECT, ("example.com", "example.net"), (), Result.NONE, Reason.AUTHORS),
    "several authors of one domain": Case(
        REJECT, ("example.com", "EXAMPLE.com"), (), Result.FAIL, Reason.NO_PASS, "reject"
    ),
    "no policy, no reports": Case(
        {"_dmarc.example.com": "v=DMARC1; p=refuse"}, ("example.com",), (), Result.NONE, Reason.NO_POLICY
    ),
    "no policy, but reports": Case(
        {"_dmarc.example.com": "v=DMARC1; rua=mailto:a@example.com"},
        ("example.com",),
        (),
        Result.FAIL,
        Reason.NO_PASS,
    ),
    "a wrong sp= spoils p=": Case(
        {"_dmarc.example.com": "v=DMARC1; p=reject; sp=refuse; rua=mailto:a@example.com"},
        ("example.com",),
        (),
        Result.FAIL,
        Reason.NO_PASS,
    ),
}


def verdict(case: Case) -> Verdict:
    return evaluate(case.authors, case.identifiers, Names(case.known))


@pytest.mark.parametrize("name", CASES)
def test_verdicts(name: str) -> None:
    case, found = CASES[name], verdict(CASES[name])
    assert (found.result, found.reason, found.wanted) == (case.result, case.reason, case.wanted)
    assert found.ref is REFS[case.reason]


def test_every_reason_comes_up() -> None:
    assert {case.reason for case in CASES.values()} == set(Reason) == set(RESULTS)


ALL = "v=DMARC1; p=none; sp=quarantine; np=reject"

POLICIES: dict[str, tuple[str, str, bool, str, str]] = {
    "the domain itself": (ALL, "example.com", True, "p", "none"),
    "a subdomain that exists": (ALL, "shop.example.com", True, "sp", "quarantine"),
    "a subdomain that does not": (ALL, "shop.example.com", False, "np", "reject"),
    "no np": ("v=DMARC1; p=none; sp=quarantine", "shop.example.com", False, "sp", "quarantine"),
    "no sp": ("v=DMARC1; p=quarantine; np=reject", "shop.example.com", True, "p", "quarantine"),
    "neither": ("v=DMARC1; p=reject", "shop.example.com", False, "p", "reject"),
    "capitals": ("v=DMARC1; p=ReJect", "example.com", True, "p", "reject"),
    "tried out: reject": ("v=DMARC1; p=reject; t=y", "example.com", True, "p", "quarantine"),
    "tried out: quarantine": ("v=DMARC1; p=quarantine; t=y", "example.com", True, "p", "none"),
    "tried out: sp": ("v=DMARC1; p=none; sp=reject; t=y", "shop.example.com", True, "sp", "quarantine"),
    "pct is gone": ("v=DMARC1; p=reject; pct=0", "example.com", True, "p", "reject"),
}


@pytest.mark.parametrize("name", POLICIES)
def test_which_tag_decides(name: str) -> None:
    record, author, exists, tag, wanted = POLICIES[name]
    known: Known = {"_dmarc.example.com": record, **({author: ()} if exists else {})}
    found = evaluate((author,), (), Names(known))
    assert found.discovery is not None
    assert (found.discovery.tag, found.wanted) == (tag, Policy(wanted))


PLACES: dict[str, tuple[Known, str, str]] = {
    "author": ({"_dmarc.a.example.com": "v=DMARC1; p=none", "_dmarc.example.com": ALL}, "a.example.com", "author"),
    "organisation": ({"_dmarc.example.com": ALL}, "example.com", "organisation"),
    "between": (
        {"_dmarc.example.com": "v=DMARC1; p=none", "_dmarc.b.example.com": ALL},
        "example.com",
        "organisation",
    ),
    "suffix": ({"_dmarc.com": "v=DMARC1; p=none; psd=y"}, "com", "suffix"),
    "organisation below a suffix": (
        {"_dmarc.example.com": ALL, "_dmarc.com": "v=DMARC1; p=none; psd=y"},
        "example.com",
        "organisation",
    ),
}


@pytest.mark.parametrize("name", PLACES)
def test_where_the_record_is_from(name: str) -> None:
    known, domain, whose = PLACES[name]
    author = "a.example.com" if name == "author" else "a.b.example.com"
    found = evaluate((author,), (), Names(known)).discovery
    assert found is not None
    assert (found.domain, found.whose) == (domain, whose)


def test_the_domain_is_asked_for_only_where_that_matters() -> None:
    names = Names({"_dmarc.example.com": "v=DMARC1; p=none; sp=reject"})
    evaluate(("a.example.com",), (), names)
    assert "a.example.com A" not in names.asked


@pytest.mark.parametrize("identifier", [spf("example.com"), dkim("example.com")])
def test_the_method_that_is_aligned_is_told_by_itself(identifier: Authenticated) -> None:
    verdict = evaluate(("example.com",), (identifier,), Names(REJECT))
    told = {method for method in ("spf", "dkim") if verdict.method_aligned(method)}
    assert told == {identifier.method}


@pytest.mark.parametrize("status", [Status.SERVFAIL, Status.TIMEOUT])
def test_np_is_not_for_a_domain_of_which_nothing_is_known(status: Status) -> None:
    """Only one that does not exist is meant (RFC 9989 4.7)."""
    known: Known = {"_dmarc.example.com": ALL, "gone.example.com": status}
    verdict = evaluate(("gone.example.com",), (), Names(known))
    assert verdict.discovery is not None
    assert (verdict.discovery.tag, verdict.discovery.policy) == ("sp", Policy.QUARANTINE)
