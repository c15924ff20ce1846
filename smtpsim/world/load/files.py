"""Reads a world's files one by one; what cannot be read is reported, and stands for an empty file."""

from __future__ import annotations

import os
import tomllib
from bisect import bisect_left
from typing import NamedTuple

from smtpsim.kernel.domain import a_labels
from smtpsim.world.dns.zone_text import ZoneFault, ZoneText
from smtpsim.world.dns.zonefile import read_zones
from smtpsim.world.dns.zones import Zones
from smtpsim.world.load.compiled import Text, compiled_zones
from smtpsim.world.load.fault import WorldFault, unread
from smtpsim.world.load.host import LoadedHost, read_host
from smtpsim.world.load.names import is_domain
from smtpsim.world.load.source import HOSTS, ZONES, Source
from smtpsim.world.load.table import Report, Table


class Files(NamedTuple):
    """A world's files, and the mistakes that were found in them so far."""

    source: Source
    faults: list[WorldFault]

    def there(self) -> bool:
        """Whether there is such a folder at all."""
        try:
            os.scandir(self.source.path).close()
        except OSError as wrong:
            self.faults.append(WorldFault(self.source.shown, 0, *unread(wrong)))
            return False
        return True

    def table(self, name: str) -> Table:
        """The table that a TOML file is; an empty one, whose reader's complaints go nowhere, when it is broken."""
        text = self._text(name)
        if text is None:
            return _silent(name)
        try:
            return Table(tomllib.loads(text), Report(self.source.show(name), text, self.faults))
        except tomllib.TOMLDecodeError as wrong:
            reason, line = _placed(str(wrong), text)
        except (ValueError, RecursionError) as wrong:
            reason, line = str(wrong).partition(";")[0], _first_unread(text)
        self._at(name, line, "toml-syntax", reason=reason)
        return _silent(name)

    def hosts(self) -> dict[str, LoadedHost]:
        """The hosts by name, in the order of their files."""
        found: dict[str, LoadedHost] = {}
        files = self._names(HOSTS, ".toml")
        for file in files or ():
            name = os.path.basename(file).removesuffix(".toml").lower()
            if name in found:
                self._at(file, 0, "host-twice", found=name, other=found[name].table.report.file)
            found.setdefault(name, read_host(name, self.table(file), self.source))
        if files == []:
            self._at(HOSTS, 0, "no-hosts")
        return found

    def zones(self) -> Zones:
        """All the zone files together; none when one of them is broken."""
        texts = [
            ZoneText(self.source.show(file), text)
            for file in self._names(ZONES, ".zone") or ()
            if (text := self._text(file)) is not None
        ]
        zones = compiled_zones(Text(text.file, text.text) for text in texts) or read_zones(texts)
        if isinstance(zones, Zones):
            return zones
        for key, file, line, detail in _zone_faults(texts, zones):
            self.faults.append(WorldFault(file, line, key, {"reason": detail}))
        return Zones()

    def sts_policies(self) -> dict[str, str]:
        """The texts that policy hosts give out, by their domains: the names of the files (RFC 8461 3.2)."""
        found: dict[str, str] = {}
        for file in self.source.policies():
            domain = os.path.basename(file).removesuffix(".txt")
            if not is_domain(domain):
                fault = WorldFault(self.source.show(file), 0, "not-a-domain", {"name": "mta-sts", "found": domain})
                self.faults.append(fault)
            found[a_labels(domain).lower()] = self._text(file) or ""
        return found

    def _names(self, subfolder: str, ending: str) -> list[str] | None:
        try:
            return self.source.files(subfolder, ending)
        except OSError as wrong:
            self._unread(subfolder, wrong)
        return None

    def _text(self, name: str) -> str | None:
        try:
            return self.source.read(name)
        except OSError as wrong:
            self._unread(name, wrong)
        except UnicodeDecodeError as wrong:
            self._at(name, wrong.object.count(b"\n", 0, wrong.start) + 1, "not-utf-8")
        return None

    def _unread(self, name: str, wrong: OSError) -> None:
        key, values = unread(wrong)
        self._at(name, 0, key, **values)

    def _at(self, name: str, line: int, key: str, **values: str) -> None:
        self.faults.append(WorldFault(self.source.show(name), line, key, values))


def _silent(name: str) -> Table:
    return Table({}, Report(name, "", []))


def _placed(message: str, text: str) -> tuple[str, int]:
    """What a message of tomllib's says, and of which line: `... (at line 3, column 7)`, or at the text's end."""
    reason, _, place = message.rstrip(")").rpartition(" (at ")
    digits = place.removeprefix("line ").partition(",")[0]
    return reason, int(digits) if digits.isdigit() else len(text.splitlines())


def _first_unread(text: str) -> int:
    """The line at which tomllib gives up on what is TOML: a number that is too long, or lists that are too deep."""
    lines = text.split("\n")

    def gives_up(count: int) -> bool:
        try:
            tomllib.loads("\n".join(lines[:count]))
        except tomllib.TOMLDecodeError:
            return False
        except (ValueError, RecursionError):
            return True
        return False

    return bisect_left(range(len(lines)), True, key=gives_up)


def _zone_faults(texts: list[ZoneText], first: ZoneFault) -> list[ZoneFault]:
    """The first fault of each file; where every file is good by itself, the one that they make together."""
    alone = [found for text in texts if isinstance(found := read_zones([text]), ZoneFault)]
    return alone or [first]
