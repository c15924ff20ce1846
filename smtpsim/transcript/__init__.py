"""Transcripts: a recorded dialogue as a value, and the forms it is read from and written in.

>>> dialogue = read(b"220 hi\\n> QUIT\\n221 bye\\n")
>>> write(dialogue, "json").splitlines()[1]
b'{"who": "client", "text": "QUIT"}'
"""

from __future__ import annotations

from smtpsim.transcript.dialogue import (
    Client,
    Command,
    Content,
    Dialogue,
    Directive,
    Entry,
    Note,
    Place,
    Server,
    Target,
    TranscriptFault,
)
from smtpsim.transcript.files import FormatError, read, write
from smtpsim.transcript.secrets import masked, redacted

__all__ = [
    "Client",
    "Command",
    "Content",
    "Dialogue",
    "Directive",
    "Entry",
    "FormatError",
    "Note",
    "Place",
    "Server",
    "Target",
    "TranscriptFault",
    "masked",
    "read",
    "redacted",
    "write",
]
