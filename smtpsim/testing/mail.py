"""A mail that has arrived, as a test asserts on it."""

from __future__ import annotations

import re
from email import message_from_bytes, policy
from email.message import EmailMessage
from functools import cached_property
from typing import NamedTuple

from smtpsim.app.serve.letters import Arrival
from smtpsim.kernel.finding import Finding

# what a link ends before in a text: blanks, quotes and angle brackets, and punctuation of the sentence around it
_LINK = re.compile(r"https?://[^\s<>\"']+[^\s<>\"'.,;:!?)\]]")


class Envelope(NamedTuple):
    """What the SMTP dialogue said, which the header need not agree with. The null sender is ""."""

    sender: str
    recipients: tuple[str, ...]


class Mail:
    """`octets` are the mail as it lies in the mailbox, `message` the same as the standard library reads it."""

    def __init__(self, arrival: Arrival) -> None:
        self.number = arrival.number
        self.mailbox = arrival.mailbox
        self.octets = arrival.mail.octets
        self.id = arrival.mail.id
        self._arrival = arrival

    def __repr__(self) -> str:
        return f"<Mail to {self.mailbox}: {self.message['Subject']}>"

    @cached_property
    def message(self) -> EmailMessage:
        """Lines end in Python's way, so that texts compare as they were written."""
        message = message_from_bytes(self.octets.replace(b"\r\n", b"\n"), policy=policy.default)
        assert isinstance(message, EmailMessage)
        return message

    @property
    def envelope(self) -> Envelope:
        """The envelope that the client gave; of a mail that no client handed in, such as a bounce, only the sender
        and the mailbox are known."""
        taken = self._arrival.taken
        if taken is None:
            return Envelope(self._arrival.mail.return_path, (self.mailbox,))
        return Envelope(str(taken.envelope.sender), tuple(str(one.path) for one in taken.envelope.recipients))

    @property
    def findings(self) -> tuple[Finding, ...]:
        """All that the server found out: SPF, DKIM, DMARC, blocklists, in the order in which it asked."""
        return self._arrival.taken.findings if self._arrival.taken else ()

    @property
    def spf(self) -> Finding:
        """The finding on the envelope's sender (RFC 7208 2.4), where there is none the one on HELO. Raises
        LookupError for a mail that nobody has asked SPF about."""
        found = {one.identity: one for one in self.findings if one.kind == "spf"}
        for identity in ("mailfrom", "helo"):
            if identity in found:
                return found[identity]
        raise LookupError("SPF was not asked, for this mail has no sender to ask about, or no client handed it in")

    @property
    def session(self) -> int:
        """The number of the session that it came by, 0 where no client handed it in."""
        return self._arrival.taken.session if self._arrival.taken else 0

    @property
    def text(self) -> str:
        """The plain text, else the HTML, "" where there is neither."""
        part = self.message.get_body(("plain", "html"))
        return str(part.get_content()) if part else ""

    @property
    def html(self) -> str:
        part = self.message.get_body(("html",))
        return str(part.get_content()) if part else ""

    def links(self) -> list[str]:
        """The http and https links in text and HTML, each once, in their order."""
        from html import unescape

        return list(dict.fromkeys(_LINK.findall(self.text) + _LINK.findall(unescape(self.html))))
