"""What a piece of advice is."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple


class Advice(NamedTuple):
    """The words are in the catalogues, under `advice.KEY`; `values` fill their fields. `caught` tells that the line was
    meant for the simulator or was to end the letter, and did neither: what is said is the way out."""

    key: str
    values: Mapping[str, str] = MappingProxyType({})
    caught: bool = False
