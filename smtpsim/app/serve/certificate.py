"""TLS: the certificate that was given, or one that is made at the start and thrown away at the end."""

from __future__ import annotations

import os
import ssl
import tempfile
from collections.abc import Iterable

from smtpsim.disk.regular import MEBIBYTE, open_regular
from smtpsim.kernel.duration import DAY
from smtpsim.kernel.ip import is_address

MOST_OCTETS = MEBIBYTE
"""A certificate with its chain, and a key, may each be so large."""


def from_files(certificate: str, key: str) -> ssl.SSLContext:
    """The context for a certificate on the disk. Raises OSError or ssl.SSLError for files that are none."""
    for path in filter(None, (certificate, key)):
        open_regular(path, MOST_OCTETS).close()  # the library would wait for a pipe, and read a device for ever
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate, key or None)
    return context


def thrown_away(names: Iterable[str]) -> tuple[ssl.SSLContext, bytes]:
    """A context with a certificate for these names, valid for a day, and the certificate in PEM, for clients that
    shall trust it. Raises ImportError where the library that makes it is not installed."""
    certificate, key = _made(tuple(dict.fromkeys(names)))
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    with tempfile.TemporaryDirectory(prefix="smtpsim-") as folder:
        path = os.path.join(folder, "both.pem")
        with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(certificate + key)
        context.load_cert_chain(path)
    return context, certificate


def _made(names: tuple[str, ...]) -> tuple[bytes, bytes]:
    """The certificate and its key, both in PEM. An elliptic curve, since an RSA key takes up to a second to make."""
    from datetime import UTC, datetime, timedelta
    from ipaddress import ip_address

    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    key = ec.generate_private_key(ec.SECP256R1())
    who = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, names[0])])
    others = [x509.IPAddress(ip_address(name)) if is_address(name) else x509.DNSName(name) for name in names]
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(who)
        .issuer_name(who)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(seconds=DAY))
        .not_valid_after(now + timedelta(seconds=DAY))
        .add_extension(x509.SubjectAlternativeName(others), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    plain = serialization.NoEncryption()
    private = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain)
    return made.public_bytes(serialization.Encoding.PEM), private
