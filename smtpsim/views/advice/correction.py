"""The line that was typed with its mistake mended: found by trying what may have been meant."""

from __future__ import annotations

import re
from collections.abc import Iterator

from smtpsim.protocol.smtp.service import Service
from smtpsim.session.simulation import Turn, TurnKind, client_name
from smtpsim.views.advice.nearest import nearest
from smtpsim.views.advice.typos import half_width

_PROMPT = re.compile(r"^\s*[>$#]\s*")
_GLUED = re.compile(r"(MAIL|RCPT)(?=FROM|TO)", re.IGNORECASE)
_WORD = re.compile(r"([A-Za-z]+)[^\w<]*")
_ADDRESS = re.compile(r"""[^\s<>,;:'"()、]+@[^\s<>,;:'"()、]+""")

_KEYWORDS = {"MAIL": "FROM", "RCPT": "TO"}
_NAMES = {"FROM": "MAIL", "TO": "RCPT", "CC": "RCPT", "BCC": "RCPT"}
_HELLO = ("HELO", "EHLO")

_OUT_OF_ORDER = 503


def mended(turn: Turn, before: Turn | None) -> str:
    """What a refused line may have meant, as this server reads it without a remark, whatever it answers; "" where that
    is not plain, and for lines that were taken."""
    if before is None or turn.kind != TurnKind.COMMAND or not turn.faults or turn.after.access:
        return ""
    if turn.reply is None or turn.reply.accepts or before.after.access:
        return ""
    return next((line for line in _candidates(turn) if line != turn.line and _is_right(line, before)), "")


def is_in_order(line: str, before: Turn) -> bool:
    """Whether a line may be said at that point of the dialogue."""
    reply = before.after.say(line).reply
    return reply is not None and reply.code != _OUT_OF_ORDER


def _is_right(line: str, before: Turn) -> bool:
    tried = before.after.say(line)
    return tried.reply is not None and not tried.faults


def _candidates(turn: Turn) -> Iterator[str]:
    """Lines that may have been meant, the likeliest first."""
    service = turn.after.connection.host.service
    text = _GLUED.sub(r"\1 ", _PROMPT.sub("", half_width(turn.line))).strip()
    found = _WORD.match(text)
    verb = _verb(found.group(1).upper(), service) if found else ""
    if not found or not verb:
        return
    rest = text[found.end() :]
    if verb in _KEYWORDS:
        yield from _envelope(verb, text, turn)
    elif verb in _HELLO:
        yield from (f"{verb} {name}" for name in (rest, client_name(turn.after)) if name)
    else:
        yield from (f"{verb} {rest}".rstrip(), verb)


def _verb(word: str, service: Service) -> str:
    """The verb that a word is, stands for or is near to."""
    return word if word in service.verbs else _NAMES.get(word) or nearest(word, tuple(service.verbs))


def _envelope(verb: str, text: str, turn: Turn) -> Iterator[str]:
    """MAIL or RCPT with the first address of the line, and with what stands behind it where that is right. A parameter
    that the server knows is not dropped: its value is wrong, and the remark on that says what it may be."""
    found = _ADDRESS.search(text)
    null = "<>" in text and verb == "MAIL"
    address = found.group() if found else ""
    if address or null:
        line = f"{verb} {_KEYWORDS[verb]}:<{address}>"
        behind = (text[found.end() :] if found else text.partition("<>")[2]).lstrip("> ")
        yield f"{line} {behind}".rstrip()
        if not _is_offered(behind.partition("=")[0].upper(), turn):
            yield line


def _is_offered(parameter: str, turn: Turn) -> bool:
    connection = turn.after.connection
    service = connection.host.service
    return connection.state.esmtp and parameter in {*service.mail_parameters, *service.rcpt_parameters}
