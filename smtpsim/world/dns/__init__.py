"""The DNS of the simulated Internet, and a way out to the real one."""

from __future__ import annotations

from smtpsim.world.dns.zone_text import ZoneFault, ZoneText
from smtpsim.world.dns.zonefile import read_zones
from smtpsim.world.dns.zones import Zones

__all__ = ["ZoneFault", "ZoneText", "Zones", "read_zones"]
