"""A reply: its rule (one row of a table) and what is said on the wire (RFC 5321 4.2, RFC 2034)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from smtpsim.kernel.printable import printable
from smtpsim.kernel.ref import Ref


class ReplyRule(NamedTuple):
    """One row of a reply table. `text` may hold `{fields}` and line breaks; `enhanced` may be ""."""

    key: str
    code: int
    enhanced: str
    text: str
    ref: Ref

    @property
    def accepts(self) -> bool:
        return self.code < 400


class Reply(NamedTuple):
    """What the server says. `lines` are the texts behind the code, as they go over the wire."""

    key: str
    code: int
    enhanced: str
    lines: tuple[str, ...]
    ref: Ref

    @property
    def accepts(self) -> bool:
        return self.code < 400

    def wire(self) -> str:
        """The reply as sent, every line ended by CRLF (RFC 5321 4.2.1)."""
        *early, last = self.lines
        return "".join(f"{self.code}-{line}\r\n" for line in early) + f"{self.code} {last}\r\n"


FIELD = re.compile(r"\{(\w+)\}")


def fill(rule: ReplyRule, text: str, values: Mapping[str, object], enhanced: bool) -> Reply:
    """Say `rule` with `text`; `enhanced` codes are shown once EHLO asked for them (RFC 2034 3).

    What strangers wrote stands in `values`: it can add neither lines nor control characters. A field without
    a value stays as it is written.
    """
    if "{" in text:
        text = FIELD.sub(lambda field: printable(str(values.get(field[1], field[0]))), text)
    lines = tuple(text.split("\n"))
    if enhanced and rule.enhanced:
        lines = tuple(f"{rule.enhanced} {line}" for line in lines)
    return Reply(rule.key, rule.code, rule.enhanced, lines, rule.ref)
