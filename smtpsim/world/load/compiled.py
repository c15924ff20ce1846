"""The shipped world as it was read beforehand: reading its files takes longer than the rest of the program's start.

`shipped_hosts.py` and `shipped_records.py` stand for exactly the files that they were made from, and for nothing else:
when one of them has been edited, the world is read anew. After a change to the shipped world,
`python -m smtpsim.world.load.compiling` writes both again.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple
from zlib import crc32

from rpds import HashTrieMap

from smtpsim.world.dns.zones import ZoneRecord, Zones, build
from smtpsim.world.hosts import Hosts
from smtpsim.world.load.source import HOSTS, KEYS, MANIFEST, ZONES, Source
from smtpsim.world.mailbox import Mailbox
from smtpsim.world.model import World
from smtpsim.world.subscriber import Subscriber

_USUAL = Subscriber()


class Text(NamedTuple):
    """A file of a world: its name below the world's folder, and what is in it."""

    name: str
    text: str


def compiled_world(source: Source, seed: int) -> World | None:
    """The world that these files hold, None when they are not those that were compiled."""
    from smtpsim.world.load import shipped_hosts as read

    try:
        texts = world_texts(source)
    except (OSError, UnicodeDecodeError):
        return None
    zones = compiled_zones(text for text in texts if text.name.endswith(".zone"))
    if zones is None or digest(texts) != read.DIGEST:
        return None
    for name, status in read.FAILURES:
        zones = zones.with_failure(name, status)
    return World(
        title=read.TITLE,
        titles=read.TITLES,
        start=read.START,
        now=read.CLOCK,
        seed=seed,
        zones=zones,
        hosts=Hosts(read.MADE),
        mailboxes=_mailboxes(read.MAILBOXES),
        language=read.LANGUAGE,
        blocklists=read.BLOCKLISTS,
        sts_policies=read.STS_POLICIES,
    )


def world_texts(source: Source) -> list[Text]:
    """The files of a world in a fixed order. Raises OSError, or UnicodeDecodeError on one of them."""
    kinds = ((HOSTS, ".toml"), (KEYS, ".pem"), (ZONES, ".zone"))
    files = (name for folder, ending in kinds for name in source.files(folder, ending))
    names = [MANIFEST, *files, *source.policies()]
    return [Text(name.replace("\\", "/"), source.read(name)) for name in names]


def compiled_zones(texts: Iterable[Text]) -> Zones | None:
    """The zones that these texts hold, None when they are not the texts that were compiled."""
    from smtpsim.world.load.shipped_records import DIGEST, RECORDS

    if digest(texts) != DIGEST:
        return None
    return build(ZoneRecord(*record) for record in RECORDS)


def digest(texts: Iterable[Text]) -> str:
    """Tells one set of texts from another: a checksum and the length of all of them, with the files' names.

    It is there for edits, not for forgeries. SHA-256 was tried: importing hashlib takes as long as reading all files.
    """
    octets = "\0".join(part for text in texts for part in (text.name.rpartition("/")[2], text.text)).encode()
    return f"{crc32(octets):08x}-{len(octets)}"


def _mailboxes(rows: Iterable[tuple[str, str, int, Subscriber | None, str]]) -> HashTrieMap[str, Mailbox]:
    """Rows give the address, the owner, the quota, what the owner has told the carrier (None: nothing), the folder."""
    made = (
        Mailbox(address, owner, quota=quota, subscriber=subscriber or _USUAL, folder=folder)
        for address, owner, quota, subscriber, folder in rows
    )
    return HashTrieMap({mailbox.name: mailbox for mailbox in made})
