"""Who is in the class: joining by a code, coming back by a secret, and how often somebody may be wrong about them."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from hmac import compare_digest
from secrets import randbelow, token_urlsafe
from typing import Generic, NamedTuple, TypeVar

from smtpsim.kernel.printable import printable

LONGEST_ALIAS = 24
MOST_PUPILS = 200
TRIES = 5
"""So many wrong codes or secrets may come from one address, then it has to wait."""

TRIES_OF_ALL = 100
"""So many may come from all addresses within one pause: a class behind one router is not shut out by one pupil, and a
stranger with many addresses does not get through a million codes."""

PAUSE = 60.0
"""Seconds of waiting after that."""

Member = TypeVar("Member")


class Joined(NamedTuple, Generic[Member]):
    """`secret` is what the pupil's browser keeps, to come back by."""

    alias: str
    secret: str
    member: Member


class NotJoined(NamedTuple):
    """Why somebody is not let in: the sentence `class.KEY`."""

    key: str


class Attempts:
    """Wrong tries by address. `now` gives seconds that only grow."""

    def __init__(self, now: Callable[[], float]) -> None:
        self._now = now
        self._wrong: dict[str, list[float]] = {}

    def blocked(self, address: str) -> bool:
        self._forget()
        of_all = sum(map(len, self._wrong.values()))
        return len(self._wrong.get(address, ())) >= TRIES or of_all >= TRIES_OF_ALL

    def wrong(self, address: str) -> None:
        self._wrong.setdefault(address, []).append(self._now())

    def _forget(self) -> None:
        since = self._now() - PAUSE
        kept = ((address, [at for at in times if at > since]) for address, times in self._wrong.items())
        self._wrong = {address: times for address, times in kept if times}


class Roster(Generic[Member]):
    """`make` gives the place of a new pupil; `allowed` are the names that may join, none for any."""

    def __init__(
        self,
        make: Callable[[str], Member],
        now: Callable[[], float],
        code: str = "",
        allowed: Iterable[str] = (),
    ) -> None:
        self.code = code or f"{randbelow(1_000_000):06}"
        self._make, self._attempts = make, Attempts(now)
        self._allowed = {folded(name) for name in allowed}
        self._pupils: dict[str, Joined[Member]] = {}

    def __len__(self) -> int:
        return len(self._pupils)

    def __iter__(self) -> Iterator[Joined[Member]]:
        return iter(tuple(self._pupils.values()))

    def join(self, address: str, code: str, alias: str, secret: str = "") -> Joined[Member] | NotJoined:
        """Let somebody in from an address: by the code, or back by the secret of this alias."""
        if self._attempts.blocked(address):
            return NotJoined("too-many-tries")
        name = clean(alias)
        known = self._pupils.get(folded(name))
        if known and secret and compare_digest(known.secret.encode(), secret.encode("utf-8", "replace")):
            return known
        if not compare_digest(code.strip().encode("utf-8", "replace"), self.code.encode()):
            self._attempts.wrong(address)
            return NotJoined("wrong-code")
        if known:
            self._attempts.wrong(address)
            return NotJoined("alias-taken")
        return self._new(name)

    def back(self, address: str, alias: str, secret: str) -> Joined[Member] | NotJoined:
        """Somebody who joined before comes again."""
        if self._attempts.blocked(address):
            return NotJoined("too-many-tries")
        known = self._pupils.get(folded(clean(alias)))
        if known and compare_digest(known.secret.encode(), secret.encode("utf-8", "replace")):
            return known
        self._attempts.wrong(address)
        return NotJoined("not-joined")

    def admit(self, alias: str, secret: str = "") -> Joined[Member]:
        """Let in without a code: who was here before the program was started again, and simulated pupils."""
        name = clean(alias)
        self._pupils[folded(name)] = Joined(name, secret or token_urlsafe(18), self._make(name))
        return self._pupils[folded(name)]

    def find(self, alias: str) -> Joined[Member] | None:
        return self._pupils.get(folded(clean(alias)))

    @property
    def secrets(self) -> Mapping[str, str]:
        """By alias, for a class that is kept."""
        return {one.alias: one.secret for one in self}

    def _new(self, name: str) -> Joined[Member] | NotJoined:
        if not name:
            return NotJoined("alias-missing")
        if self._allowed and folded(name) not in self._allowed:
            return NotJoined("alias-not-listed")
        if len(self._pupils) >= MOST_PUPILS:
            return NotJoined("class-full")
        return self.admit(name)


def clean(alias: str) -> str:
    """An alias as it is shown: one line, composed, nothing that a terminal would not show, no longer than it may be."""
    begin = alias[: 8 * LONGEST_ALIAS]
    shown = "".join(letter if printable(letter) == letter else " " if letter.isspace() else "" for letter in begin)
    return unicodedata.normalize("NFC", " ".join(shown.split()))[:LONGEST_ALIAS].strip()


def folded(alias: str) -> str:
    """The same for spellings that look alike to a class: case and width do not count."""
    return unicodedata.normalize("NFKC", alias).casefold()
