"""The keys that a host signs with: `[dkim."example.com"]` names a selector and a file in the folder `keys`."""

from __future__ import annotations

import os
import re

from smtpsim.auth.sign import SigningKey
from smtpsim.kernel.domain import a_labels
from smtpsim.world.load.fault import unread
from smtpsim.world.load.names import is_domain
from smtpsim.world.load.source import KEYS, Source
from smtpsim.world.load.table import Table

# an RSAPrivateKey in PEM (RFC 7468 13, RFC 8017 A.1.2), by itself or wrapped; text may stand above it
_PEM = re.compile(
    r"(?:[^-].*\n|\n)*"
    r"-----BEGIN (?:RSA )?PRIVATE KEY-----\n((?:[A-Za-z0-9+/]{1,76}={0,2}\n)+)-----END (?:RSA )?PRIVATE KEY-----\n*"
)


def read_keys(table: Table, source: Source) -> tuple[SigningKey, ...]:
    """The keys by the domains that they sign for; mistakes go into the table's report."""
    found = tuple(_key(domain, table.table(domain), source) for domain in table.data)
    for domain in table.data:
        if not is_domain(domain):
            table.wrong(domain, "not-a-domain", found=domain)
    return found


def _key(domain: str, table: Table, source: Source) -> SigningKey:
    selector, file = table.text("selector"), table.text("key")
    if not is_domain(f"{selector}.example"):
        table.wrong("selector", "not-a-selector", found=selector)
    key = SigningKey(a_labels(domain).lower(), selector, _pem(file, table, source))
    table.close()
    return key


def _pem(file: str, table: Table, source: Source) -> str:
    """The text of a key file. It lies in the world's own folder, and nowhere else."""
    text = ""
    if file != os.path.basename(file) or not file:
        table.wrong("key", "not-a-key-file", found=file)
        return text
    try:
        text = source.read(os.path.join(KEYS, file))
    except OSError as wrong:
        key, values = unread(wrong)
        table.wrong("key", f"key-{key}", found=file, **values)
        return text
    except UnicodeDecodeError:
        pass
    if not _is_key(text):
        table.wrong("key", "not-a-key", found=file)
    return text


def _is_key(text: str) -> bool:
    """Whether the file is as long as it says: a DER sequence with a length of two octets (X.690 8.1.3), as all RSA
    keys from 1024 to 8192 bits are. dkimpy, which could tell more, takes long to load."""
    from binascii import Error, a2b_base64

    match = _PEM.fullmatch(text)
    try:
        octets = a2b_base64(match[1]) if match else b""
    except Error:
        return False
    return octets[:2] == b"\x30\x82" and int.from_bytes(octets[2:4]) == len(octets) - 4
