"""Verifying the DKIM signatures of a letter (RFC 6376 6)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from smtpsim.auth.body import Body, split
from smtpsim.auth.signature import Examined, Reason, Signature, key_name
from smtpsim.auth.verifier import (
    LARGEST_HEADER,
    LONGEST_SIGNATURE,
    MOST_NAMES,
    good_header,
    same_body,
    take_key,
)
from smtpsim.kernel.dns import Resolver

if TYPE_CHECKING:
    from smtpsim.auth.clocked import Clocked

MOST_SIGNATURES = 10
"""Signatures of one message that are looked at: more would take long (RFC 6376 6.1)."""

_SIGNATURE = re.compile(rb"^dkim-signature[ \t]*:(?:[^\n]*\n)(?:[ \t][^\n]*\n)*", re.IGNORECASE | re.MULTILINE)


def examine(octets: bytes, resolver: Resolver, now: int) -> tuple[Examined, ...]:
    """Every signature of the letter, the topmost first; () for a letter without any. `octets` have CRLF line ends,
    `now` is in seconds since 1970."""
    header, rest = split(octets)
    if b"dkim-signature" not in header.lower():
        return ()
    fields = _SIGNATURE.findall(header)
    if fields and (len(header) > LARGEST_HEADER or max(map(len, fields)) > LONGEST_SIGNATURE):
        return (Examined(0, None, None, Reason.TOO_LARGE),)
    body, numbers = Body(rest), range(min(len(fields), MOST_SIGNATURES))
    return tuple(_examined(Examined(number, letter=octets), header, body, resolver, now) for number in numbers)


def reexamined(octets: bytes, number: int, resolver: Resolver, now: int) -> Examined:
    """One signature by its number."""
    header, rest = split(octets)
    return _examined(Examined(number, letter=octets), header, Body(rest), resolver, now)


def _examined(examined: Examined, header: bytes, body: Body, resolver: Resolver, now: int) -> Examined:
    from smtpsim.auth.clocked import Clocked, Expired, Future

    try:
        letter = Clocked(header, now)
        tags, names, fields = letter.verify_headerprep(examined.number)
        examined = examined._replace(signature=_said(tags))
        if len(names) > MOST_NAMES:
            return examined._replace(reason=Reason.TOO_LARGE)
        if b"from" not in names:
            return examined._replace(reason=Reason.AUTHOR)
        if tags[b"a"] == b"rsa-sha1":
            return examined._replace(reason=Reason.HISTORIC)
        return _verified(examined, letter, fields, body, resolver)
    except Expired as wrong:
        return examined._replace(reason=Reason.EXPIRED, detail=str(wrong))
    except Future as wrong:
        return examined._replace(reason=Reason.FUTURE, detail=str(wrong))
    except Exception as wrong:  # dkimpy lets errors of many kinds through where a signature is malformed
        return examined._replace(reason=Reason.MALFORMED, detail=str(wrong))


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


def _verified(examined: Examined, letter: Clocked, fields: list[Any], body: Body, resolver: Resolver) -> Examined:
    """With the key from the DNS: first whether there is one, then the body, then the header (RFC 6376 6.1.2, 6.1.3)."""
    assert examined.signature is not None
    answer = resolver.query(key_name(examined.signature.selector, examined.signature.domain), "TXT")
    examined = examined._replace(key=answer)
    why = take_key(letter, answer)
    if why is not None:
        return examined._replace(reason=why)
    tags = letter.signature_fields
    if not same_body(tags, body):
        return examined._replace(reason=Reason.BODY, body=False)
    why = good_header(letter, list(letter.include_headers), fields[examined.number], tags)
    return examined._replace(reason=why, body=None if why is Reason.BAD_KEY else True)
