"""ARC: what is sealed holds, what is changed does not, and each reason comes up (RFC 8617 5)."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable

import pytest

from smtpsim.auth.alignment import Authenticated
from smtpsim.auth.arc.chain import Chain, Reason
from smtpsim.auth.arc.collect import MOST_SETS
from smtpsim.auth.arc.seal import arc_set
from smtpsim.auth.arc.validate import validate
from smtpsim.auth.sign import signature_field
from smtpsim.auth.verifier import LARGEST_HEADER, LONGEST_SIGNATURE, MOST_NAMES
from smtpsim.kernel.dns import Status
from smtpsim.kernel.ref import Ref
from tests.auth.arc.chains import GOOD, changed, sealed, without
from tests.auth.letters import KEY, LETTER, NAME, NOW, PUBLIC
from tests.auth.names import Known, Names

AAR, AMS, SEAL = b"ARC-Authentication-Results", b"ARC-Message-Signature", b"ARC-Seal"
DAY = 86_400

HOLDS: dict[str, Callable[[], bytes]] = {
    "one set": lambda: sealed(),
    "three sets": lambda: sealed(times=3),
    "fifty sets, as many as there may be": lambda: sealed(times=MOST_SETS),
    "a signed letter": lambda: sealed(signature_field(LETTER, KEY, NOW) + LETTER),
    "changed between the seals": lambda: changed(changed(sealed(), b"A word", b"[x] A word"), b"Hello", b"Hi"),
    "a trace above it": lambda: b"Received: by x\r\nAuthentication-Results: x; none\r\n" + sealed(times=2),
    "folded anew": lambda: sealed(times=2).replace(b"; d=example.com", b";\r\n\td=example.com"),
    "names in capitals": lambda: sealed(times=2).replace(b"ARC-Seal:", b"ARC-SEAL:"),
    "the sets in another order": lambda: b"".join(reversed(sets(sealed(times=2)))) + LETTER,
    "no body": lambda: sealed(LETTER.partition(b"\r\n\r\n")[0] + b"\r\n\r\n"),
}


def sets(letter: bytes) -> list[bytes]:
    """The sets above the letter, the newest first."""
    head = letter.removesuffix(LETTER)
    return [SEAL + part for part in head.split(SEAL)[1:]]


def found(letter: bytes, known: Known | None = None, now: int = NOW) -> Chain:
    return validate(letter, Names({NAME: PUBLIC} if known is None else known), now)


@pytest.mark.parametrize("name", HOLDS)
def test_it_holds(name: str) -> None:
    chain = found(HOLDS[name]())
    assert (chain.result, chain.reason, chain.instance, chain.detail) == ("pass", Reason.VALID, 0, "")
    assert all(seal.good for seal in chain.seals)
    assert [seal.status for seal in chain.seals] == ["none", *["pass"] * (len(chain.seals) - 1)]
    assert chain.sealer == "example.com"


def test_a_letter_without_a_chain() -> None:
    assert (found(LETTER).result, found(b"X-Not-ARC-Seal: i=1\r\n" + LETTER).result) == ("none", "none")
    assert found(LETTER).sealer == ""


class Broken:
    """How a chain of two is broken; why it fails then, and in which set."""

    def __init__(self, change: Callable[[bytes], bytes], reason: Reason, instance: int = 0) -> None:
        self.change, self.reason, self.instance = change, reason, instance


def instead(old: bytes, new: bytes, count: int = 1) -> Callable[[bytes], bytes]:
    def change(letter: bytes) -> bytes:
        assert old in letter
        return letter.replace(old, new, count)

    return change


BROKEN = {
    "another body": Broken(instead(b"Hello", b"Hallo"), Reason.BODY, 2),
    "another subject": Broken(instead(b"A word", b"Two words"), Reason.HEADER, 2),
    "another author above": Broken(lambda letter: b"From: eve@example.com\r\n" + letter, Reason.HEADER, 2),
    "the newest seal": Broken(instead(b"t=%d;\r\n b=" % NOW, b"t=%d;\r\n b=" % (NOW - 1)), Reason.SEAL, 2),
    "what the first had found": Broken(
        lambda letter: letter[::-1].replace(b"spf=pass"[::-1], b"spf=fail"[::-1], 1)[::-1], Reason.SEAL, 2
    ),
    "a set taken away": Broken(
        lambda letter: without(without(without(letter, SEAL, 1), AMS, 1), AAR, 1), Reason.INCOMPLETE, 1
    ),
    "the newest set taken away": Broken(
        lambda letter: without(without(without(sealed(letter), SEAL, 2), AMS, 2), AAR, 2), Reason.INCOMPLETE, 2
    ),
    "no seal": Broken(lambda letter: without(letter, SEAL, 2), Reason.INCOMPLETE, 2),
    "no message signature": Broken(lambda letter: without(letter, AMS, 2), Reason.INCOMPLETE, 2),
    "no results": Broken(lambda letter: without(letter, AAR, 1), Reason.INCOMPLETE, 1),
    "a set twice": Broken(lambda letter: sets(letter)[0] + letter, Reason.INCOMPLETE, 2),
    "cv=none later": Broken(
        instead(b"i=2; a=rsa-sha256; cv=pass", b"i=2; a=rsa-sha256; cv=none"), Reason.BAD_STATUS, 2
    ),
    "cv=pass at first": Broken(
        instead(b"i=1; a=rsa-sha256; cv=none", b"i=1; a=rsa-sha256; cv=pass"), Reason.BAD_STATUS, 1
    ),
    "no cv=": Broken(instead(b"i=2; a=rsa-sha256; cv=pass;", b"i=2; a=rsa-sha256;"), Reason.BAD_STATUS, 2),
    "cv=fail": Broken(instead(b"cv=pass", b"cv=fail"), Reason.SEALED_FAIL, 2),
    "no instance": Broken(instead(b"ARC-Seal: i=2;", b"ARC-Seal:"), Reason.MALFORMED),
    "instance 0": Broken(instead(b"ARC-Seal: i=2;", b"ARC-Seal: i=0;"), Reason.MALFORMED),
    "no instance in the results": Broken(instead(b"Results: i=2; ", b"Results: "), Reason.MALFORMED),
    "a tag twice": Broken(instead(b"ARC-Seal: i=2;", b"ARC-Seal: i=2; i=2;"), Reason.MALFORMED),
    "h= in a seal": Broken(instead(b"ARC-Seal: i=2;", b"ARC-Seal: i=2; h=from;"), Reason.MALFORMED, 2),
    "the author is not signed": Broken(instead(b"from", b"sender", 3), Reason.MALFORMED, 2),
    "a seal is signed": Broken(instead(b"h=from", b"h=arc-seal : from"), Reason.MALFORMED, 2),
    "too many names": Broken(instead(b"h=from", b"h=from" + b" : to" * MOST_NAMES), Reason.MALFORMED, 2),
    "an algorithm nobody knows": Broken(instead(b"a=rsa-sha256; c=", b"a=rsa-md5; c="), Reason.MALFORMED, 2),
    "DKIM's old algorithm": Broken(instead(b"a=rsa-sha256; cv", b"a=rsa-sha1; cv"), Reason.MALFORMED, 2),
    "too high an instance": Broken(lambda letter: b"ARC-Seal: i=51; cv=pass\r\n" + letter, Reason.TOO_MANY, 51),
    "far too high an instance": Broken(
        lambda letter: b"ARC-Seal: i=%b\r\n" % (b"9" * 5_000) + letter, Reason.MALFORMED
    ),
    "a long signature": Broken(
        instead(b"ARC-Seal: i=2;", b"ARC-Seal: i=2; x-y=" + b"y" * LONGEST_SIGNATURE + b";"), Reason.TOO_LARGE, 2
    ),
    "a long header": Broken(lambda letter: b"X: " + b"x" * LARGEST_HEADER + b"\r\n" + letter, Reason.TOO_LARGE),
    "a line that is no field": Broken(lambda letter: b"what is this\r\n" + letter, Reason.MALFORMED),
    "a folded line first": Broken(lambda letter: b" x\r\n" + letter, Reason.MALFORMED),
}


@pytest.mark.parametrize("name", BROKEN)
def test_it_does_not_hold(name: str) -> None:
    broken = BROKEN[name]
    chain = found(broken.change(sealed(times=2)))
    assert (chain.result, chain.reason, chain.instance) == ("fail", broken.reason, broken.instance)


TINY = b64encode(bytes.fromhex("300d06092a864886f70d0101010500030b003008020300b0a1020103")).decode()

KEYS: dict[str, tuple[Known, Reason]] = {
    "none": ({}, Reason.NO_KEY),
    "withdrawn": ({NAME: "v=DKIM1; p="}, Reason.REVOKED),
    "nonsense": ({NAME: "v=DKIM1; p=x"}, Reason.BAD_KEY),
    "too short": ({NAME: f"v=DKIM1; p={TINY}"}, Reason.BAD_KEY),
    "no answer": ({NAME: Status.SERVFAIL}, Reason.DNS_FAILED),
}


@pytest.mark.parametrize("name", KEYS)
def test_without_its_key_it_fails_for_good(name: str) -> None:
    """Also where the DNS does not answer (RFC 8617 5.2.1)."""
    known, reason = KEYS[name]
    chain = found(sealed(), known)
    assert (chain.result, chain.reason, chain.instance) == ("fail", reason, 1)


@pytest.mark.parametrize(("days", "reason"), [(0, Reason.VALID), (-1, Reason.MALFORMED), (400, Reason.VALID)])
def test_time_is_the_clock_s_that_is_given(days: int, reason: Reason) -> None:
    assert found(sealed(), now=NOW + days * DAY).reason is reason


def test_every_reason_comes_up_and_has_a_section() -> None:
    """But for keys that are too large: they are looked for as DKIM does it (`tests/auth/test_signature.py`)."""
    reasons = {one.reason for one in BROKEN.values()} | {reason for _, reason in KEYS.values()}
    assert set(Reason) - reasons == {Reason.VALID, Reason.NO_CHAIN, Reason.KEY_TOO_LARGE}
    assert all(Chain(reason).ref.rfc == 8617 and Chain(reason).ref.section for reason in Reason)
    assert Chain(Reason.DNS_FAILED).ref == Ref(8617, "5.2.1")


def test_looking_ends_at_the_first_seal_that_does_not_fit() -> None:
    letter = sealed(times=3).replace(b"i=2; mx.example.net", b"i=2; mx.example.org")
    names = Names({NAME: PUBLIC})
    chain = validate(letter, names, NOW)
    assert [seal.good for seal in chain.seals] == [None, None, False]
    assert len(names.asked) == 2


# ---------------------------------------------------------------- sealing


def added(letter: bytes, now: int = NOW) -> bytes:
    return arc_set(letter, KEY, "x.example; none", found(letter), now)


def test_a_set_is_three_fields_above_the_letter() -> None:
    names = [line.partition(b":")[0] for line in added(LETTER).split(b"\r\n") if line[:1] not in (b" ", b"\t", b"")]
    assert names == [SEAL, AMS, AAR]
    assert b"ARC-Authentication-Results: i=1; x.example; none\r\n" in added(LETTER)


def test_the_message_signature_covers_the_author_once_more_and_dkim() -> None:
    signed = signature_field(LETTER, KEY, NOW) + LETTER
    (value,) = (line for line in added(signed).replace(b"\r\n ", b" ").split(b"\r\n") if line.startswith(AMS))
    names = value.partition(b"h=")[2].partition(b";")[0].replace(b" ", b"").split(b":")
    assert names.count(b"from") == 2
    assert b"dkim-signature" in names
    assert not any(name.startswith((b"arc-", b"authentication-results", b"received")) for name in names)


def test_a_broken_chain_is_sealed_once_as_broken() -> None:
    """The seal covers its own set alone (RFC 8617 5.1.2); after that nobody adds any (5.1)."""
    broken = sealed(times=2).replace(b"Hello", b"Hallo")
    ended = added(broken) + broken
    assert b"ARC-Seal: i=3; a=rsa-sha256; cv=fail;" in ended
    assert found(ended).reason is Reason.SEALED_FAIL
    assert added(ended) == b""
    own = added(broken).replace(b"i=3", b"i=1").replace(b"cv=fail", b"cv=none")
    assert own.count(b"\r\n") > 3


def test_fifty_are_enough() -> None:
    assert added(sealed(times=MOST_SETS)) == b""
    assert added(b"ARC-Seal: i=51; cv=pass\r\n" + LETTER) == b""


@pytest.mark.parametrize("letter", [b"Subject: x\r\n\r\n.\r\n", b" x\r\n\r\n", b"what is this\r\n\r\n", b""])
def test_what_cannot_be_signed_is_not_sealed(letter: bytes) -> None:
    assert added(letter) == b""


def test_what_the_first_sealer_had_found_vouches() -> None:
    results = (
        "x.example; spf=pass smtp.helo=mx.example.com; spf=softfail smtp.mailfrom=ann@Example.com; "
        "dkim=pass header.i=@mail.example.com; dkim=fail header.d=example.net; dmarc=pass header.from=example.org"
    )
    (seal,) = found(sealed(results=results)).seals
    assert list(seal.identifiers()) == [
        Authenticated("spf", "example.com", "softfail"),
        Authenticated("dkim", "mail.example.com", "pass"),
        Authenticated("dkim", "example.net", "fail"),
    ]
    assert seal.results.server == "x.example"


def test_the_key_s_answer_is_kept() -> None:
    (seal,) = validate(sealed(), GOOD, NOW).seals
    assert seal.key is not None
    assert seal.key.name == NAME
