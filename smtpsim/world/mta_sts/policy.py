"""What a domain publishes: the record that tells of a policy, the policy itself, and where reports go."""

from __future__ import annotations

import re
from typing import NamedTuple

from smtpsim.kernel.dns import Answer

LONGEST_POLICY = 65_536
"""Characters of a policy that are read (RFC 8461 3.3)."""

LONGEST_AGE = 31_557_600
"""Seconds that a policy may be kept: a year (RFC 8461 3.2)."""

ENFORCE, TESTING, NONE = MODES = ("enforce", "testing", "none")
"""What a sender does with a host that does not fit: not deliver to it, only report it, or nothing (RFC 8461 5)."""

# sts-text-record = sts-version 1*(sts-field-delim sts-field) [sts-field-delim]
_RECORD = re.compile(rb"v=STSv1[ \t]*;(?:.*;)?[ \t]*id=([A-Za-z0-9]{1,32})[ \t]*(?:;.*)?", re.DOTALL)
_STS = re.compile(rb"v=STSv1[ \t]*;")

# tlsrpt-record = tlsrpt-version 1*(field-delim tlsrpt-field) [field-delim]
_REPORTS = re.compile(rb"v=TLSRPTv1[ \t]*;(?:.*;)?[ \t]*rua=([^;]+)(?:;.*)?", re.DOTALL)
_TLSRPT = re.compile(rb"v=TLSRPTv1[ \t]*;")
_URI = re.compile(r"(?:mailto|https):[!-+\x2d-~]+", re.IGNORECASE)


class StsPolicy(NamedTuple):
    """A policy; `mx` are names, or `*.` and the end of names, in lower case; `lines` the text as it was published."""

    mode: str
    mx: tuple[str, ...]
    max_age: int
    lines: tuple[str, ...]

    def names(self, host: str) -> bool:
        """Whether the policy names this mail exchanger (RFC 8461 4.1)."""
        return any(matches(pattern, host) for pattern in self.mx)


def matches(pattern: str, name: str) -> bool:
    """Whether a name is the one that is meant; a `*` stands for one label (RFC 6125 6.4.3).

    >>> matches("*.example.com", "mx.example.com")
    True
    """
    pattern, name = pattern.lower(), name.lower().rstrip(".")
    return pattern == name or (pattern.startswith("*.") and pattern[2:] == name.partition(".")[2])


def read_policy(text: str) -> StsPolicy | None:
    """Read a policy, None where it is not valid. Of a key that stands there twice the first counts, but for mx; unknown
    keys are passed over (RFC 8461 3.2)."""
    lines = tuple(line.rstrip(" \t\r") for line in text[:LONGEST_POLICY].split("\n"))
    pairs = [(key.strip(), value.strip()) for key, colon, value in (line.partition(":") for line in lines) if colon]
    found = dict(reversed(pairs))
    mx = tuple(value.lower() for key, value in pairs if key == "mx")
    mode, age = found.get("mode", ""), found.get("max_age", "")
    good = found.get("version") == "STSv1" and mode in MODES and age.isascii() and age.isdigit() and len(age) <= 10
    if not good or int(age) > LONGEST_AGE or (mode != NONE and not mx):
        return None
    return StsPolicy(mode, mx, int(age), tuple(filter(None, lines)))


def policy_id(answer: Answer) -> str:
    """The id of the policy that a record tells of; "" where there is none, or several (RFC 8461 3.1)."""
    records = [record for record in answer.records if isinstance(record, bytes) and _STS.match(record)]
    match = _RECORD.fullmatch(records[0]) if len(records) == 1 else None
    return match[1].decode("ascii") if match else ""


def reports_to(answer: Answer) -> tuple[str, ...]:
    """Where reports on TLS are wanted; () where there is no record, or several (RFC 8460 3)."""
    records = [record for record in answer.records if isinstance(record, bytes) and _TLSRPT.match(record)]
    match = _REPORTS.fullmatch(records[0]) if len(records) == 1 else None
    uris = match[1].decode("ascii", "replace").split(",") if match else ()
    return tuple(uri.strip() for uri in uris if _URI.fullmatch(uri.strip()))
