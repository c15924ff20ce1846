"""What a relay counts of TLS in its dialogues, for the owners of the domains it sends to, and when it will tell them
(RFC 8460 4.1)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple
from zlib import crc32

from rpds import HashTrieMap, List

from smtpsim.kernel.duration import DAY, HOUR
from smtpsim.reports.tls_report import TlsSessions
from smtpsim.world.model import Host, Key, World
from smtpsim.world.mta_sts.guard import Guard

KIND = "tlsrpt"

ROLE = "tls-report"
"""What the outcome of a report is called."""

PLANNED: Key = ("tlsrpt-planned",)
"""Where the world remembers which reports are still to come, by their times."""

SHORTEST_DELAY, LONGEST_DELAY = HOUR, 4 * HOUR
"""After the end of the day: not all senders shall come at midnight (RFC 8460 4.1: some delay, perhaps hours)."""


class Tally(NamedTuple):
    """How many dialogues were alike, and the outcome of the letter that the first of them was about."""

    sessions: int
    about: int


class Talk(NamedTuple):
    """A dialogue that was held, or did not come about: the sender's address, the mail exchanger and its address; the
    outcome of the first recipient that it was about."""

    sending_ip: str
    mx: str
    mx_ip: str
    about: int


class Day(NamedTuple):
    """What one report is about: who has sent, on which day since 1970, to which domain."""

    sender: str
    day: str
    domain: str


Counts = tuple[tuple[TlsSessions, Tally], ...]


def counted(world: World, host: Host, guard: Guard, result: str, talk: Talk) -> World:
    """One dialogue more; nothing is counted of a domain that wants no reports. The report of the day is planned."""
    if not guard.reports:
        return world
    policy = "\n".join(guard.policy.lines) if guard.policy and guard.asks else ""
    where = talk.sending_ip, talk.mx, talk.mx_ip
    alike = TlsSessions(host.name, str(world.now // DAY), guard.domain, policy, guard.trouble or result, *where)
    key = (KIND, *alike)
    before = world.memory.get(key)
    tally = before if isinstance(before, Tally) else Tally(0, talk.about)
    world = world._replace(memory=world.memory.insert(key, tally._replace(sessions=tally.sessions + 1)))
    return _planned(world, _day(alike))


def tallies(world: World, domain: str = "") -> tuple[tuple[TlsSessions, int], ...]:
    """What was counted of a domain, or of all, in a fixed order."""
    return tuple((alike, tally.sessions) for alike, tally in sorted(_known(world)) if domain in ("", alike.domain))


def tally_of(world: World, day: Day) -> Counts:
    """What a report is made of, in a fixed order."""
    return tuple(sorted(pair for pair in _known(world) if _day(pair[0]) == day))


def planned_reports(world: World) -> HashTrieMap[int, List[Day]]:
    """The reports that are still to come, by their times in seconds since 1970."""
    found = world.memory.get(PLANNED)
    return found if isinstance(found, HashTrieMap) else HashTrieMap()


def due_time(world: World, alike: TlsSessions) -> int:
    """When the report that tells of these will be sent; 0 where it has been."""
    day = _day(alike)
    return next((due for due, days in planned_reports(world).items() if day in days), 0)


def with_planned(world: World, reports: HashTrieMap[int, List[Day]]) -> World:
    """The world in which these reports are to come."""
    return world._replace(memory=world.memory.insert(PLANNED, reports))


def _day(alike: TlsSessions) -> Day:
    return Day(alike.sender, alike.day, alike.domain)


def _known(world: World) -> Iterator[tuple[TlsSessions, Tally]]:
    for key, value in world.memory.items():
        if key[0] == KIND and isinstance(value, Tally):
            yield TlsSessions(*key[1:]), value


def _planned(world: World, day: Day) -> World:
    """The world in which this report will be sent, some hours after the end of its day."""
    reports = planned_reports(world)
    drawn = crc32(f"{world.seed}/{'/'.join(day)}".encode()) % (LONGEST_DELAY - SHORTEST_DELAY)
    due = (int(day.day) + 1) * DAY + SHORTEST_DELAY + drawn
    at_once = reports.get(due) or List()
    return world if day in at_once else with_planned(world, reports.insert(due, at_once.push_front(day)))
