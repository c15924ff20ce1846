"""A world from its files: TOML for hosts and mailboxes, zone files for the DNS; mistakes come with file and line."""

from smtpsim.world.load.fault import WorldFault
from smtpsim.world.load.source import Source, folder, shipped
from smtpsim.world.load.world import load_world, shipped_world

__all__ = ["Source", "WorldFault", "folder", "load_world", "shipped", "shipped_world"]
