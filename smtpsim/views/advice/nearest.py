"""The verb that a word is one slip of the fingers away from, or that it stands for in common speech."""

from __future__ import annotations

from collections.abc import Sequence

_SPEECH = {
    "HI": "HELO",
    "FROM": "MAIL",
    "SENDER": "MAIL",
    "TO": "RCPT",
    "RECIPIENT": "RCPT",
    "SEND": "DATA",
    "BODY": "DATA",
    "MESSAGE": "DATA",
    "CANCEL": "RSET",
    "ABORT": "RSET",
    "VERIFY": "VRFY",
    "EXPAND": "EXPN",
    "LOGIN": "AUTH",
    "TLS": "STARTTLS",
}


def nearest(word: str, verbs: Sequence[str]) -> str:
    """The verb that was meant by an upper-case word, "" where none is near enough."""
    spoken = _SPEECH.get(word, "")
    return spoken if spoken in verbs else next((verb for verb in verbs if one_edit(word, verb)), "")


def one_edit(word: str, verb: str) -> bool:
    """Whether one letter too many, too few or wrong, or two in each other's place, are all that differs."""
    start = next((i for i, (a, b) in enumerate(zip(word, verb, strict=False)) if a != b), min(len(word), len(verb)))
    typed, meant = word[start:], verb[start:]
    swapped = typed[1:2] + typed[:1] + typed[2:]
    return word != verb and meant in (typed[1:], meant[:1] + typed, meant[:1] + typed[1:], swapped)
