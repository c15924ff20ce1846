"""What a change of the client's address or of the DNS did to the SPF verdicts: what each was a turn before."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from smtpsim.explain import Words
from smtpsim.kernel.finding import Finding
from smtpsim.session.simulation import Turn, TurnKind
from smtpsim.spf import Result
from smtpsim.views.row import Mark, Row, most_serious
from smtpsim.views.trace import IDENTITIES, MARKS


class Shift(NamedTuple):
    """A verdict that is another one now; `was` and `now` are its results."""

    identity: str
    was: str
    now: str


def shifts(turn: Turn, before: Turn | None) -> tuple[Shift, ...]:
    """The verdicts on the same identities that the turn turned round; none where it asked about others."""
    if before is None or not _is_what_if(turn):
        return ()
    earlier = {(finding.identity, finding.subject): finding.result for finding in _spf(before)}
    pairs = ((finding, earlier.get((finding.identity, finding.subject), finding.result)) for finding in _spf(turn))
    return tuple(Shift(finding.identity, was, finding.result) for finding, was in pairs if was != finding.result)


def _spf(turn: Turn) -> Iterator[Finding]:
    return (finding for finding in turn.after.connection.findings if finding.kind == "spf")


def shift_rows(turn: Turn, before: Turn | None, words: Words) -> tuple[Row, ...]:
    """What to say of it: all of them in one sentence, or that there are none where there might have been some."""
    found = shifts(turn, before)
    if found:
        told = words("panel.then").join(_told(shift, words) for shift in found)
        mark = most_serious(MARKS[Result(shift.now)] for shift in found)
        return (Row("shift", "SPF:", told, mark),)
    if before is not None and _is_what_if(turn) and _asked_again(turn, before):
        return (Row("shift", "SPF:", words("panel.spf-same"), Mark.NOTE),)
    return ()


def _told(shift: Shift, words: Words) -> str:
    return words("panel.spf-shift", who=IDENTITIES[shift.identity], was=shift.was, now=shift.now)


def _is_what_if(turn: Turn) -> bool:
    """Whether the turn is about the SMTP connection, and nothing was said to the server."""
    return turn.kind == TurnKind.SIMULATOR and turn.after.access is None


def _asked_again(turn: Turn, before: Turn) -> bool:
    """Whether verdicts were reached anew, in the same connection."""
    now, then = turn.after, before.after
    same = now.connection.state is then.connection.state and any(True for _ in _spf(turn))
    return same and (now.world.zones is not then.world.zones or now.connection.client_ip != then.connection.client_ip)
