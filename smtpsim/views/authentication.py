"""What the sections of DKIM and DMARC share: findings of one kind, or that they are still to come."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from smtpsim.explain import Words
from smtpsim.kernel.finding import Finding
from smtpsim.views.finding import awaited
from smtpsim.views.panel_section import Seen
from smtpsim.views.row import Badge, Mark, Row, Section, badged, titled, worst

Rows = Callable[[Iterable[Finding], Words], Iterator[Row]]
Badges = Callable[[Iterable[Finding]], Iterator[Badge]]


def authentication(kind: str, seen: Seen, words: Words, rows: Rows, badges: Badges) -> Iterator[Section]:
    """Nothing for a host that does not look; where it does and has not judged yet, that this is to come."""
    found = tuple(finding for finding in seen.findings if finding.kind == kind)
    if found:
        shown = tuple(rows(found, words))
        digest = badged(kind, tuple(badges(found)), kind.upper())._replace(mark=worst(shown))
        yield Section(kind, kind.upper(), shown, digest, _state(found, shown))
    elif awaited(kind, seen.host):
        own = seen.simulation.connection.state.user is not None
        none = words("panel.own-user" if own else "panel.not-yet")
        yield titled(kind, kind.upper(), (Row("none", "", none, Mark.WAIT),), none)


def _state(findings: tuple[Finding, ...], rows: tuple[Row, ...]) -> str:
    """The result of the finding whose row matters most."""
    mark = worst(rows)
    heads = [row for row in rows if not row.depth]
    return next((finding.result for finding, row in zip(findings, heads, strict=False) if row.mark is mark), "")


def reads(seen: Seen) -> tuple[object, ...]:
    """What such a section is made from."""
    return seen.findings, seen.host, seen.simulation.connection.state.user
