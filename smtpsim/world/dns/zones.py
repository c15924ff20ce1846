"""The simulated DNS: a persistent set of records that answers queries as name servers together would."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from rpds import HashTrieMap

from smtpsim.kernel.dns import Answer, Record, Resolver, Status
from smtpsim.kernel.domain import a_labels

CHAIN_LIMIT = 10
"""CNAME records followed for one query; a longer chain, or a loop, is SERVFAIL."""


class ZoneRecord(NamedTuple):
    """One record to put into zones. `record` is None for a type that only makes its name exist."""

    name: str
    rdtype: str
    record: Record | None


class Node(NamedTuple):
    """A name that exists: the types it has, and how many record sets there are here and below.

    A name with no types of its own is an empty non-terminal (RFC 8020 2).
    """

    types: tuple[str, ...] = ()
    population: int = 0


class Zones(NamedTuple):
    """All zones of a world in one tree; a name outside of them does not exist (NXDOMAIN).

    Keys are names in lower case without the final dot. `rrsets` holds the answer for each name and type,
    `nodes` the names that exist, `failures` those that the world has broken. Changes return new zones.
    """

    rrsets: HashTrieMap[tuple[str, str], Answer] = HashTrieMap()
    nodes: HashTrieMap[str, Node] = HashTrieMap()
    failures: HashTrieMap[str, Status] = HashTrieMap()

    def query(self, name: str, rdtype: str) -> Answer:
        """Answer as a resolver does: aliases followed, wildcards applied (RFC 1034 4.3.2, RFC 4592)."""
        owner = name.lower()
        answer = self.rrsets.get((owner, rdtype))
        if answer is None or owner in self.failures:
            return self._resolve(name, rdtype)
        return answer if answer.name == name else answer._replace(name=name)

    def with_record(self, name: str, rdtype: str, record: Record) -> Zones:
        """These zones and one record more. A CNAME displaces all else at its name, and all else a CNAME."""
        name = key_name(name)
        zones = self.without(name) if rdtype == "CNAME" else self.without(name, "CNAME")
        present = zones.rrsets.get((name, rdtype))
        records = () if present is None else present.records
        return zones._put(name, rdtype, records if record in records else (*records, record))

    def with_records(self, name: str, rdtype: str, records: Iterable[Record]) -> Zones:
        """These zones with the records of that name and type replaced."""
        zones = self.without(name, rdtype)
        for record in records:
            zones = zones.with_record(name, rdtype, record)
        return zones

    def without(self, name: str, rdtype: str = "") -> Zones:
        """These zones without the records of a name: those of one type, or all and its failure."""
        name = key_name(name)
        if rdtype:
            return self._drop(name, rdtype)
        zones = self.with_failure(name, Status.NOERROR)
        for answer in self.at(name):
            zones = zones._drop(name, answer.rdtype)
        return zones

    def with_failure(self, name: str, status: Status) -> Zones:
        """These zones with every query for a name ending in `status`; NOERROR lifts that again."""
        name = key_name(name)
        if status is Status.NOERROR:
            return self._replace(failures=self.failures.discard(name))
        return self._replace(failures=self.failures.insert(name, status))

    def at(self, name: str) -> tuple[Answer, ...]:
        """The record sets of one name, without following anything."""
        name = key_name(name)
        node = self.nodes.get(name, Node())
        return tuple(self.rrsets[name, rdtype] for rdtype in node.types)

    def names(self) -> list[str]:
        """The names with records, neighbours in the tree side by side."""
        names = (name for name, node in self.nodes.items() if node.types)
        return sorted(names, key=lambda name: name.split(".")[::-1])

    def _resolve(self, name: str, rdtype: str) -> Answer:
        owner = key_name(name)
        aliases: list[str] = []
        while len(aliases) <= CHAIN_LIMIT:
            found = self._look_up(owner, rdtype)
            if isinstance(found, Answer):
                return Answer(name, rdtype, found.status, found.records, tuple(aliases))
            owner = found.lower()
            aliases.append(found)
        return Answer(name, rdtype, Status.SERVFAIL, (), tuple(aliases))

    def _look_up(self, owner: str, rdtype: str) -> Answer | str:
        """The answer for one owner name, or the target of its CNAME."""
        failure = self.failures.get(owner)
        if failure is not None:
            return Answer(owner, rdtype, failure)
        source = owner if owner in self.nodes else self._wildcard(owner)
        if source is None:
            return Answer(owner, rdtype, Status.NXDOMAIN)
        answer = self.rrsets.get((source, rdtype))
        if answer is not None:
            return answer
        alias = self.rrsets.get((source, "CNAME"))
        if alias is not None and isinstance(alias.records[0], str):
            return alias.records[0]
        return Answer(owner, rdtype, Status.NOERROR)

    def _wildcard(self, owner: str) -> str | None:
        """The wildcard that a name which does not exist is made from: at its closest encloser only."""
        for ancestor in _ancestors(owner):
            if ancestor in self.nodes:
                source = f"*.{ancestor}"
                return source if source in self.nodes else None
        return None

    def _put(self, name: str, rdtype: str, records: tuple[Record, ...]) -> Zones:
        nodes = self.nodes
        if (name, rdtype) not in self.rrsets:
            nodes = _counted(nodes, name, 1)
            nodes = nodes.insert(name, nodes[name]._replace(types=(*nodes[name].types, rdtype)))
        answer = Answer(name, rdtype, Status.NOERROR, records)
        return Zones(self.rrsets.insert((name, rdtype), answer), nodes, self.failures)

    def _drop(self, name: str, rdtype: str) -> Zones:
        if (name, rdtype) not in self.rrsets:
            return self
        node = self.nodes[name]
        left = node._replace(types=tuple(other for other in node.types if other != rdtype))
        nodes = _counted(self.nodes.insert(name, left), name, -1)
        return Zones(self.rrsets.remove((name, rdtype)), nodes, self.failures)


def _counted(nodes: HashTrieMap[str, Node], name: str, difference: int) -> HashTrieMap[str, Node]:
    """The nodes with one record set more or less at a name; those that hold nothing any more are gone."""
    for at in (name, *_ancestors(name)):
        node = nodes.get(at, Node())
        population = node.population + difference
        nodes = nodes.insert(at, node._replace(population=population)) if population else nodes.remove(at)
    return nodes


def key_name(name: str) -> str:
    """The form of a name under which its records are kept: A-labels, lower case, no final dot."""
    return a_labels(name).lower().removesuffix(".")


def build(records: Iterable[ZoneRecord]) -> Zones:
    """Zones that hold these records. They are put together set by set first, as a set is copied for each record that is
    added to it."""
    sets: dict[str, dict[str, dict[Record, None]]] = {}
    for name, rdtype, record in records:
        types = sets.setdefault(key_name(name), {})
        if rdtype == "CNAME":
            types.clear()
        elif record is not None:
            types.pop("CNAME", None)
        found = types.setdefault(rdtype, {})
        if record is not None:
            found[record] = None
    rrsets = {
        (name, rdtype): Answer(name, rdtype, Status.NOERROR, tuple(found))
        for name, types in sets.items()
        for rdtype, found in types.items()
    }
    populations = Counter(at for name, types in sets.items() for at in (name, *_ancestors(name)) for _ in types)
    nodes = {name: Node(tuple(sets.get(name, ())), count) for name, count in populations.items()}
    return Zones(HashTrieMap(rrsets), HashTrieMap(nodes))


def _ancestors(name: str) -> Iterator[str]:
    """The names above this one, nearest first, without the root."""
    _, dot, parent = name.partition(".")
    while dot:
        yield parent
        _, dot, parent = parent.partition(".")


class Draft(NamedTuple):
    """Answers TXT for `domain` with `record` alone; everything else is asked of `resolver`."""

    resolver: Resolver
    domain: str
    record: bytes

    def query(self, name: str, rdtype: str) -> Answer:
        if rdtype == "TXT" and key_name(name) == key_name(self.domain):
            return Answer(name, rdtype, Status.NOERROR, (self.record,))
        return self.resolver.query(name, rdtype)


class Same:
    """Equal to another where both hold the very same zones."""

    __slots__ = ("zones",)

    def __init__(self, zones: Resolver) -> None:
        self.zones = zones

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Same) and self.zones is other.zones

    def __hash__(self) -> int:
        return id(self.zones)
