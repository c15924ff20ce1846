"""A record that is not published yet, laid over somebody else's answers."""

from __future__ import annotations

from typing import NamedTuple

from smtpsim.kernel.dns import Answer, Resolver, Status
from smtpsim.world.dns.zones import key_name


class Draft(NamedTuple):
    """Answers TXT for `domain` with `record` alone; everything else is asked of `resolver`."""

    resolver: Resolver
    domain: str
    record: bytes

    def query(self, name: str, rdtype: str) -> Answer:
        if rdtype == "TXT" and key_name(name) == key_name(self.domain):
            return Answer(name, rdtype, Status.NOERROR, (self.record,))
        return self.resolver.query(name, rdtype)
