"""DKIM: what is signed verifies, what is changed does not, and each reason comes up (RFC 6376)."""

from __future__ import annotations

import time
from base64 import b64encode
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from smtpsim.auth.sign import signature_field
from smtpsim.auth.signature import REFS, RESULTS, Examined, Reason, Result
from smtpsim.auth.verifier import LARGEST_EXPONENT, LARGEST_HEADER, LARGEST_MODULUS, LONGEST_SIGNATURE
from smtpsim.auth.verify import MOST_SIGNATURES, examine
from smtpsim.kernel.dns import Status
from tests.auth.letters import KEY, LETTER, NAME, NOW, PUBLIC
from tests.auth.names import Known, Names

GOOD: Known = {NAME: PUBLIC}
SIGNED = signature_field(LETTER, KEY, NOW) + LETTER
DAY = 86_400


def found(octets: bytes, known: Known = GOOD, now: int = NOW) -> Examined:
    (only,) = examine(octets, Names(known), now)
    return only


def test_what_was_signed_verifies() -> None:
    examined = found(SIGNED)
    assert (examined.reason, examined.result, examined.body) == (Reason.VERIFIED, Result.PASS, True)
    assert examined.signature is not None
    assert (examined.signature.domain, examined.signature.selector) == ("example.com", "k1")
    assert examined.signature.headers == ("from", "to", "subject", "from")
    assert examined.key_name == NAME


def test_the_time_is_the_one_that_is_given() -> None:
    assert b" t=1775034000;" in SIGNED


@pytest.mark.parametrize("clock", [0.0, 4e9])
def test_the_wall_clock_changes_nothing(monkeypatch: pytest.MonkeyPatch, clock: float) -> None:
    monkeypatch.setattr(time, "time", lambda: clock)
    assert signature_field(LETTER, KEY, NOW) + LETTER == SIGNED
    assert found(SIGNED).reason is Reason.VERIFIED


@pytest.mark.parametrize("letter", [b"To: bob@example.net\r\n\r\nno author\r\n", b" folded\r\n\r\n", b"no header\r\n"])
def test_a_letter_without_an_author_is_not_signed(letter: bytes) -> None:
    assert signature_field(letter, KEY, NOW) == b""


CHANGES: dict[str, tuple[Callable[[bytes], bytes], Reason]] = {
    "nothing": (lambda letter: letter, Reason.VERIFIED),
    "fields above": (
        lambda letter: b"Received: from a\r\n\tby b\r\nList-Id: <x.example>\r\n" + letter,
        Reason.VERIFIED,
    ),
    "white space in a field": (lambda letter: letter.replace(b"A word\r\n in", b"A   word in"), Reason.VERIFIED),
    "white space in the body": (lambda letter: letter.replace(b"Hello  Bob,", b"Hello Bob,  "), Reason.VERIFIED),
    "empty lines at the end": (lambda letter: letter + b"\r\n\r\n", Reason.VERIFIED),
    "a word in the body": (lambda letter: letter.replace(b"Hello", b"Hallo"), Reason.BODY),
    "a footer": (lambda letter: letter + b"-- \r\nthe list\r\n", Reason.BODY),
    "a tag in the subject": (lambda letter: letter.replace(b"A word", b"[team] A word"), Reason.HEADER),
    "another author": (lambda letter: letter.replace(b"ann@", b"eve@"), Reason.HEADER),
    "a second author": (lambda letter: b"From: eve@example.com\r\n" + letter, Reason.HEADER),
    "another key's signature": (lambda letter: letter.replace(b" b=", b" b=QUJD", 1), Reason.HEADER),
    "no such domain": (lambda letter: letter.replace(b"d=example.com", b"d=example.net"), Reason.MALFORMED),
    "another selector": (lambda letter: letter.replace(b"s=k1", b"s=k2"), Reason.NO_KEY),
    "a historic algorithm": (lambda letter: letter.replace(b"rsa-sha256", b"rsa-sha1"), Reason.HISTORIC),
    "an unknown algorithm": (lambda letter: letter.replace(b"rsa-sha256", b"rsa-md5"), Reason.MALFORMED),
    "an unknown form": (lambda letter: letter.replace(b"relaxed/relaxed", b"tidy/tidy"), Reason.MALFORMED),
    "no b=": (lambda letter: letter.replace(b" b=", b" bb=", 1), Reason.MALFORMED),
    "a letter for a time": (lambda letter: letter.replace(b"t=1775034000", b"t=soon"), Reason.MALFORMED),
    "no From in h=": (
        lambda letter: letter.replace(b"h=from : to : subject :\r\n from", b"h=to : subject"),
        Reason.AUTHOR,
    ),
    "too long": (
        lambda letter: letter.replace(b"; q=", b"; z=" + b"x" * LONGEST_SIGNATURE + b"; q="),
        Reason.TOO_LARGE,
    ),
    "a header without end": (lambda letter: b"X: " + b"x" * LARGEST_HEADER + b"\r\n" + letter, Reason.TOO_LARGE),
    "a great many names": (lambda letter: letter.replace(b"h=from", b"h=" + b"x:" * 101 + b"from"), Reason.TOO_LARGE),
}


