"""Lists of mail addresses as they stand in a header (RFC 5322 3.4): read leniently, checked strictly, written.

Own code and not `email`: its readers end in a RecursionError at 2,000 opening brackets, know no groups
(`email.utils.getaddresses`), or take 110 ms for 2,000 addresses (`email.headerregistry`), where ours takes 4.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import islice
from typing import Literal, NamedTuple

from smtpsim.kernel.address import split_address
from smtpsim.kernel.domain import a_labels
from smtpsim.kernel.fault import Fault
from smtpsim.kernel.mailbox import read_mailbox
from smtpsim.message.encoded_words import encoded_words, needs_encoding, readable
from smtpsim.message.headers import Headers
from smtpsim.message.parameters import quoted, unquoted

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

# atoms with spaces between them (RFC 5322 3.2.3): a name that needs no quotes
_ATOMS = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?: [A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*")


class Member(NamedTuple):
    """One thing of an address list, as it stands there, undecoded: an address with its display name, or where a group
    begins (then `name` is the group's) or ends. `address` may be within a route (`@a,@b:ann@x`)."""

    kind: Literal["address", "group", "end"]
    name: str = ""
    address: str = ""


def members(value: str) -> Iterator[Member]:
    """What stands in the value of a From, To, Cc, ... field. Nothing is refused; what was never closed ends at the end.

    A comment is the name of an address that has no other.
    """
    item, group = _Item(), False
    for token in _tokens(value):
        if token == ":" and not item.angle:
            yield from (Member("end"),) if group else ()
            yield Member("group", item.phrase)
            item, group = _Item(), True
        elif token in (",", ";"):
            yield from item.members()
            yield from (Member("end"),) if group and token == ";" else ()
            item, group = _Item(), group and token != ";"
        else:
            item.add(token)
    yield from item.members()
    yield from (Member("end"),) if group else ()


def addresses(value: str) -> tuple[NamedAddress, ...]:
    """The addresses in the value of such a field, names decoded; names of groups are passed over."""
    found = (member for member in members(value) if member.kind == "address")
    return tuple(NamedAddress(_shown(one.name), one.address) for one in islice(found, MOST_ADDRESSES))


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

    def add(self, token: str) -> None:
        """Put a piece where it belongs. A second angle-addr spoils the first: a comma is missing there."""
        if token.startswith("("):
            self.comment = self.comment or token[1:].removesuffix(")")
        elif token.startswith("<"):
            self.angle += token
        else:
            self.words.append(token)

    @property
    def phrase(self) -> str:
        """The words as a name: without quotation marks, with one space where there were blanks."""
        return " ".join("".join(map(unquoted, self.words)).split())

    def members(self) -> Iterator[Member]:
        """The address, if there is one."""
        if self.angle:
            yield Member("address", self.phrase or self.comment, self.angle.removesuffix(">")[1:].strip())
        elif address := "".join(self.words).strip():
            yield Member("address", self.comment, address)


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


def _shown(text: str) -> str:
    return readable(" ".join(text.split()))


def unique(named: Iterable[NamedAddress]) -> tuple[NamedAddress, ...]:
    """Each address once, in the order of their first coming."""
    kept: dict[str, NamedAddress] = {}
    for one in named:
        kept.setdefault(one.identity, one)
    return tuple(kept.values())


def author_domains(headers: Headers) -> tuple[str, ...]:
    """The domains of all addresses in all From fields, in A-labels and lower case, each once, in their order: whom
    the header names as the author (RFC 5322 3.6.2)."""
    found = (address for value in headers.values("From") for address in addresses_in(value))
    domains = (address.rpartition("@")[2] for address in found if "@" in address)
    return tuple(dict.fromkeys(a_labels(domain).lower() for domain in domains if domain))
