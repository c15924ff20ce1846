"""Reads the path of MAIL and RCPT (RFC 5321 4.1.2): as leniently as most servers do, and saying so."""

from __future__ import annotations

import re
from typing import NamedTuple

from smtpsim.kernel.address import NULL, Path
from smtpsim.protocol.smtp import grammar
from smtpsim.protocol.smtp.fault import Fault, fault

Remarks = tuple[Fault, ...]


class FoundPath(NamedTuple):
    """A path, the index behind it, and what the grammar would not have had."""

    path: Path
    end: int
    remarks: Remarks


def read_path(line: str, start: int) -> FoundPath | Fault:
    """Read the path that begins at index `start` of `line`; spaces before it are forgiven."""
    at = _skip_blanks(line, start)
    remarks: Remarks = (fault("space-after-colon", start + 1),) if at > start else ()
    comment = grammar.COMMENT.match(line, at)
    if comment and line.startswith("<", comment.end()):
        remarks += (fault("comment", at + 1),)
        at = comment.end()
    if at == len(line):
        return fault("path-missing", at + 1)
    found = _bracketed(line, at) if line[at] == "<" else _bare(line, at)
    return found._replace(remarks=remarks + found.remarks) if isinstance(found, FoundPath) else found


def _skip_blanks(line: str, at: int) -> int:
    while at < len(line) and line[at] in " \t":
        at += 1
    return at


def _bracketed(line: str, at: int) -> FoundPath | Fault:
    close = _closing(line, at)
    if close < 0:
        return fault("bracket-unclosed", at + 1)
    inside = line[at + 1 : close]
    return FoundPath(NULL, close + 1, ()) if not inside.strip(" \t") else _inside(inside, at + 1, close + 1)


# up to the closing bracket: quoted strings, quoted pairs, anything else
_TO_BRACKET = re.compile(r'<(?:"(?:[^"\\]|\\.)*"|\\.|[^>"\\])*>', re.DOTALL)


def _closing(line: str, at: int) -> int:
    """The index of the `>` that closes the bracket at `at`; one inside quotes does not."""
    match = _TO_BRACKET.match(line, at)
    return match.end() - 1 if match else -1


def _bare(line: str, at: int) -> FoundPath | Fault:
    """A path without brackets: what telnet users type, and servers take."""
    quoted = grammar.QUOTED_STRING.match(line, at)
    end = quoted.end() if quoted else at
    while end < len(line) and line[end] not in " \t":
        end += 1
    if "<" in line[end:]:
        return fault("display-name", at + 1, line[at:end])
    if line.endswith(">", at, end):
        return fault("bracket-unopened", at + 1)
    found = _inside(line[at:end], at, end)
    if isinstance(found, Fault):
        return found
    return found._replace(remarks=(fault("no-brackets", at + 1), *found.remarks))


def _inside(text: str, offset: int, end: int) -> FoundPath | Fault:
    """The mailbox, with a source route before it or without. `offset` is the index of text[0] in the line."""
    path_length = len(text) + 2
    text, offset, remarks = _tidied(text, offset)
    route: tuple[str, ...] = ()
    match = grammar.LOOSE_ROUTE.match(text)
    if match:
        strict = grammar.SOURCE_ROUTE.fullmatch(match.group())
        remarks += (fault("route-obsolete" if strict else "route-loose", offset + 1),)
        route = tuple(hop.strip("@ ") for hop in match.group()[:-1].split(","))
        text, offset = text[match.end() :].lstrip(" \t"), offset + match.end()
    found = read_mailbox(text, offset)
    if isinstance(found, Fault):
        return found
    path, odd = found
    if path_length > grammar.PATH_LIMIT:
        odd += (fault("path-too-long", offset, str(path_length)),)
    return FoundPath(path._replace(route=route) if route else path, end, remarks + odd)


_SPACED_AT = re.compile(r"[ \t]*@[ \t]*")


def _tidied(text: str, offset: int) -> tuple[str, int, Remarks]:
    """The text without comments and blanks that servers skip, its new offset, and what was there."""
    remarks: Remarks = ()
    if "(" in text and '"' not in text:
        tidy = grammar.COMMENT.sub("", text)
        if tidy != text:
            remarks += (fault("comment", offset + text.index("(") + 1),)
            text = tidy
    if " " not in text and "\t" not in text:
        return text, offset, remarks
    tidy = text.strip(" \t")
    offset += len(text) - len(text.lstrip(" \t"))
    if '"' not in tidy:
        tidy = _SPACED_AT.sub("@", tidy)
    return tidy, offset, remarks if tidy == text else (*remarks, fault("surrounding-space", offset + 1))


def read_mailbox(text: str, offset: int) -> tuple[Path, Remarks] | Fault:
    """Mailbox = Local-part "@" ( Domain / address-literal ); a lone local part means the host's own domain."""
    match = grammar.LOOSE_LOCAL.match(text)
    if not match:
        return _no_local(text, offset)
    local, behind = match.group(), text[match.end() :]
    octets = len(local.encode("utf-8", "surrogateescape"))
    if octets > grammar.LOCAL_CUSTOM:
        return fault("local-too-long", offset + 1, str(octets))
    if not behind:
        return Path(local, ""), (fault("at-missing", offset + len(text) + 1),)
    if behind[0] != "@":
        return fault("local-syntax", offset + match.end() + 1, behind[0])
    domain = read_domain(behind[1:], offset + match.end() + 1)
    return domain if isinstance(domain, Fault) else (Path(local, behind[1:]), _oddities(local, offset) + domain)


def _oddities(local: str, offset: int) -> Remarks:
    if len(local) > grammar.LOCAL_LIMIT:
        return (fault("local-too-long", offset + 1, str(len(local))),)
    if grammar.DOT_STRING.fullmatch(local):
        return () if local.isascii() else (fault("utf8-not-announced", offset + 1, local),)
    if grammar.QUOTED_STRING.fullmatch(local):
        return ()
    return (fault("colon-in-local" if ":" in local else "local-dots", offset + 1, local),)


def _no_local(text: str, offset: int) -> Fault:
    if text.startswith('"'):
        return fault("quote-unclosed", offset + 1)
    return fault("local-empty" if text.startswith("@") else "local-syntax", offset + 1, text[:1])


def read_domain(text: str, offset: int) -> Remarks | Fault:
    """Check a domain or address literal: what is odd about it, or the fault that refuses it."""
    if not text:
        return fault("domain-missing", offset + 1)
    if text.startswith("["):
        literal = grammar.LITERAL.fullmatch(text)
        valid = literal and grammar.literal_valid(literal.group(1))
        return () if valid else fault("literal-syntax", offset + 1, text)
    if "@" in text:
        return fault("at-doubled", offset + text.index("@") + 1)
    bare = text.removesuffix(".")
    match = grammar.DOMAIN.match(bare)
    if not match or match.end() < len(bare):
        return fault("domain-syntax", offset + (match.end() if match else 0) + 1, text)
    if len(bare) > grammar.DOMAIN_LIMIT:
        return fault("domain-too-long", offset + 1, str(len(bare)))
    if any(len(label) > grammar.LABEL_LIMIT for label in bare.split(".")):
        return fault("label-too-long", offset + 1)
    return (fault("trailing-dot", offset + len(text)),) if bare != text else ()
