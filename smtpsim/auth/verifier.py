"""What the signatures of DKIM and ARC have in common when they are verified: the key from the DNS (RFC 6376 6.1.2), the
hash of the body, and the signature over the header (6.1.3)."""

from __future__ import annotations

import re
from base64 import b64decode
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from smtpsim.auth.body import Body
from smtpsim.auth.signature import Reason
from smtpsim.kernel.dns import Answer

if TYPE_CHECKING:
    from smtpsim.auth.clocked import Clocked

LARGEST_HEADER = 100_000
LONGEST_SIGNATURE = 4_096
MOST_NAMES = 100
"""Anybody can send a message: what is larger is not looked at, so that none takes long (RFC 6376 6.1, 8.4, RFC 8617
9.1, 9.2). Octets, and names in h=."""

LARGEST_MODULUS = 4_096
LARGEST_EXPONENT = 32
"""Verifiers must handle moduli of 1,024 to 4,096 bits (RFC 8301 3.2); every exponent in use is 3, 17 or 65,537."""

# p= without a value: the key was withdrawn (RFC 6376 3.6.1)
_REVOKED = re.compile(rb"(?:^|;)\s*p\s*=\s*(?:;|$)")


def take_key(letter: Clocked, answer: Answer) -> Reason | None:
    """Give the verifier the key of this answer; why that cannot be done, where it cannot."""
    return _unusable(answer) or _read(letter, answer)


def _unusable(answer: Answer) -> Reason | None:
    """Why there is no key to verify with, before its record is read."""
    if answer.failed:
        return Reason.DNS_FAILED
    if not answer.records or not isinstance(answer.records[0], bytes):
        return Reason.NO_KEY
    return Reason.REVOKED if _REVOKED.search(answer.records[0]) else None


def _read(letter: Clocked, answer: Answer) -> Reason | None:
    from dkim import KeyFormatError, evaluate_pk

    try:
        letter.pk, letter.keysize, letter.ktag, letter.seqtlsrpt = evaluate_pk(answer.name, answer.records[0])
    except (KeyFormatError, ValueError):
        return Reason.BAD_KEY
    if letter.ktag == b"rsa" and _costly(letter.pk):
        return Reason.KEY_TOO_LARGE
    return Reason.BAD_KEY if letter.seqtlsrpt else None


def _costly(key: Mapping[str, int]) -> bool:
    """Whether an RSA key is larger than anybody needs: an exponent of 16,000 bits took 12 seconds a signature."""
    return key["modulus"].bit_length() > LARGEST_MODULUS or key["publicExponent"].bit_length() > LARGEST_EXPONENT


def good_header(letter: Clocked, names: list[bytes], field: Any, tags: Mapping[bytes, bytes]) -> Reason:
    """Whether the fields of these names (lower case) are as they were signed, by the key that the letter was given.
    `field` is the signature itself: its name and its value."""
    from dkim import KeyFormatError

    # without bh= dkimpy leaves the body alone; only b= counts of the tags for the header
    of_header = {name: value for name, value in tags.items() if name != b"bh"}
    try:
        good = letter.verify_sig_process(of_header, list(names), field, None)
    except KeyFormatError:
        return Reason.BAD_KEY
    return Reason.VERIFIED if good else Reason.HEADER


def same_body(tags: Mapping[bytes, bytes], body: Body) -> bool:
    """Whether the body has the hash that bh= says."""
    from dkim import HASH_ALGORITHMS, CanonicalizationPolicy

    form = CanonicalizationPolicy.from_c_value(tags.get(b"c", b"simple/simple")).body_algorithm
    length = int(tags[b"l"]) if b"l" in tags else None
    algorithm = HASH_ALGORITHMS[tags[b"a"]]().name
    return body.digest(form.name == b"relaxed", algorithm, length) == b64decode(b"".join(tags[b"bh"].split()))
