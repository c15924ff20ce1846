"""A key, its public half, and letters to sign."""

from __future__ import annotations

from pathlib import Path

from smtpsim.auth.sign import SigningKey
from smtpsim.kernel.dns import record_text
from smtpsim.world.load import shipped, shipped_world

KEY = SigningKey("example.com", "k1", Path(shipped().path, "keys/example.com.pem").read_text(encoding="ascii"))
NAME = "k1._domainkey.example.com"
PUBLIC = record_text(shipped_world().zones.query(NAME, "TXT").records[0])
NOW = 1_775_034_000

LETTER = (
    b"From: Ann <ann@example.com>\r\n"
    b"To: bob@example.net\r\n"
    b"Subject: A word\r\n"
    b" in your ear\r\n"
    b"\r\n"
    b"Hello  Bob,\r\n"
    b"this is all.\r\n"
    b"\r\n"
)
