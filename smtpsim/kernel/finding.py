"""What a server looked up about a mail: one finding, with how it was reached."""

from __future__ import annotations

from enum import StrEnum
from typing import Literal, NamedTuple, Protocol

from smtpsim.kernel.ref import Ref

Identity = Literal["helo", "mailfrom", "header-from", "client", "signature"]
"""Whose finding it is: that of HELO, the reverse-path, the author, the SMTP client's address, or a signature of DKIM or
ARC."""


class Trace(Protocol):
    """How a method reached its result, in its own terms: the verdict of SPF or DMARC, a DKIM signature examined.

    A protocol, because each method lies in a room above this one. Whoever shows a trace asks for its class.
    """

    @property
    def result(self) -> StrEnum: ...

    @property
    def reason(self) -> StrEnum: ...

    @property
    def ref(self) -> Ref: ...


class Finding(NamedTuple):
    """One finding.

    `kind` names the method (spf, dkim, dmarc, dnsbl, ...) and `result` is the method's own word (pass, listed, ...):
    both are open, since a new policy brings its own. `subject` is the whole identity (`ann@example.com`, a host name,
    an address), `domain` the name that was asked about, `decided_by` the term that decided, `reason` a key for the
    catalogues, `trace` None where there is nothing to see but these.
    """

    kind: str
    identity: Identity
    subject: str
    domain: str
    result: str
    decided_by: str
    reason: str
    ref: Ref
    trace: Trace | None = None
