"""Findings as rows, by what the policy that made them says of how they are shown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache

from smtpsim.explain import Words
from smtpsim.kernel.finding import Finding
from smtpsim.views.row import Mark, Row, cited
from smtpsim.world.model import Host, Shown

PLAIN = Shown()
"""How a kind of finding is shown of which no policy says anything."""


def shown_of(kind: str, host: Host | None) -> Shown:
    """How findings of a kind are shown: by the policies of the host, else by any policy that there is."""
    for used in host.policies if host else ():
        if kind in used.policy.shows:
            return used.policy.shows[kind]
    return _shown().get(kind, PLAIN)


@cache
def _shown() -> Mapping[str, Shown]:
    """What all policies show: a host may have made a finding by one that is switched off since."""
    from smtpsim.world.policies import load, names

    return {kind: shown for name in names() for kind, shown in load(name).shows.items()}


def found_for(section: str, findings: Iterable[Finding], host: Host | None) -> tuple[tuple[Finding, Shown], ...]:
    """The findings that are shown in a section, with how; those about the client first."""
    known = ((finding, shown_of(finding.kind, host)) for finding in findings)
    own = (pair for pair in known if pair[1].section == section)
    return tuple(sorted(own, key=lambda pair: pair[0].identity != "client"))


def awaited(section: str, host: Host) -> bool:
    """Whether a policy of the host makes findings that are shown in the section."""
    return any(shown.section == section for used in host.policies for shown in used.policy.shows.values())


def finding_rows(found: Iterable[tuple[Finding, Shown]], words: Words) -> Iterator[Row]:
    for finding, shown in found:
        yield finding_row(finding, shown, words)


def finding_row(finding: Finding, shown: Shown, words: Words) -> Row:
    """One finding: what kind, what came of it, and by which rule."""
    start = shown.words or f"finding.{finding.kind}"
    values = _values(finding, start, words)
    key = start.rpartition(".")[2]
    said = result_text(finding, start, words)
    of = f"{start}-of"
    remark = f"{words(of, **values)} ({cited(finding.ref)})" if words.has(of) else cited(finding.ref)
    return Row(
        f"{key}-{finding.domain}" if shown.domains else key,
        words(start) if words.has(start) else finding.kind,
        f"{finding.domain}: {said}" if shown.domains else said,
        Mark(shown.marks.get(finding.result, Mark.NOTE)),
        remark,
    )


def result_text(finding: Finding, start: str, words: Words) -> str:
    """What came of it: the words for the reason or for the result, else both as the finding has them."""
    keys = (f"{start}-{finding.reason}", f"{start}-{finding.result}")
    key = next((key for key in keys if words.has(key)), "")
    values = _values(finding, start, words)
    if key:
        return words(key, **values)
    said = (finding.result, finding.domain, finding.decided_by, values["why"])
    return "  ".join(dict.fromkeys(filter(None, said)))


def _values(finding: Finding, start: str, words: Words) -> dict[str, str]:
    """What the words on a finding can name. `found` is what decided, `number` and `limit` the halves of a `3/100`."""
    number, _, limit = finding.decided_by.partition("/")
    why = f"{start}-why-{finding.reason}"
    return {
        "domain": finding.domain,
        "subject": finding.subject,
        "found": finding.decided_by,
        "number": number,
        "limit": limit,
        "why": words(why) if words.has(why) else finding.reason,
    }
