"""Stands in for `rpds` in the single file: the part of it that smtpsim uses, in pure Python.

Maps and sets are those of pyrsistent. Its lists and queues count their elements one by one when they are asked how many
they are, so these two are written here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Generic, TypeVar

from pyrsistent import PMap, pmap

_K = TypeVar("_K")
_V = TypeVar("_V")
_T = TypeVar("_T")


class HashTrieMap(Mapping[_K, _V]):
    """A map that is never changed: `insert` gives another one, and shares what is the same."""

    __slots__ = ("_map",)

    def __init__(self, value: Mapping[_K, _V] | Iterable[tuple[_K, _V]] = ()) -> None:
        self._map: PMap[_K, _V] = value._map if isinstance(value, HashTrieMap) else pmap(dict(value))

    def insert(self, key: _K, value: _V) -> HashTrieMap[_K, _V]:
        return _holding(self._map.set(key, value))

    def update(self, *others: Mapping[_K, _V] | Iterable[tuple[_K, _V]]) -> HashTrieMap[_K, _V]:
        changed = self._map.evolver()
        for other in others:
            for key, value in other.items() if isinstance(other, Mapping) else other:
                changed[key] = value
        return _holding(changed.persistent())

    def remove(self, key: _K) -> HashTrieMap[_K, _V]:
        """Without a key. Raises KeyError where it is not there."""
        return _holding(self._map.remove(key))

    def discard(self, key: _K) -> HashTrieMap[_K, _V]:
        return _holding(self._map.discard(key))

    def __getitem__(self, key: _K) -> _V:
        return self._map[key]

    def __contains__(self, key: object) -> bool:
        return key in self._map

    def __iter__(self) -> Iterator[_K]:
        return iter(self._map)

    def __len__(self) -> int:
        return len(self._map)

    def __hash__(self) -> int:
        return hash(self._map)

    def __repr__(self) -> str:
        return f"HashTrieMap({dict(self)!r})"


def _holding(inner: PMap[_K, _V]) -> HashTrieMap[_K, _V]:
    made: HashTrieMap[_K, _V] = HashTrieMap.__new__(HashTrieMap)
    made._map = inner
    return made


class HashTrieSet(Generic[_T]):
    """A set that is never changed."""

    __slots__ = ("_map",)

    def __init__(self, value: Iterable[_T] = ()) -> None:
        self._map: HashTrieMap[_T, None] = HashTrieMap(dict.fromkeys(value))

    def insert(self, value: _T) -> HashTrieSet[_T]:
        return self._with(self._map.insert(value, None))

    def remove(self, value: _T) -> HashTrieSet[_T]:
        """Without an element. Raises KeyError where it is not there."""
        return self._with(self._map.remove(value))

    def discard(self, value: _T) -> HashTrieSet[_T]:
        return self._with(self._map.discard(value))

    def _with(self, inner: HashTrieMap[_T, None]) -> HashTrieSet[_T]:
        made: HashTrieSet[_T] = HashTrieSet()
        made._map = inner
        return made

    def __contains__(self, value: object) -> bool:
        return value in self._map

    def __iter__(self) -> Iterator[_T]:
        return iter(self._map)

    def __len__(self) -> int:
        return len(self._map)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, HashTrieSet) and self._map == other._map

    def __hash__(self) -> int:
        return hash(self._map)


_Cells = tuple[Any, Any] | None
"""An element and the cells behind it; None at the end."""


class List(Generic[_T]):
    """A list that is never changed and grows at its front."""

    __slots__ = ("_cells", "_length")

    def __init__(self, value: Iterable[_T] = (), *more: _T) -> None:
        elements = (value, *more) if more else tuple(value)
        self._cells: _Cells = None
        for element in reversed(elements):
            self._cells = (element, self._cells)
        self._length = len(elements)

    @property
    def first(self) -> _T:
        """The element at the front. Raises IndexError where there is none."""
        if self._cells is None:
            raise IndexError("empty list")
        element: _T = self._cells[0]
        return element

    @property
    def rest(self) -> List[_T]:
        """All but the first element; of an empty list an empty one."""
        return self if self._cells is None else _list(self._cells[1], self._length - 1)

    def push_front(self, value: _T) -> List[_T]:
        return _list((value, self._cells), self._length + 1)

    def drop_first(self) -> List[_T]:
        """All but the first element. Raises IndexError where there is none."""
        if self._cells is None:
            raise IndexError("empty list")
        return self.rest

    def __iter__(self) -> Iterator[_T]:
        cells = self._cells
        while cells is not None:
            yield cells[0]
            cells = cells[1]

    def __len__(self) -> int:
        return self._length

    def __eq__(self, other: object) -> bool:
        return isinstance(other, List) and tuple(self) == tuple(other)

    def __hash__(self) -> int:
        return hash(tuple(self))

    def __reduce__(self) -> tuple[type[List[_T]], tuple[list[_T]]]:
        """Pickled flat: a long chain of cells would be too deep."""
        return List, (list(self),)


def _list(cells: _Cells, length: int) -> List[Any]:
    made: List[Any] = List.__new__(List)
    made._cells, made._length = cells, length
    return made


class Queue(Generic[_T]):
    """A queue that is never changed and grows at its end: a list of which the newest element is the front."""

    __slots__ = ("_newest",)

    def __init__(self, value: Iterable[_T] = ()) -> None:
        self._newest: List[_T] = List(reversed(tuple(value)))

    def enqueue(self, value: _T) -> Queue[_T]:
        made: Queue[_T] = Queue()
        made._newest = self._newest.push_front(value)
        return made

    def __iter__(self) -> Iterator[_T]:
        return reversed(tuple(self._newest))

    def __len__(self) -> int:
        return len(self._newest)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Queue) and self._newest == other._newest

    def __hash__(self) -> int:
        return hash(self._newest)
