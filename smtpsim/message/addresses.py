"""Lists of mail addresses as they stand in a header (RFC 5322 3.4): read leniently, checked strictly, written."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

from smtpsim.kernel.address import split_address
from smtpsim.kernel.fault import Fault
from smtpsim.kernel.mailbox import read_mailbox
from smtpsim.message.encoded_words import encoded_words, needs_encoding
from smtpsim.message.headers import readable
from smtpsim.message.quoted import quoted

MOST_ADDRESSES = 10_000
"""Addresses of one list that are read."""


class NamedAddress(NamedTuple):
    """`name` is what people read, "" for none; `address` what the envelope can bear, as typed."""

    name: str
    address: str

    @property
    def identity(self) -> str:
        """What makes two addresses the same: the domain counts without case (RFC 5321 2.4)."""
        path = split_address(self.address)
        return f"{path.local}@{path.host}"


class BadAddress(NamedTuple):
    """An address that cannot stand on an envelope: the text, and what is wrong with it (`fault.KEY`)."""

    found: str
    fault: Fault


# quoted-string, angle-addr and domain-literal as wholes, the specials that divide a list, and all the rest.
# Deviation: what is never closed goes on to the end of the text.
_TOKEN = re.compile(
    r'"(?:[^"\\]|\\.)*"?'
    r'|<(?:"(?:[^"\\]|\\.)*"|[^>"])*>?'
    r"|\[[^\[\]]*\]?"
    r"|[],:;)>]"
    r'|[^"<\[\](),:;>]+',
    re.DOTALL,
)
_COMMENT_PART = re.compile(r"[()]|\\.|[^()\\]+|\\", re.DOTALL)
_QUOTED_PAIR = re.compile(r"\\(.)", re.DOTALL)

# atoms with spaces between them (RFC 5322 3.2.3): a name that needs no quotes
_ATOMS = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?: [A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*")


def addresses(value: str) -> tuple[NamedAddress, ...]:
    """The addresses in the value of a From, To, Cc, ... field, names decoded. Nothing is refused.

    Names of groups are passed over; a comment is the name of an address that has no other.
    """
    return tuple(item.named() for item in islice(_items(value), MOST_ADDRESSES))


@lru_cache(maxsize=64)
def addresses_in(value: str) -> tuple[str, ...]:
    """The addresses in such a value without their names."""
    return tuple(named.address for named in addresses(value) if named.address)


def checked(text: str) -> tuple[NamedAddress, ...] | BadAddress:
    """The addresses that somebody typed, separated by commas, or the first that no server would take."""
    found = addresses(text)
    for named in found:
        fault = address_fault(named.address)
        if fault:
            return BadAddress(named.address, fault)
    return found


def address_fault(address: str) -> Fault | None:
    """What is wrong with an address, if only for some servers. What is beyond ASCII is no fault (RFC 6531)."""
    found = read_mailbox(address, range(len(address) + 1))
    if isinstance(found, Fault):
        return found
    return next((remark for remark in found[1] if remark.key != "utf8-not-announced"), None)


def written(named: NamedAddress) -> str:
    """An address as a header has it; a name beyond ASCII becomes encoded words (RFC 2047 5)."""
    return f"{_phrase(named.name)} <{named.address}>" if named.name else named.address


def _phrase(name: str) -> str:
    if needs_encoding(name):
        return encoded_words(name)
    return name if _ATOMS.fullmatch(name) else quoted(name)


class _Item:
    """One address of a list while its pieces come in."""

    def __init__(self) -> None:
        self.words: list[str] = []
        self.angle = ""
        self.comment = ""

    @property
    def empty(self) -> bool:
        return not self.angle and not "".join(self.words).strip()

    def add(self, token: str) -> None:
        """Put a piece where it belongs. A second angle-addr spoils the first: a comma is missing there."""
        if token.startswith("("):
            self.comment = self.comment or token[1:].removesuffix(")")
        elif token.startswith("<"):
            self.angle += token
        else:
            self.words.append(token)

    def named(self) -> NamedAddress:
        if not self.angle:
            return NamedAddress(_shown(self.comment), "".join(self.words).strip())
        name = "".join(map(_unquoted, self.words)) or self.comment
        return NamedAddress(_shown(name), self.angle.removesuffix(">")[1:].strip())


def _items(value: str) -> Iterator[_Item]:
    item = _Item()
    for token in _tokens(value):
        if token in (",", ";"):
            if not item.empty:
                yield item
            item = _Item()
        elif token == ":" and not item.angle:
            item = _Item()
        else:
            item.add(token)
    if not item.empty:
        yield item


def _tokens(value: str) -> Iterator[str]:
    """The pieces of a list; a comment is one piece, however deep its brackets go."""
    at = 0
    while at < len(value):
        end = _comment_end(value, at) if value[at] == "(" else _token_end(value, at)
        yield value[at:end]
        at = end


def _token_end(value: str, at: int) -> int:
    match = _TOKEN.match(value, at)
    return match.end() if match else at + 1


def _comment_end(value: str, at: int) -> int:
    depth = 0
    for match in _COMMENT_PART.finditer(value, at):
        depth += {"(": 1, ")": -1}.get(match[0], 0)
        if not depth:
            return match.end()
    return len(value)


def _unquoted(word: str) -> str:
    """A piece of a phrase without its quotation marks."""
    if not word.startswith('"'):
        return word
    return _QUOTED_PAIR.sub(r"\1", word.removesuffix('"') if len(word) > 1 else "")[1:]


def _shown(text: str) -> str:
    return readable(" ".join(text.split()))


def unique(named: Iterable[NamedAddress]) -> tuple[NamedAddress, ...]:
    """Each address once, in the order of their first coming."""
    kept: dict[str, NamedAddress] = {}
    for one in named:
        kept.setdefault(one.identity, one)
    return tuple(kept.values())
