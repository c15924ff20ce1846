"""The verbs that a line is known by to be a command (RFC 5321 4.1.1, RFC 821 4.1.1 and the extensions)."""

from __future__ import annotations

import re

_BASIC = ("HELO", "EHLO", "MAIL", "RCPT", "DATA", "RSET", "NOOP", "QUIT", "VRFY", "EXPN", "HELP")
_EXTENDED = ("AUTH", "STARTTLS", "BDAT", "ETRN", "LHLO", "XCLIENT", "XFORWARD", "VERB")
_OBSOLETE = ("SEND", "SOML", "SAML", "TURN")
VERBS = frozenset(_BASIC + _EXTENDED + _OBSOLETE)

_FIRST = re.compile(r"[A-Za-z]+(?=$|[ \t:])")


def is_command(text: str) -> bool:
    """Whether a line begins with a verb."""
    match = _FIRST.match(text)
    return match is not None and match[0].upper() in VERBS
