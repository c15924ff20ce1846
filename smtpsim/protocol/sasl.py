"""SASL's mechanism PLAIN, and the base64 that its answers travel in: the same in SMTP, POP3 and IMAP (RFC 4954 4,
RFC 5034 4, RFC 3501 6.2.2)."""

from __future__ import annotations

import re
from typing import NamedTuple

from smtpsim.kernel.printable import decoded

CANCEL = "*"
"""The answer that gives up."""

# what base64 cannot have there: another character, or padding that is not at the end (RFC 4648 4)
_NO_BASE64 = re.compile(r"[^A-Za-z0-9+/=]|=(?!=?\Z)")


class Credentials(NamedTuple):
    """A user, and the password or what proves that it is known."""

    user: str
    secret: str


class NoBase64(NamedTuple):
    """Where a text stops being base64, as an index."""

    at: int


def read_answer(text: str) -> str | NoBase64:
    """What an answer stands for."""
    from base64 import b64decode

    try:
        return decoded(b64decode(text, validate=True))
    except ValueError:
        wrong = _NO_BASE64.search(text)
        return NoBase64(wrong.start() if wrong else len(text))


def initial(text: str) -> str:
    """An initial response: `=` stands for an empty one (RFC 4954 4)."""
    return "" if text == "=" else text


def plain(answer: str) -> Credentials | None:
    """message = [authzid] NUL authcid NUL passwd (RFC 4616 2); None where it is not that."""
    parts = answer.split("\0")
    return Credentials(parts[1], parts[2]) if len(parts) == 3 and parts[1] else None
