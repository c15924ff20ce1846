"""Verifying the DKIM signatures of a letter (RFC 6376 6)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from smtpsim.auth.signature import Examined, Reason, Signature, key_name
from smtpsim.kernel.dns import Answer, Resolver

if TYPE_CHECKING:
    from smtpsim.auth.clocked import Clocked

MOST_SIGNATURES = 10
LARGEST_HEADER = 100_000
LONGEST_SIGNATURE = 4_096
MOST_NAMES = 100
"""Anybody can send a message: what is larger is not looked at, so that none takes long (RFC 6376 6.1, 8.4)."""

_SIGNATURE = re.compile(rb"^dkim-signature[ \t]*:(?:[^\n]*\n)(?:[ \t][^\n]*\n)*", re.IGNORECASE | re.MULTILINE)


def examine(octets: bytes, resolver: Resolver, now: int) -> tuple[Examined, ...]:
    """Every signature of the letter, the topmost first; () for a letter without any. `octets` have CRLF line ends,
    `now` is in seconds since 1970."""
    header, end, _ = octets.partition(b"\r\n\r\n")
    if b"dkim-signature" not in header.lower():
        return ()
    fields = _SIGNATURE.findall(header + end)
    if fields and (len(header) > LARGEST_HEADER or max(map(len, fields)) > LONGEST_SIGNATURE):
        return (Examined(0, None, None, Reason.TOO_LARGE),)
    return tuple(reexamined(octets, number, resolver, now) for number in range(min(len(fields), MOST_SIGNATURES)))


def reexamined(octets: bytes, number: int, resolver: Resolver, now: int) -> Examined:
    """One signature by its number."""
    from smtpsim.auth.clocked import Clocked, Expired, Future

    signature: Signature | None = None
    try:
        letter = Clocked(octets, now)
        tags, names, fields = letter.verify_headerprep(number)
        signature = _said(tags)
        if len(names) > MOST_NAMES:
            return Examined(number, signature, None, Reason.TOO_LARGE, letter=octets)
        if b"from" not in names:
            return Examined(number, signature, None, Reason.AUTHOR, letter=octets)
        return _verified(Examined(number, signature, None, Reason.VERIFIED, letter=octets), letter, fields, resolver)
    except Expired as wrong:
        return Examined(number, signature, None, Reason.EXPIRED, detail=str(wrong), letter=octets)
    except Future as wrong:
        return Examined(number, signature, None, Reason.FUTURE, detail=str(wrong), letter=octets)
    except Exception as wrong:  # dkimpy lets errors of many kinds through where a stranger's signature is malformed
        return Examined(number, signature, None, Reason.MALFORMED, detail=str(wrong), letter=octets)


def _said(tags: dict[bytes, bytes]) -> Signature:
    told = {name.decode("ascii"): _text(value) for name, value in tags.items()}
    return Signature(
        domain=told["d"].lower(),
        selector=told["s"],
        identity=told.get("i", f"@{told['d']}"),
        algorithm=told["a"],
        canonicalization=told.get("c", "simple/simple"),
        headers=tuple(name.strip() for name in told["h"].split(":")),
        beginning="".join(told["b"].split())[:8],
    )


def _text(value: bytes) -> str:
    return value.decode("utf-8", "backslashreplace").strip()


def _verified(examined: Examined, letter: Clocked, fields: list[Any], resolver: Resolver) -> Examined:
    """With the key from the DNS: first whether there is one, then the body, then the header (RFC 6376 6.1.2, 6.1.3)."""
    from dkim import KeyFormatError, ValidationError

    assert examined.signature is not None
    answer = resolver.query(key_name(examined.signature.selector, examined.signature.domain), "TXT")
    examined = examined._replace(key=answer)
    why = _unusable(answer) or _read_key(letter, answer)
    if why is not None:
        return examined._replace(reason=why)
    try:
        tags, names = letter.signature_fields, list(letter.include_headers)
        if tags.get(b"c", b"").endswith(b"/relaxed"):
            letter.tidy_body()
        good = letter.verify_sig_process(tags, names, fields[examined.number], None)
    except KeyFormatError:
        return examined._replace(reason=Reason.BAD_KEY)
    except ValidationError:
        return examined._replace(reason=Reason.BODY, body=False)
    return examined._replace(reason=Reason.VERIFIED if good else Reason.HEADER, body=True)


def _read_key(letter: Clocked, answer: Answer) -> Reason | None:
    """Give the verifier the key; why that cannot be done, where it cannot."""
    from dkim import KeyFormatError, evaluate_pk

    try:
        letter.pk, letter.keysize, letter.ktag, letter.seqtlsrpt = evaluate_pk(answer.name, answer.records[0])
    except (KeyFormatError, ValueError):
        return Reason.BAD_KEY
    return Reason.BAD_KEY if letter.seqtlsrpt else None


# p= without a value: the key was withdrawn (RFC 6376 3.6.1)
_REVOKED = re.compile(rb"(?:^|;)\s*p\s*=\s*(?:;|$)")


def _unusable(answer: Answer) -> Reason | None:
    """Why there is no key to verify with, before its record is read."""
    if answer.failed:
        return Reason.DNS_FAILED
    if not answer.records or not isinstance(answer.records[0], bytes):
        return Reason.NO_KEY
    return Reason.REVOKED if _REVOKED.search(answer.records[0]) else None
