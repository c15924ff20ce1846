"""A reply of IMAP: its rule (one row of a table) and what is said on the wire (RFC 3501 2.2.2, 7)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from smtpsim.kernel.printable import encoded, printable
from smtpsim.kernel.ref import Ref

OK = "OK"
NO = "NO"
BAD = "BAD"
BYE = "BYE"
GO_ON = "+"
"""The command continuation request (RFC 3501 7.5)."""


class ReplyRule(NamedTuple):
    """One row of the reply table. `text` is one line and may hold `{fields}` and a response code in brackets."""

    key: str
    status: str
    text: str
    ref: Ref

    @property
    def accepts(self) -> bool:
        return self.status in (OK, GO_ON)


class Reply(NamedTuple):
    """What the server says to one command: untagged responses, and at the end the one that completes it.

    `lines` are whole lines as a telnet session shows them, without CRLF; a literal takes as many as it has.
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


UNTAGGED = "*"


def fill(rule: ReplyRule, text: str, tag: str, values: Mapping[str, object]) -> Reply:
    """Say `rule` with `text`, in one line after the command's tag (or `UNTAGGED`).

    What strangers wrote stands in `values`: it can add neither lines nor control characters.
    """
    said = text.format_map({name: printable(str(value)) for name, value in values.items()})
    line = f"{GO_ON} {said}" if rule.status == GO_ON else f"{tag} {rule.status} {said}"
    return Reply(rule.key, rule.status, (line,), rule.ref)


def after(reply: Reply, untagged: Iterable[str]) -> Reply:
    """The reply after untagged responses, given without their `*`; those may hold literals."""
    early = [line for response in untagged for line in f"{UNTAGGED} {response}".split("\r\n")]
    return reply._replace(lines=(*early, *reply.lines))
