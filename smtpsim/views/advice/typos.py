"""Commands that nobody knows, and what was probably meant."""

from __future__ import annotations

import re
from collections.abc import Callable

from smtpsim.protocol.smtp.service import Service
from smtpsim.protocol.smtp.table import VERBS
from smtpsim.session.simulation import Turn
from smtpsim.views.advice.nearest import nearest
from smtpsim.views.advice.said import Advice

Found = re.Match[str]
Meant = Callable[[Found, Service], str]


def slip(turn: Turn) -> Advice | None:
    """What to say about a turn whose line begins with no verb of the server."""
    line = half_width(turn.line).strip()
    service = turn.after.connection.host.service
    for key, pattern, meant in _SLIPS:
        match = pattern.match(line)
        if match:
            return Advice(key, {"meant": meant(match, service)})
    word = line.partition(" ")[0].rstrip(_STOPS).upper()
    if word in service.verbs:
        return None
    verb = nearest(word, tuple(service.verbs))
    return Advice("misspelt", {"meant": _form(verb, service)}) if verb else None


_STOPS = ".,;!?"

_HALF_WIDTH = {0x3000: " "} | {wide: wide - 0xFEE0 for wide in range(0xFF01, 0xFF5F)}


def half_width(text: str) -> str:
    """The text with ASCII's own signs in the place of their full-width forms."""
    return text if text.isascii() else text.translate(_HALF_WIDTH)


def _form(verb: str, service: Service) -> str:
    """How a verb is typed, at a server that may not have it."""
    return service.verbs[verb].form if verb in service.verbs else verb


def _nothing(match: Found, service: Service) -> str:
    return ""


def _verb(match: Found, service: Service) -> str:
    """The form of the verb that the pattern found."""
    return _form(match.group(1).upper(), service)


def _envelope(match: Found, service: Service) -> str:
    return _form(_BY_KEYWORD[match.group(1).upper()], service)


_BY_KEYWORD = {"FROM": "MAIL", "TO": "RCPT"}


def _connect(match: Found, service: Service) -> str:
    host, port = match.groups()
    return f":connect {host}" if port in (None, "25") else f":connect {host}:{port}"


def _row(key: str, pattern: str, meant: Meant = _nothing) -> tuple[str, re.Pattern[str], Meant]:
    return key, re.compile(pattern, re.IGNORECASE), meant


_SLIPS = (
    _row("space-missing", r"(MAIL(?=FROM)|RCPT(?=TO))", _verb),
    _row("sign-behind", rf"({'|'.join(VERBS)})[:;.,!?、。]", _verb),
    _row("misspelt", r"(FROM|TO)\s*:?\s*<", _envelope),
    _row("copies", r"b?cc\b"),
    _row("header-outside", r"[^\s:<>@]+\s?:(?!//)"),
    _row("dot-outside", r"\.\s*$"),
    _row("leaving", r"(?:exit|bye|log ?out|log ?off|close|disconnect|q)\b"),
    _row("connecting", r"(?:telnet|nc|ncat|netcat|connect|open|ssh)\s+([^\s:]+)(?:[\s:]+(\d+))?\s*$", _connect),
    _row("asking", r"(?:\?|man\b|[-/]+h(?:elp)?\b|commands\b)"),
    _row("reply-typed", r"[2-5][0-9][0-9]\b"),
    _row("prompt-typed", r"[>$#]"),
    _row("web", r"(?:GET|POST|HEAD)\s+\S+"),
    _row("text-outside", r"[^\x00-\x7f]"),
)
"""What the line's start says of the mistake: the first row whose pattern matches. The last column fills the words."""

SLIPS = tuple(dict.fromkeys(key for key, _, _ in _SLIPS))
