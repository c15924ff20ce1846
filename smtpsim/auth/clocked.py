"""dkimpy's signer and verifier by a clock that is given. Importing it takes longer than the rest of the program's
start, so that this module is imported late."""

from __future__ import annotations

from typing import Any

from dkim import DKIM, ValidationError, validate_signature_fields
from dkim.util import parse_tag_value

LEEWAY = 36_000
"""Seconds by which clocks may differ, as dkimpy has it."""


class Expired(ValidationError):  # type: ignore[misc]
    """The time in x= has passed (RFC 6376 3.5)."""


class Future(ValidationError):  # type: ignore[misc]
    """The time in t= is still to come."""


class Clocked(DKIM):  # type: ignore[misc]
    """The header of a message to be signed or verified at `now`, in seconds since 1970; for signing, with its canonical
    body."""

    def __init__(self, header: bytes, now: int, body: bytes = b"") -> None:
        super().__init__(header)
        self.now = now
        self.body: bytes = body

    def gen_header(self, fields: list[tuple[bytes, bytes]], *rest: Any, **named: Any) -> Any:
        """The signature field, with our time in t=."""
        fields[:] = [(name, str(self.now).encode() if name == b"t" else value) for name, value in fields]
        return super().gen_header(fields, *rest, **named)

    def verify_headerprep(self, idx: int = 0) -> Any:
        """The tags, the names of the signed fields and all signature fields; the times are compared with our clock.
        Raises DKIMException, its subclasses Expired and Future among them."""
        found = [(name, value) for name, value in self.headers if name.lower() == b"dkim-signature"]
        tags = self.signature_fields = parse_tag_value(found[idx][1])
        validate_signature_fields({name: value for name, value in tags.items() if name not in (b"t", b"x")})
        self.check_times(tags)
        self.domain, self.selector = tags[b"d"], tags[b"s"]
        self.include_headers = tuple(name.strip().lower() for name in tags[b"h"].split(b":"))
        return tags, list(self.include_headers), found

    def check_times(self, tags: dict[bytes, bytes]) -> None:
        """Raises Expired, Future, or ValidationError for tags that are no times."""
        signed, expires = _seconds(tags.get(b"t")), _seconds(tags.get(b"x"))
        if signed is not None and signed > self.now + LEEWAY:
            raise Future(f"t={signed} is still to come")
        if expires is not None and expires < self.now - LEEWAY:
            raise Expired(f"x={expires} has passed")
        if signed is not None and expires is not None and expires < signed:
            raise ValidationError(f"x={expires} is before t={signed}")


def _seconds(value: bytes | None) -> int | None:
    """A count of seconds of at most 12 digits (RFC 6376 3.5)."""
    if value is None:
        return None
    if not value.isdigit() or len(value) > 12:
        raise ValidationError("t= and x= are numbers of at most 12 digits")
    return int(value)
