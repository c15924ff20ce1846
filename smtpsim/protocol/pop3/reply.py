"""A reply of POP3: its rule (one row of a table) and what is said on the wire (RFC 1939 3)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from smtpsim.kernel.dots import stuffed
from smtpsim.kernel.printable import encoded, printable
from smtpsim.kernel.ref import Ref

OK = "+OK"
ERR = "-ERR"
GO_ON = "+"
"""Asks for the answer to a challenge (RFC 5034 4)."""


class ReplyRule(NamedTuple):
    """One row of the reply table. `text` is one line and may hold `{fields}`."""

    key: str
    status: str
    text: str
    ref: Ref

    @property
    def accepts(self) -> bool:
        return self.status in (OK, GO_ON)


class Reply(NamedTuple):
    """What the server says. `lines` are whole lines as a telnet session shows them, dots stuffed, without CRLF.

    Octets that are not UTF-8 stand in the lines as lone surrogates (PEP 383), so that `wire` gives back the very
    octets of a mail. A mail may hold control characters: lines are made printable before they are shown.
    """

    key: str
    status: str
    lines: tuple[str, ...]
    ref: Ref

    @property
    def accepts(self) -> bool:
        return self.status in (OK, GO_ON)

    def wire(self) -> bytes:
        """The reply as sent, every line ended by CRLF."""
        return b"".join(encoded(line) + b"\r\n" for line in self.lines)


def fill(rule: ReplyRule, text: str, values: Mapping[str, object]) -> Reply:
    """Say `rule` in one line with `text`.

    What strangers wrote stands in `values`: it can add neither lines nor control characters.
    """
    said = text.format_map({name: printable(str(value)) for name, value in values.items()})
    return Reply(rule.key, rule.status, (f"{rule.status} {said}",), rule.ref)


def with_listing(reply: Reply, listing: Iterable[str]) -> Reply:
    """A multi-line reply: the listing, byte-stuffed, and the line with a dot that ends it (RFC 1939 3)."""
    return reply._replace(lines=(*reply.lines, *map(stuffed, listing), "."))
