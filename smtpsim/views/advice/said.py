"""What a piece of advice is."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple


class Advice(NamedTuple):
    """The words are in the catalogues, under `advice.KEY`; `values` fill their fields."""

    key: str
    values: Mapping[str, str] = MappingProxyType({})
