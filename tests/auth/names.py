"""A small DNS, written down in a test: TXT records and failures by name."""

from __future__ import annotations

from collections.abc import Mapping

from smtpsim.kernel.dns import Answer, Resolver, Status

Known = Mapping[str, str | tuple[str, ...] | Status]


class Names(Resolver):
    """`known` maps a name to its TXT record, to several, or to how a query for it ends; () makes it exist without any.
    Every other name does not exist. `asked` are the queries so far."""

    def __init__(self, known: Known) -> None:
        self._known = known
        self.asked: list[str] = []

    def query(self, name: str, rdtype: str) -> Answer:
        self.asked.append(f"{name} {rdtype}")
        found = self._known.get(name, Status.NXDOMAIN)
        if isinstance(found, Status):
            return Answer(name, rdtype, found)
        texts = (found,) if isinstance(found, str) else found
        records = tuple(text.encode("utf-8", "surrogateescape") for text in texts)
        return Answer(name, rdtype, Status.NOERROR, records if rdtype == "TXT" else ())
