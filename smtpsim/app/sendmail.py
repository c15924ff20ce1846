"""The sending side of `sendmail`: a message goes to the running server, on loopback and nowhere else."""

from __future__ import annotations

import os
import smtplib
from collections.abc import Callable, Iterator, Mapping, Sequence
from email.utils import formatdate, make_msgid
from typing import NamedTuple

from smtpsim.explain import Words
from smtpsim.kernel.address import split_address
from smtpsim.kernel.failure import Failure
from smtpsim.kernel.ip import is_loopback
from smtpsim.kernel.printable import encoded
from smtpsim.message.addresses import NamedAddress, addresses_in
from smtpsim.message.fields import address_field
from smtpsim.message.header_block import without_fields
from smtpsim.message.headers import Headers, headers_in

TEMPORARY, UNAVAILABLE = 75, 69
"""The exit statuses of sendmail: try again later, and refused for good or no server (sysexits.h)."""

VARIABLE = "SMTPSIM_SERVER"
"""The environment variable that names the server where the option does not."""

USUAL = "127.0.0.1:2525"
RECIPIENT_FIELDS = ("To", "Cc", "Bcc")


class Asked(NamedTuple):
    """What the options say. With `from_header` the recipients stand in To, Cc and Bcc; with `dots` a lone dot is a
    line like others; `sender` is the reverse-path, `name` the author's name where the message has no From."""

    recipients: Sequence[str]
    from_header: bool = False
    dots: bool = False
    sender: str = ""
    name: str = ""
    server: str = ""


class Posted(NamedTuple):
    """A message that is ready: envelope and octets, lines ended by CRLF."""

    sender: str
    recipients: tuple[str, ...]
    octets: bytes


def prepared(asked: Asked, source: bytes, user: str) -> Posted:
    """The message as it is sent. Bcc goes; From, Date and Message-ID are added where they are missing (RFC 6409 8)."""
    octets = b"\r\n".join(_lines(source, asked.dots)) + b"\r\n"
    headers = headers_in(octets)
    named = (address for name in RECIPIENT_FIELDS for value in headers.values(name) for address in addresses_in(value))
    recipients = dict.fromkeys((*asked.recipients, *(named if asked.from_header else ())))
    sender = asked.sender if asked.sender else user
    added = "".join(f"{line}\r\n" for line in _missing(headers, sender, asked.name))
    return Posted("" if sender == "<>" else sender, tuple(recipients), encoded(added) + without_fields(octets, "Bcc"))


def _lines(source: bytes, dots: bool) -> Iterator[bytes]:
    """The lines of the input, however they end; without `dots` a lone dot ends it."""
    for line in source.replace(b"\r\n", b"\n").removesuffix(b"\n").split(b"\n"):
        if line == b"." and not dots:
            return
        yield line


def _missing(headers: Headers, sender: str, name: str) -> Iterator[str]:
    if not headers.values("From"):
        yield from address_field("From", [NamedAddress(name, sender)])
    if not headers.values("Date"):
        yield f"Date: {formatdate(localtime=True)}"
    if not headers.values("Message-ID"):
        yield f"Message-ID: {make_msgid(domain=split_address(sender).host or 'localhost')}"


def address_of(asked: Asked, variables: Mapping[str, str], say: Words) -> tuple[str, int]:
    """Where the server listens. Nothing is sent beyond loopback."""
    text = asked.server or variables.get(VARIABLE, "") or USUAL
    host, _, port = text.rpartition(":")
    address = host.removeprefix("[").removesuffix("]")
    address = "127.0.0.1" if address == "localhost" else address
    if not is_loopback(address) or not port.isascii() or not port.isdecimal():
        raise Failure(say("serve.not-loopback", found=text))
    return address, int(port)


def hand_over(posted: Posted, server: tuple[str, int], say: Words, complain: Callable[[str], None]) -> int:
    """Send it; gives the exit status. Where some recipients are refused, each is told, and the status is a failure
    though the others get it."""
    try:
        with smtplib.SMTP(*server, timeout=300) as client:
            client.ehlo()
            options = _options(client, posted)
            refused = client.sendmail(posted.sender, posted.recipients, posted.octets, options)
    except smtplib.SMTPRecipientsRefused as wrong:
        refused = wrong.recipients
    except smtplib.SMTPResponseException as wrong:
        complain(say("serve.refused", what=posted.sender or "<>", reply=_told(wrong.smtp_code, wrong.smtp_error)))
        return _status(wrong.smtp_code)
    except (OSError, smtplib.SMTPException) as wrong:
        where = f"{server[0]}:{server[1]}"
        complain(say("serve.unreachable", server=where, reason=getattr(wrong, "strerror", "") or wrong))
        return UNAVAILABLE
    for recipient, (code, text) in refused.items():
        complain(say("serve.refused", what=recipient, reply=_told(code, text)))
    return max((_status(code) for code, _ in refused.values()), default=0)


def _options(client: smtplib.SMTP, posted: Posted) -> list[str]:
    """The extensions that the message needs (RFC 6152, RFC 6531)."""
    eight_bit = not posted.octets.isascii()
    addresses = "".join((posted.sender, *posted.recipients))
    options = ["BODY=8BITMIME"] if eight_bit and client.has_extn("8bitmime") else []
    utf8 = not addresses.isascii() or not posted.octets.partition(b"\r\n\r\n")[0].isascii()
    return [*options, "SMTPUTF8"] if utf8 and client.has_extn("smtputf8") else options


def _told(code: int, text: bytes | str) -> str:
    said = text.decode("utf-8", "replace") if isinstance(text, bytes) else text
    return f"{code} {' '.join(said.split())}"


def _status(code: int) -> int:
    return TEMPORARY if 400 <= code < 500 else UNAVAILABLE


def this_user(variables: Mapping[str, str]) -> str:
    """Whom a message without a sender comes from: the user, at this machine."""
    import socket

    name = variables.get("LOGNAME") or variables.get("USER") or f"user{os.getuid() if hasattr(os, 'getuid') else 0}"
    return f"{name}@{socket.gethostname()}"
