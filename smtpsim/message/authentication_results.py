"""The Authentication-Results header: everything a server checked about a letter, in one place (RFC 8601)."""

from __future__ import annotations

from collections.abc import Iterable

from smtpsim.kernel.check import Check
from smtpsim.kernel.printable import printable
from smtpsim.message.quoted import quoted

_PROPERTIES = {("spf", "helo"): "smtp.helo", ("spf", "mailfrom"): "smtp.mailfrom"}
"""What each kind of check speaks about (RFC 8601 2.7.2). The header From is no identity of SPF's."""


def authentication_results(server: str, checks: Iterable[Check]) -> str:
    """The header with CRLF line ends; `none` where nothing was checked (RFC 8601 2.2)."""
    results = [line for check in checks if (line := _result(check))]
    return f"Authentication-Results: {server}" + "".join(f";\r\n\t{r}" for r in results or ["none"]) + "\r\n"


def _result(check: Check) -> str:
    name = _PROPERTIES.get((check.kind, check.identity))
    return f"{check.kind}={check.result} {name}={_value(check.subject)}" if name else ""


def _value(text: str) -> str:
    """An address or a domain; anything that is not a token is quoted (RFC 2045 5.1)."""
    shown = printable(text)
    return shown if shown and not set(shown) & set(' ()<>,;:\\"[]?=') else quoted(shown)
