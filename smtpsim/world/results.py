"""What a host tells the next reader of a letter about what it found out: one header, whichever policies looked."""

from __future__ import annotations

from functools import lru_cache

from smtpsim.kernel.finding import Finding
from smtpsim.reports.authentication_results import authentication_results
from smtpsim.world.model import Host


def results_header(host: Host, findings: tuple[Finding, ...]) -> str:
    """The Authentication-Results header over the findings of all policies that write traces (RFC 8601 2.2); "" where
    the host has none of them."""
    telling = [policy.name for policy, settings in host.policies if settings.get("trace") == "write"]
    return _written(host.name, tuple(finding for finding in findings if finding.kind in telling)) if telling else ""


@lru_cache(maxsize=256)
def _written(server: str, findings: tuple[Finding, ...]) -> str:
    return authentication_results(server, findings)
