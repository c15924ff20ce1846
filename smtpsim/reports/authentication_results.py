"""The Authentication-Results header: everything a server checked about a message, in one place (RFC 8601)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from functools import cache

from smtpsim.kernel.finding import Finding
from smtpsim.kernel.printable import printable
from smtpsim.message.header_block import header_octets
from smtpsim.message.parameters import quoted

Properties = Iterable[tuple[str, str]]


def _spf(check: Finding) -> Properties:
    """The null sender's identity is postmaster at the HELO name, so that HELO's is told (RFC 7208 2.4). The header From
    is no identity of SPF's: there is nothing to say of it."""
    if check.identity == "mailfrom" and not check.subject:
        return [("smtp.helo", check.domain)]
    names = {"helo": "smtp.helo", "mailfrom": "smtp.mailfrom"}
    return [(names[check.identity], check.subject)] if check.identity in names else ()


def _dkim(check: Finding) -> Properties:
    from smtpsim.auth.signature import Examined

    signature = check.trace.signature if isinstance(check.trace, Examined) else None
    if signature is None:
        return ()
    return (
        ("header.d", signature.domain),
        ("header.i", signature.identity),
        ("header.s", signature.selector),
        ("header.a", signature.algorithm),
        ("header.b", signature.beginning),
    )


def _dmarc(check: Finding) -> Properties:
    """The policy that was found, and where, if not at the author's own domain (RFC 9989, IANA Considerations)."""
    from smtpsim.auth.dmarc import Verdict

    yield "header.from", check.domain or "none"
    discovery = check.trace.discovery if isinstance(check.trace, Verdict) else None
    if discovery and discovery.record:
        yield "polrec.p", discovery.record.value("p", "none")
        if discovery.domain != check.domain:
            yield "polrec.domain", discovery.domain


def _arc(check: Finding) -> Properties:
    """The client's address, so that who reads the chain later knows whom it came from (RFC 8617 6). Of a letter without
    a chain there is nothing to say."""
    return () if check.result == "none" else [("smtp.remote-ip", check.subject)]


_METHODS: Mapping[str, Callable[[Finding], Properties]] = {"spf": _spf, "dkim": _dkim, "arc": _arc, "dmarc": _dmarc}
"""What each kind of check speaks about (RFC 8601 2.7)."""


def authentication_results(server: str, findings: Iterable[Finding]) -> str:
    """The header with CRLF line ends, each result once; `none` where nothing was checked (RFC 8601 2.2)."""
    results = list(dict.fromkeys(line for check in findings if (line := _result(check))))
    return f"Authentication-Results: {server}" + "".join(f";\r\n\t{r}" for r in results or ["none"]) + "\r\n"


def own_results(octets: bytes, server: str) -> str:
    """What the server has written of a message that it has taken: the value of its field, the server's name in front.
    Only what stands above the Received field of the same server is its own word."""
    header = header_octets(octets)
    received = _RECEIVED.search(header)
    found = _claimed(server).search(header[: received.start() if received else 0])
    return found[0].partition(b":")[2].strip().decode("ascii", "replace") if found else f"{server}; none"


_RECEIVED = re.compile(rb"^received[ \t]*:", re.IGNORECASE | re.MULTILINE)


def without_own(octets: bytes, server: str) -> bytes:
    """The message without the headers of this name that claim to be the server's own: a stranger's word is not to be
    taken for it (RFC 8601 5)."""
    header = header_octets(octets)
    if NAME not in header.lower():
        return octets
    return _claimed(server).sub(b"", header) + octets[len(header) :]


NAME = b"authentication-results"


@cache
def _claimed(server: str) -> re.Pattern[bytes]:
    """A field whose first word is the server's name, folded or not."""
    own = re.escape(server.encode("ascii"))
    whole = rb"^" + NAME + rb"[ \t]*:[ \t\r\n]*" + own + rb"(?=[ \t\r;])[^\n]*\n(?:[ \t][^\n]*\n)*"
    return re.compile(whole, re.IGNORECASE | re.MULTILINE)


def _result(check: Finding) -> str:
    """One result with what it is about; without any of that only `none` can be told (RFC 8601 2.2)."""
    told = [f"{name}={_value(text)}" for name, text in _METHODS[check.kind](check)] if check.kind in _METHODS else []
    if told:
        return " ".join((f"{check.kind}={check.result}", *told))
    return f"{check.kind}={check.result}" if check.kind == "dkim" else ""


def _value(text: str) -> str:
    """An address or a domain; anything that is not a token is quoted (RFC 2045 5.1)."""
    shown = printable(text)
    return shown if shown and not set(shown) & set(' ()<>,;:\\"[]?=') else quoted(shown)
