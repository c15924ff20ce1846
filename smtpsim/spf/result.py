"""The seven results of check_host() and the reasons for them, each with the section that decides."""

from __future__ import annotations

from enum import StrEnum

from smtpsim.kernel.ref import Ref


class Result(StrEnum):
    """RFC 7208 2.6."""

    NONE = "none"
    NEUTRAL = "neutral"
    PASS = "pass"
    FAIL = "fail"
    SOFTFAIL = "softfail"
    TEMPERROR = "temperror"
    PERMERROR = "permerror"


class Reason(StrEnum):
    """Why a term or a whole record came out as it did: the key under which the words for it are found."""

    MATCHED = "matched"
    NO_MATCH = "no-match"
    TARGET_UNUSABLE = "target-unusable"
    PTR_FAILED = "ptr-lookup-failed"
    DEFAULT = "no-term-matched"
    MALFORMED_DOMAIN = "malformed-domain"
    NO_DOMAIN = "no-such-domain"
    NO_RECORD = "no-record"
    MULTIPLE_RECORDS = "multiple-records"
    SYNTAX = "syntax"
    TOO_MANY_LOOKUPS = "too-many-lookups"
    TOO_MANY_VOIDS = "too-many-void-lookups"
    TOO_MANY_MX = "too-many-mx"
    INCLUDE_NONE = "include-without-record"
    REDIRECT_NONE = "redirect-without-record"
    DNS_FAILED = "dns-failure"
    DNS_TIMEOUT = "dns-timeout"


QUALIFIED = {"+": Result.PASS, "-": Result.FAIL, "~": Result.SOFTFAIL, "?": Result.NEUTRAL}
"""What a match means under each qualifier (RFC 7208 4.6.2)."""

REFS = {
    Reason.MATCHED: Ref(7208, "4.6.2"),
    Reason.NO_MATCH: Ref(7208, "4.6.2"),
    Reason.TARGET_UNUSABLE: Ref(7208, "4.8"),
    Reason.PTR_FAILED: Ref(7208, "5.5"),
    Reason.DEFAULT: Ref(7208, "4.7"),
    Reason.MALFORMED_DOMAIN: Ref(7208, "4.3"),
    Reason.NO_DOMAIN: Ref(7208, "4.3"),
    Reason.NO_RECORD: Ref(7208, "4.5"),
    Reason.MULTIPLE_RECORDS: Ref(7208, "4.5"),
    Reason.SYNTAX: Ref(7208, "4.6"),
    Reason.TOO_MANY_LOOKUPS: Ref(7208, "4.6.4"),
    Reason.TOO_MANY_VOIDS: Ref(7208, "4.6.4"),
    Reason.TOO_MANY_MX: Ref(7208, "4.6.4"),
    Reason.INCLUDE_NONE: Ref(7208, "5.2"),
    Reason.REDIRECT_NONE: Ref(7208, "6.1"),
    Reason.DNS_FAILED: Ref(7208, "4.4"),
    Reason.DNS_TIMEOUT: Ref(7208, "4.4"),
}

ERRORS = {
    Reason.TOO_MANY_LOOKUPS: Result.PERMERROR,
    Reason.TOO_MANY_VOIDS: Result.PERMERROR,
    Reason.TOO_MANY_MX: Result.PERMERROR,
    Reason.INCLUDE_NONE: Result.PERMERROR,
    Reason.REDIRECT_NONE: Result.PERMERROR,
    Reason.DNS_FAILED: Result.TEMPERROR,
    Reason.DNS_TIMEOUT: Result.TEMPERROR,
}
"""The reasons for which a term ends the check at once (RFC 7208 2.6.6, 2.6.7)."""
