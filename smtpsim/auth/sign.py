"""Signing a letter (RFC 6376 5)."""

from __future__ import annotations

from typing import NamedTuple

from smtpsim.auth.body import Body, split

RELAXED = (b"relaxed", b"relaxed")
"""Header and body survive other white space on the way (RFC 6376 3.4.2, 3.4.4)."""


ONE_CLICK = {b"list-unsubscribe-post"}
"""Signed where it is there, beside what dkimpy signs (RFC 8058 4)."""


class SigningKey(NamedTuple):
    """The private half, in PEM (RFC 8017 A.1.2), of what `selector` publishes for `domain`."""

    domain: str
    selector: str
    pem: str


def signature_field(octets: bytes, key: SigningKey, now: int, also: frozenset[bytes] = frozenset()) -> bytes:
    """The DKIM-Signature field for this letter, with CRLF line ends; b"" where it has no From field that could be
    signed (RFC 6376 5.4), or no header that can be read. The key must be a good one. `also` are names of further header
    fields to sign, in lower case."""
    from dkim import MessageFormatError

    from smtpsim.auth.clocked import Clocked

    header, rest = split(octets)
    try:
        letter = Clocked(header, now, Body(rest).canonical(relaxed=True))
    except (MessageFormatError, IndexError):  # a letter that begins with a folded line
        return b""
    if not any(name.lower() == b"from" for name, _ in letter.headers):
        return b""
    letter.should_sign |= ONE_CLICK | also
    names = key.selector.encode("ascii"), key.domain.encode("ascii")
    field: bytes = letter.sign(*names, key.pem.encode("ascii"), canonicalize=RELAXED)
    return field
