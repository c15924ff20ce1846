"""What receivers remember of the letters that they asked DMARC about: what aggregate reports are made of (RFC 9990)."""

from __future__ import annotations

from typing import NamedTuple

from smtpsim.auth.arc.chain import Chain
from smtpsim.auth.dmarc import Verdict
from smtpsim.world.memory import Noted
from smtpsim.world.model import Case, World

KIND = "dmarc"


class Seen(NamedTuple):
    """Letters that were alike: `domain` is where the record stands, `author` that of the From field. `disposition` is
    what was done: none, quarantine or reject; `spf` and `dkim` tell whether an aligned domain passed, `sent_as` and
    `signed_by` are the domains that these methods looked at, with their results, `selectors` those of the signatures.
    `scope` is mfrom, or helo where SPF spoke of that name, since there was no sender (RFC 7208 2.4). `override` tells
    of the chain where the policy was overridden since a trusted host has sealed that the letter had passed before
    (RFC 8617 7.2.2), else ""."""

    receiver: str
    domain: str
    client_ip: str
    author: str
    disposition: str
    spf: str
    dkim: str
    sent_as: str
    signed_by: str
    scope: str
    selectors: str
    override: str = ""


class Count(NamedTuple):
    """How many such letters there were, and when the first and the last came, in seconds since 1970."""

    letters: int
    first: int
    last: int


def counted(case: Case, verdict: Verdict, disposition: str, chain: Chain | None) -> tuple[Noted, ...]:
    """The note that one more letter like this has come; nothing where no record was found."""
    discovery = verdict.discovery
    if discovery is None or discovery.record is None:
        return ()
    key = (
        KIND,
        *Seen(
            receiver=case.host.name,
            domain=discovery.domain,
            client_ip=case.client_ip,
            author=verdict.author,
            disposition=disposition,
            spf=_aligned(verdict, "spf"),
            dkim=_aligned(verdict, "dkim"),
            sent_as=_told(verdict, "spf"),
            signed_by=_told(verdict, "dkim"),
            scope=_scope(case),
            selectors=", ".join(one.identifier.selector for one in verdict.aligned if one.identifier.method == "dkim"),
            override=chain.reported if verdict.overridden and chain else "",
        ),
    )
    now, before = case.world.now, case.world.memory.get(key)
    first, letters = (before.first, before.letters) if isinstance(before, Count) else (now, 0)
    return (Noted(key, Count(letters + 1, first, now)),)


def _scope(case: Case) -> str:
    """What SPF spoke of: without a sender it is the name in HELO."""
    return "helo" if case.state.envelope is not None and case.state.envelope.sender.null else "mfrom"


def _aligned(verdict: Verdict, method: str) -> str:
    return "pass" if verdict.method_aligned(method) else "fail"


def _told(verdict: Verdict, method: str) -> str:
    found = (one.identifier for one in verdict.aligned if one.identifier.method == method)
    return ", ".join(f"{one.domain} {one.result}" for one in found)


def seen(world: World, domain: str = "") -> tuple[tuple[Seen, Count], ...]:
    """What was remembered of a domain, or of all, in a fixed order."""
    known = (
        (Seen(*key[1:]), value) for key, value in world.memory.items() if key[0] == KIND and isinstance(value, Count)
    )
    return tuple(sorted(each for each in known if domain in ("", each[0].domain)))
