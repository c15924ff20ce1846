"""What a change of the client's address or of the DNS did to the SPF verdicts: what each was a turn before."""

from __future__ import annotations

from typing import NamedTuple

from smtpsim.explain import Words
from smtpsim.session.turn import Turn
from smtpsim.spf import Result
from smtpsim.views.identity import IDENTITIES
from smtpsim.views.row import Mark, Row, worst
from smtpsim.views.trace import MARKS


class Shift(NamedTuple):
    """A verdict that is another one now; `was` and `now` are its results."""

    identity: str
    was: str
    now: str


def shifts(turn: Turn, before: Turn | None) -> tuple[Shift, ...]:
    """The verdicts on the same identities that the turn turned round; none where it asked about others."""
    if before is None or turn.kind != "simulator":
        return ()
    earlier = {
        (check.kind, check.identity, check.subject): check.result for check in before.after.connection.checks
    }
    return tuple(
        Shift(check.identity, earlier[check.kind, check.identity, check.subject], check.result)
        for check in turn.after.connection.checks
        if check.kind == "spf"
        and earlier.get((check.kind, check.identity, check.subject), check.result) != check.result
    )


def shift_rows(turn: Turn, before: Turn | None, words: Words) -> tuple[Row, ...]:
    """What to say of it: all of them in one sentence, or that there are none where there might have been some."""
    found = shifts(turn, before)
    if found:
        told = "; ".join(f"{IDENTITIES[shift.identity]} {was_now(shift, words)}" for shift in found)
        marks = tuple(Row("", "", "", MARKS[Result(shift.now)]) for shift in found)
        return (Row("shift", "SPF:", told, worst(marks)),)
    if before is not None and _asked_again(turn, before):
        return (Row("shift", "SPF:", words("panel.spf-same"), Mark.NOTE),)
    return ()


def was_now(shift: Shift, words: Words) -> str:
    return words("panel.spf-was-now", was=shift.was, now=shift.now)


def _asked_again(turn: Turn, before: Turn) -> bool:
    """Whether the verdicts were reached anew, in the same connection."""
    now, then = turn.after, before.after
    same = now.connection.checks and now.connection.state is then.connection.state
    other = now.world.zones is not then.world.zones or now.connection.client_ip != then.connection.client_ip
    return turn.kind == "simulator" and bool(same) and other
