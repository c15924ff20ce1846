"""What a server looked up about a mail: one finding, with how it was reached."""

from __future__ import annotations

from typing import NamedTuple

from smtpsim.kernel.ref import Ref


class Finding(NamedTuple):
    """One finding.

    `kind` is spf, dkim, dmarc, dnsbl, ...; `identity` says whose (helo, mailfrom, header-from, client);
    `subject` is the whole identity (`ann@example.com`, a host name, an address), `domain` the name asked about;
    `result` the kind's own word (pass, fail, listed, ...); `decided_by` the
    term that decided; `reason` a key for the catalogues; `trace` the kind's own tree of steps.
    """

    kind: str
    identity: str
    subject: str
    domain: str
    result: str
    decided_by: str
    reason: str
    ref: Ref
    trace: object = None
