"""The hosts of a world by name, with tables of who answers at an IP address and who delivers for a domain.

A host is made when somebody first asks for it: a dialogue meets two or three of the shipped hosts, and each of the
others would load policies and extensions that nothing uses. What is tabled is known beforehand.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Generic, NamedTuple, Protocol, TypeVar


class Reached(Protocol):
    """What the tables are made from: how mail finds a host."""

    @property
    def name(self) -> str: ...

    @property
    def addresses(self) -> tuple[str, ...]: ...

    @property
    def domains(self) -> frozenset[str]: ...


H = TypeVar("H", bound=Reached)


class Entry(NamedTuple, Generic[H]):
    """A host that is not made yet; `make` makes it. `addresses` and `domains` are those it will have."""

    addresses: tuple[str, ...]
    domains: frozenset[str]
    make: Callable[[], H]


class Hosts(Mapping[str, H]):
    """An immutable mapping; a host that has been made is kept. Where two hosts have the same address or domain, the
    first one in the order of the names given is meant."""

    __slots__ = ("_at", "_entries", "_for", "_made")

    def __init__(self, entries: Mapping[str, Entry[H]], made: Mapping[str, H] | None = None) -> None:
        self._entries, self._made = entries, dict(made or {})
        self._at: dict[str, str] = {}
        self._for: dict[str, str] = {}
        for name, entry in entries.items():
            for address in entry.addresses:
                self._at.setdefault(address, name)
            for domain in sorted(entry.domains):
                self._for.setdefault(domain, name)

    @classmethod
    def of(cls, hosts: Iterable[H]) -> Hosts[H]:
        """Hosts that are all there; of two with one name the later one counts."""
        return cls({host.name: _entry(host) for host in hosts})

    def __getitem__(self, name: str) -> H:
        host = self._made.get(name)
        if host is None:
            host = self._made[name] = self._entries[name].make()
        return host

    def __iter__(self) -> Iterator[str]:
        return iter(self._entries)

    def __len__(self) -> int:
        return len(self._entries)

    def __contains__(self, name: object) -> bool:
        """Asked of the names alone; what `Mapping` does would make the host."""
        return name in self._entries

    @property
    def domains(self) -> Iterable[str]:
        """The domains that some host delivers for."""
        return self._for.keys()

    def at(self, address: str) -> H | None:
        """The host that answers at an IP address."""
        name = self._at.get(address)
        return None if name is None else self[name]

    def delivering_for(self, domain: str) -> H | None:
        """The host that delivers for a domain."""
        name = self._for.get(domain)
        return None if name is None else self[name]

    def with_host(self, host: H) -> Hosts[H]:
        """These hosts and one more, or with the one of the same name replaced in its place."""
        made = {name: other for name, other in self._made.items() if name != host.name}
        return Hosts({**self._entries, host.name: _entry(host)}, made)

    def without(self, *names: str) -> Hosts[H]:
        """These hosts but for some."""
        left = {name: entry for name, entry in self._entries.items() if name not in names}
        return Hosts(left, {name: host for name, host in self._made.items() if name in left})


def _entry(host: H) -> Entry[H]:
    return Entry(host.addresses, host.domains, lambda: host)