@pytest.mark.parametrize("name", CHANGES)
def test_what_a_change_does(name: str) -> None:
    change, reason = CHANGES[name]
    assert change(SIGNED) != SIGNED or name == "nothing"
    examined = found(change(SIGNED))
    assert examined.reason is reason
    assert examined.result is RESULTS[reason]
    assert examined.ref is REFS[reason]
    assert examined.body is {Reason.VERIFIED: True, Reason.HEADER: True, Reason.BODY: False}.get(reason)


def der(tag: int, octets: bytes) -> bytes:
    """A value in DER (ITU-T X.690 8.1): tag, length, octets."""
    size = len(octets).to_bytes((len(octets).bit_length() + 7) // 8 or 1, "big")
    return bytes([tag]) + (size if len(octets) < 0x80 else bytes([0x80 | len(size)]) + size) + octets


def rsa_key(modulus: int, exponent: int) -> str:
    """The record of an RSA key (RFC 8017 A.1.1), of any numbers."""
    numbers = (number.to_bytes(number.bit_length() // 8 + 1, "big") for number in (modulus, exponent))
    key = der(0x30, b"".join(der(0x02, number) for number in numbers))
    return f"v=DKIM1; k=rsa; p={b64encode(key).decode('ascii')}"


LARGEST = (1 << LARGEST_MODULUS) - 1

KEYS: dict[str, tuple[Known, Reason]] = {
    "none": ({}, Reason.NO_KEY),
    "a name without TXT": ({NAME: ()}, Reason.NO_KEY),
    "the DNS fails": ({NAME: Status.SERVFAIL}, Reason.DNS_FAILED),
    "no answer": ({NAME: Status.TIMEOUT}, Reason.DNS_FAILED),
    "withdrawn": ({NAME: "v=DKIM1; k=rsa; p="}, Reason.REVOKED),
    "withdrawn, and more": ({NAME: "v=DKIM1; p=; n=gone"}, Reason.REVOKED),
    "another text": ({NAME: "hello"}, Reason.BAD_KEY),
    "another version": ({NAME: PUBLIC.replace("DKIM1", "DKIM2")}, Reason.BAD_KEY),
    "cut short": ({NAME: PUBLIC[:60]}, Reason.BAD_KEY),
    "not for mail": ({NAME: PUBLIC.replace("k=rsa;", "k=rsa; s=tlsrpt;")}, Reason.BAD_KEY),
    "an exponent of 16,000 bits": ({NAME: rsa_key((1 << 2048) - 1, 1 << 15_999)}, Reason.KEY_TOO_LARGE),
    "an exponent of 33 bits": ({NAME: rsa_key((1 << 2048) - 1, 1 << LARGEST_EXPONENT)}, Reason.KEY_TOO_LARGE),
    "an exponent of 32 bits": ({NAME: rsa_key((1 << 2048) - 1, (1 << LARGEST_EXPONENT) - 1)}, Reason.HEADER),
    "a modulus of 4,097 bits": ({NAME: rsa_key(1 << LARGEST_MODULUS, 65_537)}, Reason.KEY_TOO_LARGE),
    "a modulus of 4,096 bits": ({NAME: rsa_key(LARGEST, 65_537)}, Reason.HEADER),
    "of an unknown kind": ({NAME: PUBLIC.replace("k=rsa", "k=dsa")}, Reason.BAD_KEY),
}


@pytest.mark.parametrize("name", KEYS)
def test_what_the_dns_may_say(name: str) -> None:
    known, reason = KEYS[name]
    assert found(SIGNED, known).reason is reason


TIMES: dict[str, tuple[bytes, int, Reason]] = {
    "long ago": (b"t=1775034000", NOW + 3650 * DAY, Reason.VERIFIED),
    "still to come": (b"t=1775034000", NOW - DAY, Reason.FUTURE),
    "clocks differ a little": (b"t=1775034000", NOW - 3600, Reason.VERIFIED),
    "expired": (b"t=1775034000; x=1775037600", NOW + 2 * DAY, Reason.EXPIRED),
    "ten hours early": (b"t=1775034000", NOW - 36_000, Reason.VERIFIED),
    "ten hours early and a second": (b"t=1775034000", NOW - 36_001, Reason.FUTURE),
    "ten hours late": (b"t=1775034000; x=1775037600", 1_775_037_600 + 36_000, Reason.HEADER),
    "ten hours late and a second": (b"t=1775034000; x=1775037600", 1_775_037_600 + 36_001, Reason.EXPIRED),
    "twelve digits": (b"t=100000000000", 10**12, Reason.HEADER),
    "thirteen digits": (b"t=0001775034000", NOW, Reason.MALFORMED),
    "expires before it begins": (b"t=1775034000; x=1775000000", NOW, Reason.MALFORMED),
}


@pytest.mark.parametrize("name", TIMES)
def test_times(name: str) -> None:
    said, now, reason = TIMES[name]
    examined = found(SIGNED.replace(b"t=1775034000", said), now=now)
    assert examined.reason is reason


def test_every_reason_comes_up() -> None:
    told = {reason for _, reason in CHANGES.values()} | {reason for _, reason in KEYS.values()}
    told |= {reason for _, _, reason in TIMES.values()}
    assert told | {Reason.UNSIGNED} == set(Reason)


def test_every_signature_is_looked_at_up_to_a_limit() -> None:
    field = signature_field(LETTER, KEY, NOW)
    both = field.replace(b"s=k1", b"s=k2") + field + LETTER
    assert [one.reason for one in examine(both, Names(GOOD), NOW)] == [Reason.NO_KEY, Reason.VERIFIED]
    assert len(examine(field * 30 + LETTER, Names(GOOD), NOW)) == MOST_SIGNATURES


@pytest.mark.parametrize(
    "letter", [b"", b"\r\n", LETTER, b"Subject: DKIM-Signature: x\r\n\r\n", LETTER + b"dkim-signature: x\r\n"]
)
def test_a_letter_without_a_signature_has_none(letter: bytes) -> None:
    assert examine(letter, Names(GOOD), NOW) == ()


@settings(max_examples=300, deadline=None)
@given(st.integers(0, SIGNED.index(b"\r\n\r\n")), st.binary(max_size=12), st.integers(0, 12))
def test_no_damage_to_the_header_makes_it_fail(at: int, octets: bytes, gone: int) -> None:
    """Whatever stands there, it is a finding; none of them says that the letter is good unless it is."""
    damaged = SIGNED[:at] + octets + SIGNED[at + gone :]
    for examined in examine(damaged, Names(GOOD), NOW):
        assert examined.reason in Reason


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=300))
def test_no_signature_makes_it_fail(octets: bytes) -> None:
    for examined in examine(b"DKIM-Signature: " + octets + b"\r\n" + LETTER, Names(GOOD), NOW):
        assert examined.result is not Result.PASS


HOSTILE = {
    "spaces in the body": SIGNED + b" " * 2_000_000 + b"x\r\n",
    "folds in the header": b"X: a\r\n" + b" \r\n" * 30_000 + SIGNED,
    "spaces in the signature": SIGNED.replace(b" b=", b" " * 3_500 + b"b=", 1),
    "many fields": b"X: a\r\n" * 15_000 + SIGNED,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_no_letter_takes_long(name: str) -> None:
    """Measured beside an honest letter of the same size, which takes a few milliseconds a megabyte."""
    begun = time.process_time()
    examine(HOSTILE[name], Names(GOOD), NOW)
    assert time.process_time() - begun < 2


FIELD = signature_field(LETTER, KEY, NOW)
NAMED = len(signature.headers) if (signature := found(SIGNED).signature) else 0
LIMITS: dict[str, tuple[bytes, bytes, Reason]] = {
    "4,096 octets of a signature": (
        FIELD.replace(b"; q=", b"; z=" + b"x" * (4_096 - len(FIELD) - 4) + b"; q=") + LETTER,
        FIELD.replace(b"; q=", b"; z=" + b"x" * (4_097 - len(FIELD) - 4) + b"; q=") + LETTER,
        Reason.HEADER,
    ),
    "100,000 octets of a header": (
        b"X: " + b"x" * (100_000 - SIGNED.index(b"\r\n\r\n") - 7) + b"\r\n" + SIGNED,
        b"X: " + b"x" * (100_001 - SIGNED.index(b"\r\n\r\n") - 7) + b"\r\n" + SIGNED,
        Reason.VERIFIED,
    ),
    "100 names": (
        SIGNED.replace(b"h=from", b"h=" + b"x:" * (100 - NAMED) + b"from"),
        SIGNED.replace(b"h=from", b"h=" + b"x:" * (101 - NAMED) + b"from"),
        Reason.HEADER,
    ),
}


@pytest.mark.parametrize("name", LIMITS)
def test_what_is_just_small_enough_and_just_too_large(name: str) -> None:
    enough, over, reason = LIMITS[name]
    assert len(over) - len(enough) in (1, 2)
    assert (found(enough).reason, found(over).reason) == (reason, Reason.TOO_LARGE)


def test_ten_signatures_are_looked_at() -> None:
    assert [len(examine(FIELD * many + LETTER, Names(GOOD), NOW)) for many in (9, 10, 11)] == [9, 10, 10]
