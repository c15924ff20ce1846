"""What a relay goes by when it carries mail to a domain, and how a dialogue with one of its hosts came out."""

from __future__ import annotations

from typing import NamedTuple

from smtpsim.world.mta_sts.policy import ENFORCE, NONE, StsPolicy

FETCH_ERROR = "sts-policy-fetch-error"
INVALID = "sts-policy-invalid"
NO_STARTTLS = "starttls-not-supported"
OTHER_NAME = "certificate-host-mismatch"
EXPIRED = "certificate-expired"
NOT_TRUSTED = "certificate-not-trusted"
NOT_NAMED = "validation-failure"
RESULTS = (FETCH_ERROR, INVALID, NO_STARTTLS, OTHER_NAME, EXPIRED, NOT_TRUSTED, NOT_NAMED)
"""What can go wrong, in the words of RFC 8460 4.3; `validation-failure` for a host that the policy does not name."""

CERTIFICATES = {"valid": "", "expired": EXPIRED, "untrusted": NOT_TRUSTED}
"""By the state of a host's certificate: what is wrong with it."""


class Guard(NamedTuple):
    """`policy` is what the relay goes by for the domain, None where there is none, or none to be had: `trouble` says
    why then. `reports` are the URIs that want to hear of it."""

    domain: str
    policy: StsPolicy | None = None
    trouble: str = ""
    reports: tuple[str, ...] = ()

    @property
    def mode(self) -> str:
        return self.policy.mode if self.policy else NONE

    @property
    def enforces(self) -> bool:
        """Whether the relay delivers only to hosts that fit."""
        return self.mode == ENFORCE

    @property
    def asks(self) -> bool:
        """Whether there is a policy to be held against a host."""
        return self.mode != NONE

    def bars(self, host: str) -> bool:
        """Whether the policy does not name this mail exchanger."""
        return self.asks and self.policy is not None and not self.policy.names(host)


class Secured(NamedTuple):
    """How a dialogue came out: the mail exchanger by the name that the DNS has for it, the names in its certificate,
    and the result, "" where all is well."""

    guard: Guard
    mx: str
    names: tuple[str, ...]
    result: str
