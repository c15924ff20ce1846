"""The record type SPF (99), which was discontinued: what to say where somebody still publishes it (RFC 7208 3.1)."""

from __future__ import annotations

from smtpsim.explain import Words
from smtpsim.kernel.dns import Resolver

TYPE = "SPF"


def type99(zones: Resolver, domain: str, words: Words) -> str:
    """The remark on a domain, "" where it has no such record."""
    if not zones.query(domain, TYPE).records:
        return ""
    texts = (record for record in zones.query(domain, "TXT").records if isinstance(record, bytes))
    beside = any(text.lower().split(b" ")[0] == b"v=spf1" for text in texts)
    return words("trace.type99-also" if beside else "trace.type99-only", domain=domain)
