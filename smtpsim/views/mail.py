"""A stored mail as text: its header, its subject, its source line by line."""

from __future__ import annotations

from smtpsim.kernel.printable import decoded
from smtpsim.message.encoded_words import readable
from smtpsim.message.headers import Headers
from smtpsim.message.mime import opened
from smtpsim.world.mailbox import StoredMail


def header(mail: StoredMail) -> Headers:
    """The header of a stored mail, trace fields included."""
    return opened(mail.octets).headers


def subject(mail: StoredMail) -> str:
    """The subject, decoded; "" when the mail has none."""
    return next((readable(value) for value in header(mail).values("Subject")), "")


def source(mail: StoredMail) -> tuple[str, ...]:
    """Every line of the mail as it lies in the mailbox."""
    return tuple(decoded(mail.octets).removesuffix("\r\n").split("\r\n"))
