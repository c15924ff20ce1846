"""What is found out about the ARC chain of a letter: its status, and a reason for it (RFC 8617 4.4, 5.2)."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from typing import NamedTuple

from smtpsim.auth.alignment import Authenticated
from smtpsim.kernel.dns import Answer
from smtpsim.kernel.ref import Ref
from smtpsim.message.results import MethodResult, Results


class Result(StrEnum):
    """The chain validation status (RFC 8617 4.4)."""

    NONE = "none"
    PASS = "pass"
    FAIL = "fail"


class Reason(StrEnum):
    """Why: the key under which the words for it are found. Those about keys are DKIM's own."""

    VALID = "valid"
    NO_CHAIN = "no-chain"
    TOO_MANY = "too-many-sets"
    TOO_LARGE = "too-large"
    SEALED_FAIL = "sealed-as-failed"
    INCOMPLETE = "incomplete"
    BAD_STATUS = "status-out-of-place"
    MALFORMED = "malformed"
    BODY = "body-changed"
    HEADER = "header-changed"
    SEAL = "seal-broken"
    NO_KEY = "no-key"
    REVOKED = "key-revoked"
    BAD_KEY = "key-unusable"
    KEY_TOO_LARGE = "key-too-large"
    DNS_FAILED = "dns-failure"


RESULTS = {Reason.VALID: Result.PASS, Reason.NO_CHAIN: Result.NONE}
"""All other reasons mean that it fails."""

REFS = {
    Reason.VALID: Ref(8617, "4.4"),
    Reason.NO_CHAIN: Ref(8617, "4.4"),
    Reason.TOO_MANY: Ref(8617, "4.2.1"),
    Reason.TOO_LARGE: Ref(8617, "9.1"),
    Reason.MALFORMED: Ref(8617, "4.1"),
    Reason.DNS_FAILED: Ref(8617, "5.2.1"),
}

VALIDATOR = Ref(8617, "5.2")
"""The steps of a validator, where the other reasons come from."""


class Seal(NamedTuple):
    """One ARC set. `domain` and `selector` are those of the ARC-Seal's key, `status` is its cv=, `results` what the
    sealer says that it had found out. `good` tells whether the seal fits, None where that was not looked at; `key` is
    the answer to the question for its key. All text is untrusted."""

    instance: int
    domain: str
    selector: str
    status: str
    results: Results
    good: bool | None = None
    key: Answer | None = None

    def identifiers(self) -> Iterator[Authenticated]:
        """What vouched for whom when the letter came to the sealer, by its own word."""
        for found in self.results.results:
            domain = next((_domain(found, name) for name in PROPERTIES.get(found.method, ()) if found.about(name)), "")
            if domain:
                yield Authenticated(found.method, domain, found.result)


PROPERTIES = {"spf": ("smtp.mailfrom",), "dkim": ("header.d", "header.i")}
"""Where the domain stands that a method speaks of; that of HELO vouches for nobody (RFC 9989 4.4.2)."""


def _domain(found: MethodResult, name: str) -> str:
    return found.about(name).rpartition("@")[2].lower()


class Chain(NamedTuple):
    """`seals` by their instance, from 1. `instance` is the set that the reason is about, 0 for none; `detail` the
    verifier's own word on what is malformed. `untrusted` are the sealers that the receiver has no reason to believe,
    None where nobody has asked. `letter` is what was looked at."""

    reason: Reason
    seals: tuple[Seal, ...] = ()
    instance: int = 0
    detail: str = ""
    untrusted: tuple[str, ...] | None = None
    letter: bytes = b""

    @property
    def result(self) -> Result:
        return RESULTS.get(self.reason, Result.FAIL)

    @property
    def ref(self) -> Ref:
        """The section that decided."""
        return REFS.get(self.reason, VALIDATOR)

    @property
    def sealer(self) -> str:
        """The domain that has sealed it last, "" where nobody has."""
        return self.seals[-1].domain if self.seals else ""

    @property
    def ended(self) -> bool:
        """Whether no set may be added: who came before has found it broken already, or it has as many as there can be
        (RFC 8617 5.1)."""
        return self.reason in (Reason.SEALED_FAIL, Reason.TOO_MANY)

    @property
    def reported(self) -> str:
        """What a report of DMARC tells of a chain that was believed: the keys of its seals, the last one first, and the
        address that the first sealer had the letter from, where it tells (RFC 8617 7.2.2)."""
        keys = (f"as[{one.instance}].d={one.domain} as[{one.instance}].s={one.selector}" for one in self.seals[::-1])
        first = self.seals[0].results.of("arc") if self.seals else ()
        address = next((one.about("smtp.remote-ip") for one in first), "")
        return " ".join((f"arc={self.result}", *keys, *([f"remote-ip[1]={address}"] if address else [])))

    @property
    def trusted(self) -> bool:
        """Whether the receiver believes all who have sealed it: each of them could have made up what came before."""
        return self.result is Result.PASS and self.untrusted == ()
