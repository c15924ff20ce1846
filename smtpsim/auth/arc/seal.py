"""Sealing a letter: another ARC set above it (RFC 8617 5.1)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from smtpsim.auth.arc.chain import Chain, Result
from smtpsim.auth.arc.collect import MESSAGE, MOST_SETS, RESULTS, SEAL, Broken, Field, collect, highest, relaxed
from smtpsim.auth.body import Body, split
from smtpsim.auth.sign import SigningKey

if TYPE_CHECKING:
    from smtpsim.auth.clocked import Clocked

TITLES = {RESULTS: b"ARC-Authentication-Results", MESSAGE: b"ARC-Message-Signature", SEAL: b"ARC-Seal"}
"""The fields of a set as they are written."""

ALGORITHM = b"rsa-sha256"
PLACE = b"0" * 60
"""What stands in b= while the field is folded, so that folding it again changes nothing before it."""


def arc_set(octets: bytes, key: SigningKey, results: str, chain: Chain, now: int) -> bytes:
    """The fields of the next set, with CRLF line ends, to be put above the letter. `results` is what the sealer has
    found out, as in an Authentication-Results field; `chain` is what it made of the chain when the letter came.

    b"" where nothing is to be sealed: a chain that has been sealed as failed ends there, one of fifty sets is full, and
    a letter without a From field cannot be signed (RFC 6376 5.4).
    """
    from dkim import MessageFormatError

    from smtpsim.auth.clocked import Clocked

    header, rest = split(octets)
    try:
        letter = Clocked(header, now)
    except (MessageFormatError, IndexError):  # a letter that begins with a folded line
        return b""
    instance = highest(letter.headers) + 1
    if chain.ended or instance > MOST_SETS or not any(name.lower() == b"from" for name, _ in letter.headers):
        return b""
    return _written(letter, key, instance, chain.result, results, Body(rest))


def _written(letter: Clocked, key: SigningKey, instance: int, status: Result, results: str, body: Body) -> bytes:
    """First what was found, then the signature over the letter, then the seal over all sets (RFC 8617 5.1).

    A failed chain is not sealed again: the seal covers its own set alone (RFC 8617 5.1.2)."""
    before = _covered(letter.headers) if status is Result.PASS else ()
    number = f"{instance}".encode("ascii")
    told: Field = (TITLES[RESULTS], b" i=%b; %b\r\n" % (number, results.encode("ascii", "backslashreplace")))
    names = _signed_names(letter)
    message_tags = [(b"c", b"relaxed/relaxed"), (b"h", b" : ".join(names)), (b"bh", _hash(body))]
    message = _signature(letter, key, MESSAGE, [(b"i", number), *message_tags], names)
    covered = relaxed([*before, told, message])
    letter.headers = covered[::-1]  # dkimpy takes fields of one name from below
    tags = [(b"i", number), (b"cv", str(status).encode("ascii"))]
    seal = _signature(letter, key, SEAL, tags, [name for name, _ in covered])
    return b"".join(name + b":" + value for name, value in (seal, message, told))


def _covered(headers: Iterable[Field]) -> list[Field]:
    """The fields of the sets that are there, the oldest first."""
    sets = collect(headers)
    return [] if isinstance(sets, Broken) else [field for one in sets for field in one.fields]


def _signed_names(letter: Clocked) -> list[bytes]:
    """What DKIM would sign, and the DKIM signatures that there are (RFC 8617 4.1.2)."""
    signatures = [b"dkim-signature" for name, _ in letter.headers if name.lower() == b"dkim-signature"]
    return [*(name.lower() for name in letter.default_sign_headers()), *signatures]


def _hash(body: Body) -> bytes:
    from base64 import b64encode

    return b64encode(body.digest(True, "sha256", None))


def _signature(letter: Clocked, key: SigningKey, kind: bytes, tags: list[Field], names: list[bytes]) -> Field:
    """A signature of the letter's fields of these names."""
    from dkim import HASH_ALGORITHMS, CanonicalizationPolicy, parse_pem_private_key

    letter.hasher = HASH_ALGORITHMS[ALGORITHM]
    owner = [(b"d", key.domain.encode("ascii")), (b"s", key.selector.encode("ascii")), (b"t", b"")]
    every: list[Any] = [*tags[:1], (b"a", ALGORITHM), *tags[1:], *owner, (b"b", PLACE)]
    policy = CanonicalizationPolicy.from_c_value(b"relaxed/relaxed")
    value = letter.gen_header(every, names, policy, TITLES[kind], parse_pem_private_key(key.pem.encode("ascii")))
    return TITLES[kind], b" " + value
