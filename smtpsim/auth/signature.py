"""What is found out about one DKIM signature: the results of RFC 8601 2.7.1, and a reason for each."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from smtpsim.kernel.dns import Answer
from smtpsim.kernel.ref import Ref


class Result(StrEnum):
    """RFC 8601 2.7.1; its `policy` is for receivers with rules of their own, which are policies here."""

    PASS = "pass"
    FAIL = "fail"
    NONE = "none"
    NEUTRAL = "neutral"
    TEMPERROR = "temperror"
    PERMERROR = "permerror"


class Reason(StrEnum):
    """Why: the key under which the words for it are found."""

    VERIFIED = "verified"
    UNSIGNED = "unsigned"
    BODY = "body-changed"
    HEADER = "header-changed"
    MALFORMED = "malformed"
    TOO_LARGE = "too-large"
    AUTHOR = "author-unsigned"
    HISTORIC = "algorithm-historic"
    EXPIRED = "expired"
    FUTURE = "future"
    NO_KEY = "no-key"
    REVOKED = "key-revoked"
    BAD_KEY = "key-unusable"
    KEY_TOO_LARGE = "key-too-large"
    DNS_FAILED = "dns-failure"


RESULTS = {
    Reason.VERIFIED: Result.PASS,
    Reason.UNSIGNED: Result.NONE,
    Reason.BODY: Result.FAIL,
    Reason.HEADER: Result.FAIL,
    Reason.MALFORMED: Result.NEUTRAL,
    Reason.TOO_LARGE: Result.NEUTRAL,
    Reason.AUTHOR: Result.PERMERROR,
    Reason.HISTORIC: Result.PERMERROR,
    Reason.EXPIRED: Result.PERMERROR,
    Reason.FUTURE: Result.PERMERROR,
    Reason.NO_KEY: Result.PERMERROR,
    Reason.REVOKED: Result.PERMERROR,
    Reason.BAD_KEY: Result.PERMERROR,
    Reason.KEY_TOO_LARGE: Result.PERMERROR,
    Reason.DNS_FAILED: Result.TEMPERROR,
}

REFS = {
    Reason.VERIFIED: Ref(6376, "6.1.3"),
    Reason.UNSIGNED: Ref(8601, "2.7.1"),
    Reason.BODY: Ref(6376, "6.1.3"),
    Reason.HEADER: Ref(6376, "6.1.3"),
    Reason.MALFORMED: Ref(6376, "6.1.1"),
    Reason.TOO_LARGE: Ref(6376, "6.1"),
    Reason.AUTHOR: Ref(6376, "6.1.1"),
    Reason.HISTORIC: Ref(8301, "3.1"),
    Reason.EXPIRED: Ref(6376, "6.1.1"),
    Reason.FUTURE: Ref(6376, "3.5"),
    Reason.NO_KEY: Ref(6376, "6.1.2"),
    Reason.REVOKED: Ref(6376, "6.1.2"),
    Reason.BAD_KEY: Ref(6376, "6.1.2"),
    Reason.KEY_TOO_LARGE: Ref(8301, "3.2"),
    Reason.DNS_FAILED: Ref(6376, "6.1.2"),
}


class Signature(NamedTuple):
    """What the DKIM-Signature field says (RFC 6376 3.5): d=, s=, i=, a=, c=, h= and the beginning of b=. All of it is
    untrusted text; `identity` is "@" and the domain where there is no i=."""

    domain: str
    selector: str
    identity: str
    algorithm: str
    canonicalization: str
    headers: tuple[str, ...]
    beginning: str


class Examined(NamedTuple):
    """One signature, looked at. `number` counts them from the top, from 0. `signature` is None where it cannot be
    read; `key` is the answer to the question for its key, None where none was asked. `body` tells whether the body is
    as it was signed, None where that was not looked at; `detail` is the verifier's own word on what is malformed.
    `letter` is what was looked at.
    """

    number: int
    signature: Signature | None = None
    key: Answer | None = None
    reason: Reason = Reason.VERIFIED
    body: bool | None = None
    detail: str = ""
    letter: bytes = b""

    @property
    def result(self) -> Result:
        return RESULTS[self.reason]

    @property
    def ref(self) -> Ref:
        """The section that decided."""
        return REFS[self.reason]

    @property
    def key_name(self) -> str:
        """Where the key stands in the DNS (RFC 6376 3.6.2.1)."""
        return key_name(self.signature.selector, self.signature.domain) if self.signature else ""


def key_name(selector: str, domain: str) -> str:
    """The name that a public key is published under.

    >>> key_name("s1", "example.com")
    's1._domainkey.example.com'
    """
    return f"{selector}._domainkey.{domain}"
