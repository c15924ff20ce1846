"""Zones as a key of a cache: compared by identity, since they never change and hashing them would cost too much."""

from __future__ import annotations

from smtpsim.kernel.dns import Resolver


class Same:
    """Equal to another where both hold the very same zones."""

    __slots__ = ("zones",)

    def __init__(self, zones: Resolver) -> None:
        self.zones = zones

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Same) and self.zones is other.zones

    def __hash__(self) -> int:
        return id(self.zones)
