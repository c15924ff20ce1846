"""200 generated cases: DKIM beside dkimpy and authheaders, DMARC beside authheaders and checkdmarc.

Where they differ, a row of a table explains it by a section, and no row stands there for nothing.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from random import Random
from typing import NamedTuple

import checkdmarc.dmarc
import dkim as dkimpy
import pytest
from authheaders import check_dkim, dmarc_per_from
from authres import DKIMAuthenticationResult, SPFAuthenticationResult
from dns.resolver import NXDOMAIN, NoAnswer

from smtpsim.auth.alignment import Authenticated
from smtpsim.auth.dmarc import evaluate
from smtpsim.auth.record import parse
from smtpsim.auth.sign import signature_field
from smtpsim.auth.signature import Reason, Result
from smtpsim.auth.verify import examine
from smtpsim.kernel.dns import Status
from smtpsim.kernel.ref import Ref
from tests.auth.letters import KEY, NAME, PUBLIC
from tests.auth.names import Known, Names

CASES = 100
"""Of each of the two kinds."""

# ---------------------------------------------------------------- DKIM

FORMS = (b"relaxed", b"simple")

DAMAGES: tuple[Callable[[bytes], bytes], ...] = (
    lambda letter: letter,
    lambda letter: b"Received: by x\r\n" + letter,
    lambda letter: letter.replace(b"Hello", b"Hallo"),
    lambda letter: letter.replace(b"Hello  ", b"Hello "),
    lambda letter: letter.replace(b"Subject: A", b"Subject:  A"),
    lambda letter: letter.replace(b"Subject: ", b"Subject: [x] "),
    lambda letter: letter + b"-- \r\nfooter\r\n",
    lambda letter: letter + b"\r\n",
    lambda letter: b"From: eve@example.com\r\n" + letter,
    lambda letter: letter.replace(b"s=k1", b"s=k9"),
    lambda letter: letter.replace(b"a=rsa-sha256", b"a=rsa-sha512"),
    lambda letter: letter.replace(b"From: Ann", b"from:  Ann"),
)

KEYS: tuple[Known, ...] = ({NAME: PUBLIC}, {NAME: PUBLIC}, {NAME: PUBLIC}, {NAME: "v=DKIM1; p="}, {NAME: "x"}, {})


class Signed(NamedTuple):
    octets: bytes
    known: Known


def signed(number: int) -> Signed:
    """A letter, signed by dkimpy or by us, and then damaged or not; with some key in the DNS."""
    random = Random(f"dkim {number}")
    letter = (
        b"From: Ann <ann@example.com>\r\nTo: bob@example.net\r\nSubject: A word "
        + b"x" * random.randrange(5)
        + b"\r\n\r\n"
        + b"Hello  Bob \r\n" * random.randrange(1, 4)
        + b"\r\n" * random.randrange(3)
    )
    now = int(time.time())
    if random.random() < 0.3:
        field = signature_field(letter, KEY, now)
    else:
        form = (random.choice(FORMS), random.choice(FORMS))
        length = random.random() < 0.2
        field = dkimpy.sign(letter, b"k1", b"example.com", KEY.pem.encode(), canonicalize=form, length=length)
    return Signed(random.choice(DAMAGES)(field + letter), random.choice(KEYS))


def text_of(known: Known) -> Callable[..., bytes | None]:
    """The look-up that dkimpy and authheaders call."""

    def look_up(name: bytes, timeout: int = 5) -> bytes | None:
        found = known.get(name.decode().rstrip("."))
        return found.encode() if isinstance(found, str) else None

    return look_up


@pytest.mark.parametrize("number", range(CASES))
def test_dkim_agrees(number: int) -> None:
    letter, known = signed(number)
    (ours,) = examine(letter, Names(known), int(time.time()))
    look_up = text_of(known)
    theirs = dkimpy.verify(letter, dnsfunc=look_up)
    assert (ours.result is Result.PASS) == theirs
    other = check_dkim(letter, dnsfunc=look_up).result
    assert other == ("pass" if theirs else "fail")
    assert ours.result is not Result.TEMPERROR


def test_the_dkim_cases_are_of_all_kinds() -> None:
    found = set()
    for number in range(CASES):
        letter, known = signed(number)
        found |= {one.reason for one in examine(letter, Names(known), int(time.time()))}
    usual = {Reason.VERIFIED, Reason.BODY, Reason.HEADER, Reason.MALFORMED}
    assert found >= usual | {Reason.NO_KEY, Reason.REVOKED, Reason.BAD_KEY}


# ---------------------------------------------------------------- DMARC

DOMAINS = ("example.com", "mail.example.com", "a.mail.example.com", "example.net", "b.example.net")
POLICIES = ("none", "quarantine", "reject")


class Judged(NamedTuple):
    """Records in a DNS, an author, and what vouches for whom."""

    known: dict[str, str]
    author: str
    spf: tuple[str, str]
    dkim: tuple[str, str]


def judged(number: int) -> Judged:
    random = Random(f"dmarc {number}")
    known = {f"_dmarc.{domain}": record(random) for domain in DOMAINS if random.random() < 0.45}
    known |= {domain: "hello" for domain in DOMAINS if random.random() < 0.7}
    results = ("pass", "pass", "fail", "softfail", "none")
    spf = (random.choice(DOMAINS), random.choice(results))
    return Judged(known, random.choice(DOMAINS[:3]), spf, (random.choice(DOMAINS), random.choice(("pass", "fail"))))


def record(random: Random) -> str:
    """A record with some tags, in any order behind the version."""
    tags = [f"p={random.choice(POLICIES)}"]
    chances = (
        (0.4, f"sp={random.choice(POLICIES)}"),
        (0.3, f"np={random.choice(POLICIES)}"),
        (0.3, f"adkim={random.choice('rs')}"),
        (0.3, f"aspf={random.choice('rs')}"),
        (0.2, f"t={random.choice('yn')}"),
        (0.2, "pct=50"),
        (0.2, "colour=red"),
    )
    tags += [tag for chance, tag in chances if random.random() < chance]
    random.shuffle(tags)
    return "; ".join(["v=DMARC1", *tags])


class Answers(NamedTuple):
    """What a judgement comes to: the result, and what is wanted by the record."""

    result: str
    policy: str


def ours(case: Judged) -> Answers:
    identifiers = (Authenticated("spf", *case.spf), Authenticated("dkim", *case.dkim))
    verdict = evaluate((case.author,), identifiers, Names(case.known))
    discovery = verdict.discovery
    return Answers(verdict.result, discovery.applied if discovery and discovery.record else "")


def authheaders(case: Judged) -> Answers:
    spf = SPFAuthenticationResult(result=case.spf[1], smtp_mailfrom=f"x@{case.spf[0]}")
    dkim = DKIMAuthenticationResult(result=case.dkim[1], header_d=case.dkim[0])
    result, _, _, policy = dmarc_per_from(case.author, spf, dkim, dnsfunc=lambda name, *_: case.known.get(name))
    return Answers(result, policy)


class Difference(NamedTuple):
    """Why authheaders, which follows RFC 7489 here, may answer otherwise, and when."""

    ref: Ref
    why: str
    holds: Callable[[Judged], bool]


def own_record(case: Judged) -> str:
    return case.known.get(f"_dmarc.{case.author}", "")


def applying(case: Judged) -> str:
    return own_record(case) or case.known.get("_dmarc.example.com", "")


DIFFERENCES = (
    Difference(
        Ref(9989, "4.7"),
        "sp= and np= apply to subdomains of the record's domain, not to that itself, as authheaders has it",
        lambda case: any(tag in own_record(case) for tag in ("sp=", "np=")),
    ),
    Difference(
        Ref(9989, "4.7"),
        "t=y lets one step less be done; authheaders does not know the tag",
        lambda case: "t=y" in applying(case),
    ),
    Difference(
        Ref(9989, "4.10.2"),
        "without a record at the public suffix list's idea of the organisation, the tree walk takes the topmost record",
        lambda case: "_dmarc.example.com" not in case.known or "_dmarc.example.net" not in case.known,
    ),
)


def explained(case: Judged) -> list[Difference]:
    return [difference for difference in DIFFERENCES if difference.holds(case)]


@pytest.mark.parametrize("number", range(CASES))
def test_dmarc_agrees_with_authheaders(number: int) -> None:
    case = judged(number)
    assert ours(case) == authheaders(case) or explained(case), case


def test_most_dmarc_cases_agree_and_every_difference_is_needed() -> None:
    cases = [judged(number) for number in range(CASES)]
    differing = [case for case in cases if ours(case) != authheaders(case)]
    assert len(differing) < CASES / 2
    alone = [explained(case)[0] for case in differing if len(explained(case)) == 1]
    assert set(DIFFERENCES) == set(alone)


@pytest.mark.parametrize("number", range(CASES))
def test_checkdmarc_finds_the_same_record_and_reads_it_alike(number: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """The author's domain exists here: checkdmarc has nothing to say of others, for which np= is (RFC 9989 4.7)."""
    case = judged(number)
    known = {case.author: "hello", **case.known}

    def query(domain: str, rdtype: str, **_: object) -> list[str]:
        if domain in known and rdtype == "TXT":
            return [known[domain]]
        raise NoAnswer if any(name.endswith(f".{domain}") for name in known) else NXDOMAIN

    monkeypatch.setattr(checkdmarc.dmarc, "query_dns", query)
    discovery = evaluate((case.author,), (), Names(known)).discovery
    assert discovery is not None
    try:
        theirs = checkdmarc.dmarc.query_dmarc_record(case.author)
    except checkdmarc.dmarc.DMARCRecordNotFound:
        assert discovery.record is None
        return
    assert theirs["location"] == discovery.domain
    tags = checkdmarc.dmarc.parse_dmarc_record(theirs["record"], theirs["location"])["tags"]
    read = parse(theirs["record"].encode())
    assert read is not None
    p, sp, np = map(read.policy, ("p", "sp", "np"))
    assert [tags[name]["value"] for name in ("p", "sp", "np")] == [p, sp or p, np or sp or p]
    assert (tags["adkim"]["value"], tags["aspf"]["value"]) == (
        "s" if read.strict("adkim") else "r",
        "s" if read.strict("aspf") else "r",
    )


def test_a_name_that_fails_is_no_missing_record() -> None:
    """None of the others tells the two apart (RFC 9989 4.10.1)."""
    assert evaluate(("example.com",), (), Names({"_dmarc.example.com": Status.SERVFAIL})).result == "temperror"
