"""A key to sign with, as a host keeps it."""

from __future__ import annotations

from typing import NamedTuple


class SigningKey(NamedTuple):
    """The private half, in PEM (RFC 8017 A.1.2), of what `selector` publishes for `domain`."""

    domain: str
    selector: str
    pem: str
