"""What a fault on demand does at its moment: it refuses, it keeps the client waiting, or it breaks the connection."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from smtpsim.kernel.duration import DAY, seconds
from smtpsim.kernel.printable import printable
from smtpsim.kernel.ref import Ref
from smtpsim.protocol.smtp.question import Verdict
from smtpsim.protocol.smtp.reply import ReplyRule

ORDERED = ReplyRule("fault-ordered", 451, "4.3.0", "Local error in processing", Ref(5321, "4.2.1"))
"""The usual fault; the others are like it with another code and text."""

STAGES = ("connect", "helo", "mail", "rcpt", "data", "message", "quit")
"""The moments of a dialogue at which a fault can be ordered, by their questions."""

NAMES = {
    **{stage: stage for stage in STAGES},
    "greeting": "connect",
    "ehlo": "helo",
    "from": "mail",
    "to": "rcpt",
    "dot": "message",
    ".": "message",
}
"""The words for a stage; `dot` is the end of the letter."""

TEXTS = {
    421: ("4.3.2", "Service not available, closing transmission channel"),
    450: ("4.2.0", "Mailbox unavailable"),
    451: (ORDERED.enhanced, ORDERED.text),
    452: ("4.3.1", "Insufficient system storage"),
    550: ("5.1.1", "User unknown"),
    551: ("5.1.6", "User not local"),
    552: ("5.2.2", "Mailbox full"),
    553: ("5.1.3", "Mailbox name not allowed"),
    554: ("5.0.0", "Transaction failed"),
}
"""What servers mean by a code when nothing else is said (RFC 5321 4.2.3, RFC 3463 3)."""

LONGEST_DELAY = DAY


class Action(NamedTuple):
    """`rule` refuses; without one the reply takes `delay` seconds, or with `breaks` there is none."""

    rule: ReplyRule | None = None
    delay: int = 0
    breaks: bool = False

    def verdict(self) -> Verdict:
        """The action as the world's answer."""
        return Verdict(self.rule, delay=self.delay, breaks=self.breaks)


def refusal(code: str, enhanced: str = "", text: str = "") -> Action | None:
    """Refuse with this code (400 to 599); an enhanced code of another class is none (RFC 3463 2)."""
    if not re.fullmatch(r"[45]\d\d", code, re.ASCII) or (enhanced and enhanced[0] != code[0]):
        return None
    usual, words = TEXTS.get(int(code), (f"{code[0]}.0.0", "Fault on demand"))
    said = printable(text or words).replace("{", "(").replace("}", ")")
    return Action(ORDERED._replace(code=int(code), enhanced=enhanced or usual, text=said))


def delayed(text: str) -> Action | None:
    """Wait for `5s`, `2m` or `1h` before the reply."""
    delay = seconds(text, LONGEST_DELAY) if _DELAY.fullmatch(text) else None
    return Action(delay=delay) if delay else None


_DELAY = re.compile(r"\d{1,6}[smh]", re.ASCII | re.IGNORECASE)

_BROKEN = Action(breaks=True)

_FORMS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], Action | None]], ...] = (
    (
        re.compile(r"(?P<code>\d{3})(?:[ _](?P<enhanced>[45]\.\d{1,3}\.\d{1,3}))?", re.ASCII),
        lambda found: refusal(found["code"], found["enhanced"] or ""),
    ),
    (re.compile(r"delay ?(?P<time>\d+[smh])", re.ASCII | re.IGNORECASE), lambda found: delayed(found["time"])),
    (re.compile(r"drop", re.IGNORECASE), lambda found: _BROKEN),
)


def read_action(text: str) -> Action | None:
    """The action that a text is: `451`, `451 4.3.0`, `451_4.3.0`, `delay 5s`, `delay5s` or `drop`."""
    for form, made in _FORMS:
        found = form.fullmatch(text)
        if found:
            return made(found)
    return None


def action_text(action: Action) -> str:
    """The action as it is ordered, with the enhanced code that it has."""
    if action.rule:
        return f"{action.rule.code} {action.rule.enhanced}"
    return "drop" if action.breaks else f"delay {action.delay}s"


class OrderedFault(NamedTuple):
    """`stage` is one of `STAGES`, "" for the next moment of any kind; `left` how often it still happens, 0
    for as long as it stands; it happens at `host`, and to `recipient` alone where one is named (in lower case)."""

    number: int
    host: str
    stage: str
    action: Action
    left: int = 0
    recipient: str = ""
