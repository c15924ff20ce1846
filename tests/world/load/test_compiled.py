"""The compiled records are those of the shipped zone files, and stand for nothing else."""

from __future__ import annotations

from smtpsim.world.dns.zonefile import ZoneText, read_zones
from smtpsim.world.load.compiled import compiled
from smtpsim.world.load.source import ZONES, shipped


def texts() -> list[ZoneText]:
    files = shipped()
    return [ZoneText(name, files.read(name)) for name in files.files(ZONES, ".zone")]


def test_they_are_those_of_the_shipped_zones() -> None:
    """When this fails, run `python -m smtpsim.world.load.compiling`."""
    zones = compiled(texts())
    assert zones is not None
    assert zones == read_zones(texts())


def test_an_edited_zone_is_read_anew() -> None:
    first, *others = texts()
    assert compiled([first._replace(text=first.text + "\n"), *others]) is None
    assert compiled(others) is None
