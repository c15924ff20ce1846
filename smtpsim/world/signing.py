"""A host signs what its users send: with its own domain, and with that of the author where it has a key for it."""

from __future__ import annotations

from collections.abc import Iterator

from smtpsim.auth.sign import SigningKey
from smtpsim.world.model import Connection, Host, World


def signed(world: World, connection: Connection, octets: bytes) -> bytes:
    """The letter with a signature above it for each key that fits, where a user has logged in to send it."""
    if connection.state.user is None or not connection.host.signs:
        return octets
    from smtpsim.auth.sign import signature_field
    from smtpsim.message.addresses import author_domains
    from smtpsim.message.headers import read_headers

    authors = author_domains(read_headers(octets.split(b"\r\n")))
    keys = _fitting(connection.host, authors)
    fields = [signature_field(octets, key, world.now) for key in keys if is_published(world, key)]
    return b"".join((*fields, octets))


def _fitting(host: Host, authors: tuple[str, ...]) -> Iterator[SigningKey]:
    """The author's own domain, or one above it; and the domains that the host itself is of."""
    for key in host.signs:
        of_author = any(f".{author}".endswith(f".{key.domain}") for author in authors)
        if of_author or key.domain in host.domains:
            yield key


def is_published(world: World, key: SigningKey) -> bool:
    """A signature that nobody can verify helps nobody: customers first put the key into their DNS."""
    from smtpsim.auth.signature import key_name

    return bool(world.zones.query(key_name(key.selector, key.domain), "TXT").records)
