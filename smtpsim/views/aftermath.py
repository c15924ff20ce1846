"""What became of a mail once the server had taken it, a sentence for each end, and the command that shows it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from smtpsim.explain import Words
from smtpsim.session.simulation import Simulation, Turn
from smtpsim.spf import Result
from smtpsim.views.fate import MARKS, outcomes_of_mail, reason
from smtpsim.views.row import Mark, Row
from smtpsim.views.way import listed
from smtpsim.world.calendar import moment
from smtpsim.world.disposition import JUNK
from smtpsim.world.mailbox import folder_of
from smtpsim.world.model import Host, Outcome, World

MINUTE = 60

_WAITING = ("accepted", "queued", "deferred", "relayed")


class End(NamedTuple):
    """Recipients whose mail came to the same end. `key` is that of the words (`after.KEY`), `look` the command
    that shows it."""

    key: str
    outcomes: tuple[Outcome, ...]
    look: str


def became_of(turn: Turn, words: Words) -> tuple[Row, ...]:
    """The ends that a turn brought, the worst first; none where no mail came to one."""
    simulation = turn.after
    fresh = {(outcome.letter, outcome.recipient) for outcome in turn.fates if outcome.status != "rejected"}
    if not fresh or simulation.access:
        return ()
    ends = (end for end in _ends(simulation) if any((one.letter, one.recipient) in fresh for one in end.outcomes))
    rows = sorted((_row(end, simulation, words) for end in ends), key=lambda row: row.mark is not Mark.BAD)
    return *rows, *_only_marked(turn, words)


def look_of(simulation: Simulation) -> str:
    """The command that shows what became of the mail at hand, "" while nothing has: the worst end first."""
    ends = sorted(_ends(simulation), key=lambda end: MARKS[end.outcomes[0].status] is not Mark.BAD)
    return next((end.look for end in ends if end.look), "")


def _ends(simulation: Simulation) -> Iterator[End]:
    numbered = tuple(outcomes_of_mail(simulation))
    groups: dict[str, list[tuple[int, Outcome]]] = {}
    for number, outcome in numbered:
        if not outcome.follows and outcome.status != "rejected":
            groups.setdefault(_key(outcome), []).append((number, outcome))
    for key, group in groups.items():
        first = group[0][0]
        yield End(key, tuple(outcome for _, outcome in group), _look(first, group[0][1], numbered, simulation.world))


def _key(outcome: Outcome) -> str:
    if outcome.mailbox.endswith(folder_of("", JUNK)):
        return "junk"
    return "waits" if outcome.status in _WAITING else outcome.status


def _look(number: int, outcome: Outcome, numbered: tuple[tuple[int, Outcome], ...], world: World) -> str:
    """A mailbox where the mail or its bounce lies; else how to let time pass, or the dialogue in which it failed."""
    reports = (other for _, other in numbered if other.follows == number and other.role == "report" and other.mailbox)
    lies_in = outcome.mailbox or next((report.mailbox for report in reports), "")
    mailbox = world.mailboxes.get(lies_in) if lies_in else None
    if mailbox is not None and mailbox.length:
        return f":inbox {lies_in} {mailbox.length}"
    if outcome.next_try > world.now:
        return f":wait {-(-(outcome.next_try - world.now) // MINUTE)}m"
    return f":hop {outcome.hop}" if outcome.hop else ""


def _row(end: End, simulation: Simulation, words: Words) -> Row:
    first = end.outcomes[0]
    key = f"{end.key}-told" if end.key == "suppressed" and first.bounce_to else end.key
    text = words(
        f"after.{key}",
        who=listed([outcome.mailbox or outcome.recipient for outcome in end.outcomes]),
        host=first.host,
        bounce_to=first.bounce_to,
        reason=reason(first, words),
        time=moment(first.next_try, simulation.world.now),
    )
    shown = words("after.look", told=text, look=end.look) if end.look else text
    mark = Mark.WARN if end.key == "junk" else MARKS[first.status]
    return Row(f"after-{end.key}", "", shown, mark)


def _only_marked(turn: Turn, words: Words) -> Iterator[Row]:
    """SPF failed, and the mail was taken all the same: which host of the world would have refused it."""
    if _failed(turn.after) and any(fact.key == "letter-taken" for fact in turn.facts):
        host, other = turn.after.connection.host, _refusing(turn.after)
        key = "after.only-marked-here" if other else "after.only-marked"
        yield Row("only-marked", "", words(key, host=host.name, other=other), Mark.WARN)


def refused_by(simulation: Simulation) -> str:
    """The host that would have refused the mail at hand, which was taken though SPF failed; "" where there is none."""
    taken = simulation.transaction.stage == "taken"
    return _refusing(simulation) if taken and _failed(simulation) else ""


def _failed(simulation: Simulation) -> bool:
    """Whether SPF failed for the envelope sender."""
    spf = (one for one in simulation.connection.findings if (one.kind, one.identity) == ("spf", "mailfrom"))
    return any(found.result == Result.FAIL for found in spf)


def _refusing(simulation: Simulation) -> str:
    """Another host, which refuses such mail: one that delivers for the world's examples, where one does."""
    world = simulation.world
    examples = (world.host_for(address.rpartition("@")[2]) for address in world.start.examples)
    hosts = (*filter(None, examples), *world.hosts.values())
    return next((one.name for one in hosts if _refuses(one) and one is not simulation.connection.host), "")


def _refuses(host: Host) -> bool:
    """Whether it refuses mail whose envelope sender fails SPF."""
    return any("spf" in policy.shows and settings.get("fail") == "reject" for policy, settings in host.policies)
