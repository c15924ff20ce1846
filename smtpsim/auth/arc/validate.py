"""Whether an ARC chain holds (RFC 8617 5.2)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, NamedTuple

from smtpsim.auth.arc.chain import Chain, Reason, Result, Seal
from smtpsim.auth.arc.collect import NAMES, SEAL, ArcSet, Broken, Field, collect, relaxed
from smtpsim.auth.body import Body, split
from smtpsim.auth.signature import Reason as DkimReason
from smtpsim.auth.signature import key_name
from smtpsim.auth.verifier import LARGEST_HEADER, MOST_NAMES, good_header, same_body, take_key
from smtpsim.kernel.dns import Answer, Resolver
from smtpsim.kernel.printable import decoded

if TYPE_CHECKING:
    from smtpsim.auth.clocked import Clocked

AS_IT_IS = b"simple/simple"
"""The form for fields that are in relaxed form already, which is the only one of a seal (RFC 8617 4.1.3): putting all
fifty sets into it for each seal took a third of a second."""

MESSAGE_TAGS = [b"i", b"a", b"b", b"bh", b"d", b"h", b"s"]
SEAL_TAGS = [b"i", b"a", b"b", b"cv", b"d", b"s"]
"""What each signature must say (RFC 8617 4.1.2, 4.1.3)."""


def validate(octets: bytes, resolver: Resolver, now: int) -> Chain:
    """The chain of a letter. `octets` have CRLF line ends, `now` is in seconds since 1970."""
    header, rest = split(octets)
    if b"arc-" not in header.lower():
        return Chain(Reason.NO_CHAIN)
    if len(header) > LARGEST_HEADER:
        return Chain(Reason.TOO_LARGE)
    from dkim import MessageFormatError

    from smtpsim.auth.clocked import Clocked

    try:
        letter = Clocked(header, now)
    except (MessageFormatError, IndexError) as wrong:
        return Chain(Reason.MALFORMED, detail=str(wrong))
    sets = collect(letter.headers)
    if isinstance(sets, Broken):
        return Chain(sets.reason, (), sets.instance, sets.detail, letter=octets)
    if not sets:
        return Chain(Reason.NO_CHAIN)
    told = tuple(one.told() for one in sets)
    broken = _misplaced(told) or _message(letter, sets[-1], Body(rest), resolver)
    seals, broken = (told, broken) if broken else _sealed(sets, told, resolver, now)
    reason, instance, detail = broken or Broken(Reason.VALID)
    return Chain(reason, seals, instance, detail, letter=octets)


def _misplaced(seals: tuple[Seal, ...]) -> Broken | None:
    """cv= is none in the first set and pass in all others; a chain that was sealed as failed stays so."""
    if seals[-1].status == Result.FAIL:
        return Broken(Reason.SEALED_FAIL, len(seals))
    for seal in seals:
        if seal.status != (Result.NONE if seal.instance == 1 else Result.PASS):
            return Broken(Reason.BAD_STATUS, seal.instance)
    return None


def _message(letter: Clocked, last: ArcSet, body: Body, resolver: Resolver) -> Broken | None:
    """The newest signature over the letter must hold; what was changed since has broken those before it."""
    names = [name.strip().lower() for name in last.message_tags.get(b"h", b"").split(b":")]
    if SEAL in names or b"from" not in names or len(names) > MOST_NAMES:
        return Broken(Reason.MALFORMED, last.instance, "h=")
    found = _examined(_Signed(letter, names, last.message, last.message_tags, MESSAGE_TAGS), resolver, body)
    return Broken(found.reason, last.instance, found.detail) if found.reason else None


def _sealed(
    sets: tuple[ArcSet, ...], told: tuple[Seal, ...], resolver: Resolver, now: int
) -> tuple[tuple[Seal, ...], Broken | None]:
    """The seals, looked at from the newest on, up to the first that does not fit."""
    seals = list(told)
    for one, signed in zip(reversed(sets), _seals(sets, now), strict=True):
        found = _examined(signed, resolver)
        seals[one.instance - 1] = told[one.instance - 1]._replace(good=found.reason is None, key=found.key)
        if found.reason:
            return tuple(seals), Broken(found.reason, one.instance, found.detail)
    return tuple(seals), None


class _Signed(NamedTuple):
    """A signature to be verified: the header that it covers fields of, their names in order, the signature itself and
    its tags, and those that it must have."""

    letter: Clocked
    names: list[bytes]
    field: Field
    tags: Mapping[bytes, bytes]
    needed: list[bytes]


def _seals(sets: tuple[ArcSet, ...], now: int) -> Iterator[_Signed]:
    """Each seal, the newest first: it covers the fields of all sets up to its own, the oldest first."""
    from smtpsim.auth.clocked import Clocked

    fields = relaxed(field for one in sets for field in one.fields)
    for one in reversed(sets):
        covered = fields[: one.instance * len(NAMES) - 1]
        letter = Clocked(b"", now)
        letter.headers = covered[::-1]  # dkimpy takes fields of one name from below
        names, (seal,) = [name for name, _ in covered], relaxed([one.seal])
        yield _Signed(letter, names, seal, {**one.seal_tags, b"c": AS_IT_IS}, SEAL_TAGS)


class _Found(NamedTuple):
    reason: Reason | None
    key: Answer | None = None
    detail: str = ""


def _examined(signed: _Signed, resolver: Resolver, body: Body | None = None) -> _Found:
    """First whether the signature can be read, then its key, the body where it covers one, and the header."""
    from dkim import validate_signature_fields

    tags, answer = dict(signed.tags), None
    try:
        validate_signature_fields({k: v for k, v in tags.items() if k not in (b"t", b"x")}, signed.needed, True)
        signed.letter.check_times(tags)
        if body is None and b"h" in tags:
            return _Found(Reason.MALFORMED, None, "h=")
        answer = resolver.query(key_name(decoded(tags[b"s"]), decoded(tags[b"d"]).lower()), "TXT")
        why = take_key(signed.letter, answer)
        if why is None and body is not None and not same_body(tags, body):
            why = DkimReason.BODY
        why = why or good_header(signed.letter, signed.names, signed.field, tags)
    except Exception as wrong:  # dkimpy lets errors of many kinds through where a signature is malformed
        return _Found(Reason.MALFORMED, answer, str(wrong))
    if why is DkimReason.VERIFIED:
        return _Found(None, answer)
    broken = Reason.SEAL if body is None and why is DkimReason.HEADER else Reason(why.value)
    return _Found(broken, answer)
