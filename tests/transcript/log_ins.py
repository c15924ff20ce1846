"""Lines by which people log in, or nearly do, each with what of them is secret."""

from __future__ import annotations

SECRET = "AGFubgBvcGVuLXNlc2FtZQ=="
"""The user `ann` and the password `open-sesame` as PLAIN has them."""

USER, PASSWORD = "YW5uLWFubg==", "b3Blbi1zZXNhbWU="
SECRETS = (SECRET, USER, PASSWORD, "open-sesame")

LOG_INS: tuple[tuple[str, ...], ...] = (
    ("AUTH LOGIN", USER, PASSWORD),
    ("auth login", USER, PASSWORD),
    (f"AUTH LOGIN {USER}", PASSWORD),
    ("AUTH PLAIN", SECRET),
    (f"AUTH PLAIN {SECRET}",),
    (f" AUTH PLAIN {SECRET}",),
    (f"AUTH=PLAIN {SECRET}",),
    (f"AUTHPLAIN {SECRET}",),
    ("AUTH CRAM-MD5", SECRET),
    ("AUTH LOGIN", "*", "AUTH LOGIN", USER, PASSWORD),
    ("AUTH LOGIN", USER, "not base64", USER, PASSWORD),
    ("AUTH LOGIN", USER, PASSWORD, PASSWORD),
    (f"AUTH LOGIN {PASSWORD}", "RSET"),
    ("AUTH LOGIN", PASSWORD, "NOOP"),
    ("AUTH FOO", SECRET),
    ("RSET", SECRET),
)


def told(text: str) -> list[str]:
    """The secrets that a text gives away."""
    return [secret for secret in SECRETS if secret.lower() in text.lower()]
