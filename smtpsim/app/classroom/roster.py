"""Who is in the class: joining by a code, coming back by a secret, and how often somebody may be wrong about them."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from hmac import compare_digest
from secrets import randbelow, token_urlsafe
from typing import Generic, NamedTuple, TypeVar

from smtpsim.kernel.ip import is_loopback
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

MOST_FROM_ADDRESS = 50
"""So many names may one address have: a class behind one router, while nobody fills the class alone. Loopback, which is
the teacher's own machine, may have all."""

MOST_KNOCKS = 20
"""So many addresses are remembered of those that were turned away."""

Member = TypeVar("Member")


class Joined(NamedTuple, Generic[Member]):
    """`secret` is what the pupil's browser keeps, to come back by; `address` is where the pupil joined from, "" for
    those who were let in without a connection."""

    alias: str
    secret: str
    member: Member
    address: str = ""


class NotJoined(NamedTuple):
    """Why somebody is not let in: the sentence `class.KEY`."""

    key: str


class Knock(NamedTuple):
    """An address that was turned away: how often, and why the last time (the sentence `class.KEY`)."""

    address: str
    times: int
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
        self.code = code or made_code()
        self._make, self._attempts = make, Attempts(now)
        self._allowed = {folded(name) for name in allowed}
        self._pupils: dict[str, Joined[Member]] = {}
        self._knocks: dict[str, Knock] = {}

    def __len__(self) -> int:
        return len(self._pupils)

    def __iter__(self) -> Iterator[Joined[Member]]:
        return iter(tuple(self._pupils.values()))

    def join(self, address: str, code: str, alias: str, secret: str = "") -> Joined[Member] | NotJoined:
        """Let somebody in from an address: by the code, or back by the secret of this alias."""
        return self._noted(address, self._join(address, code, alias, secret))

    def back(self, address: str, alias: str, secret: str) -> Joined[Member] | NotJoined:
        """Somebody who joined before comes again."""
        return self._noted(address, self._back(address, alias, secret))

    @property
    def knocks(self) -> tuple[Knock, ...]:
        """Who was turned away, the latest first."""
        return tuple(reversed(self._knocks.values()))

    def remove(self, alias: str) -> bool:
        """Take somebody out of the class: the name is free again, the secret worth nothing. False for nobody."""
        return self._pupils.pop(folded(clean(alias)), None) is not None

    def renew(self) -> None:
        """Take another code; who is in the class stays."""
        self.code = made_code()

    def admit(self, alias: str, secret: str = "", address: str = "") -> Joined[Member]:
        """Let in without a code: who was here before the program was started again, and simulated pupils."""
        name = clean(alias)
        self._pupils[folded(name)] = Joined(name, secret or token_urlsafe(18), self._make(name), address)
        return self._pupils[folded(name)]

    def find(self, alias: str) -> Joined[Member] | None:
        return self._pupils.get(folded(clean(alias)))

    @property
    def secrets(self) -> Mapping[str, str]:
        """By alias, for a class that is kept."""
        return {one.alias: one.secret for one in self}

    def _join(self, address: str, code: str, alias: str, secret: str) -> Joined[Member] | NotJoined:
        if self._attempts.blocked(address):
            return NotJoined("too-many-tries")
        name = clean(alias)
        known = self._pupils.get(folded(name))
        if known and secret and _same(known.secret, secret):
            return known
        if not _same(self.code, code.strip()):
            self._attempts.wrong(address)
            return NotJoined("wrong-code")
        if known:
            self._attempts.wrong(address)
            return NotJoined("alias-taken")
        return self._new(name, address)

    def _back(self, address: str, alias: str, secret: str) -> Joined[Member] | NotJoined:
        if self._attempts.blocked(address):
            return NotJoined("too-many-tries")
        known = self._pupils.get(folded(clean(alias)))
        if known and _same(known.secret, secret):
            return known
        self._attempts.wrong(address)
        return NotJoined("not-joined")

    def _new(self, name: str, address: str) -> Joined[Member] | NotJoined:
        if not name:
            return NotJoined("alias-missing")
        if self._allowed and folded(name) not in self._allowed:
            return NotJoined("alias-not-listed")
        if len(self._pupils) >= MOST_PUPILS:
            return NotJoined("class-full")
        if self._crowded(address):
            return NotJoined("too-many-names")
        return self.admit(name, address=address)

    def _crowded(self, address: str) -> bool:
        """Whether an address has all the names that it may have."""
        if not address or is_loopback(address):
            return False
        return sum(joined.address == address for joined in self) >= MOST_FROM_ADDRESS

    def _noted(self, address: str, found: Joined[Member] | NotJoined) -> Joined[Member] | NotJoined:
        """Remember who was turned away, the latest last."""
        if isinstance(found, NotJoined):
            before = self._knocks.pop(address, None)
            self._knocks[address] = Knock(address, before.times + 1 if before else 1, found.key)
            if len(self._knocks) > MOST_KNOCKS:
                del self._knocks[next(iter(self._knocks))]
        return found


def made_code() -> str:
    """A code that is easily written on a board: six digits."""
    return f"{randbelow(1_000_000):06}"


def _same(known: str, given: str) -> bool:
    """Whether a secret is the right one; how long that takes tells nothing of it."""
    return compare_digest(known.encode(), given.encode("utf-8", "replace"))


def clean(alias: str) -> str:
    """An alias as it is shown: one line, composed, nothing that a terminal would not show, no longer than it may be."""
    begin = alias[: 8 * LONGEST_ALIAS]
    shown = "".join(letter if printable(letter) == letter else " " if letter.isspace() else "" for letter in begin)
    return unicodedata.normalize("NFC", " ".join(shown.split()))[:LONGEST_ALIAS].strip()


def folded(alias: str) -> str:
    """The same for spellings that look alike to a class: case and width do not count."""
    return unicodedata.normalize("NFKC", alias).casefold()
