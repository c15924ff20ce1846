"""The report on TLS that the owner of a domain gets from a sender, for one day (RFC 8460 4.4)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from datetime import datetime

FETCHING = "sts-policy-"
"""How the results begin that are about the policy itself, so that there was one."""

REASON_CODES = {"validation-failure": "mx-mismatch"}
"""What the general result means here: the policy does not name the host (the codes are free text)."""


class TlsSessions(NamedTuple):
    """Dialogues that were alike: who sent, on which day since 1970, to which domain; the lines of the policy, "" for
    none; the result in the words of RFC 8460 4.3, "" for success; from which address, to which mail exchanger and
    address. All of it is text, so that it can be a key of what is remembered."""

    sender: str
    day: str
    domain: str
    policy: str
    result: str
    sending_ip: str
    mx: str
    mx_ip: str

    @property
    def policy_type(self) -> str:
        return "sts" if self.policy or self.result.startswith(FETCHING) else "no-policy-found"

    @property
    def date(self) -> datetime:
        """When the day begins."""
        from datetime import UTC, datetime, timedelta

        return datetime.fromtimestamp(0, UTC) + timedelta(days=int(self.day))


Counts = Iterable[tuple[TlsSessions, int]]


def tls_report(counts: Counts, contact: str) -> dict[str, Any]:
    """The report as JSON data. `counts` are those of one sender, day and domain; there must be one at least."""
    from datetime import timedelta

    found = tuple(counts)
    first = found[0][0]
    start, end = first.date, first.date + timedelta(days=1, seconds=-1)
    policies = dict.fromkeys((each.policy_type, each.policy) for each, _ in found)
    return {
        "organization-name": first.sender,
        "date-range": {"start-datetime": _moment(start), "end-datetime": _moment(end)},
        "contact-info": contact,
        "report-id": f"{start:%Y-%m-%d}.{first.domain}@{first.sender}",
        "policies": [
            _policy([pair for pair in found if (pair[0].policy_type, pair[0].policy) == which]) for which in policies
        ],
    }


def _moment(when: datetime) -> str:
    return when.strftime("%Y-%m-%dT%H:%M:%SZ")


def _policy(counts: list[tuple[TlsSessions, int]]) -> Mapping[str, Any]:
    """What came of one policy: how many dialogues went well, and what was wrong with the others."""
    first = counts[0][0]
    policy: dict[str, Any] = {"policy-type": first.policy_type, "policy-domain": first.domain}
    if first.policy:
        lines = first.policy.split("\n")
        hosts = [value.strip() for key, _, value in (line.partition(":") for line in lines) if key.strip() == "mx"]
        policy |= {"policy-string": lines, "mx-host": hosts}
    return {
        "policy": policy,
        "summary": {
            "total-successful-session-count": sum(count for each, count in counts if not each.result),
            "total-failure-session-count": sum(count for each, count in counts if each.result),
        },
        "failure-details": [_failure(each, count) for each, count in counts if each.result],
    }


def _failure(each: TlsSessions, count: int) -> Mapping[str, Any]:
    code = REASON_CODES.get(each.result)
    return {
        "result-type": each.result,
        "sending-mta-ip": each.sending_ip,
        "receiving-mx-hostname": each.mx,
        "receiving-ip": each.mx_ip,
        "failed-session-count": count,
        **({"failure-reason-code": code} if code else {}),
    }
