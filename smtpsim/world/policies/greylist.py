"""greylist: who is not known yet shall come again later, as every mail server does and much spam does not (RFC 6647).

Remembered are the client's network, the envelope sender and the recipient.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from smtpsim.kernel.address import Path
from smtpsim.kernel.duration import DAY
from smtpsim.kernel.finding import Finding
from smtpsim.kernel.ref import Ref
from smtpsim.protocol.smtp.question import AskRecipient, Verdict
from smtpsim.protocol.smtp.reply import ReplyRule
from smtpsim.world.directory import is_local
from smtpsim.world.generations import recalled
from smtpsim.world.memory import Noted
from smtpsim.world.model import Case, Policy, Shown
from smtpsim.world.policies.relay import is_known

LATER = ReplyRule(
    "greylisted",
    450,
    "4.2.0",
    "<{address}>: Recipient address rejected: Greylisted, try again in {seconds} seconds",
    Ref(6647, "5"),
)


class Seen(NamedTuple):
    """When this was first tried, and when it last passed, 0 for never, in seconds since 1970."""

    first: int
    passed: int = 0


def _judge(case: Case, question: AskRecipient) -> Verdict | None:
    sender = case.state.envelope.sender if case.state.envelope else Path("", "")
    if _exempt(case, sender) or not is_local(case.host, question.path):
        return None
    network = _network(case.client_ip, case.number("ipv4-prefix"), case.number("ipv6-prefix"))
    entry = (network, f"{sender.local}@{sender.host}", f"{question.path.mailbox}@{question.path.host}")
    key = ("greylist", case.host.name)
    known = recalled(case.world.memory, key)
    before = known.get(entry)
    result, seen = _met(case, before if isinstance(before, Seen) else None)
    left = seen.first + case.number("delay") - case.world.now
    finding = _check(str(question.path), network, result, left)
    if seen is before:
        notes: tuple[Noted, ...] = ()
    else:
        span = max(case.number("days"), case.number("window"), 1) * DAY
        notes = (Noted(key, known.put(entry, seen, case.world.now, span)),)
    if result in ("passed", "known"):
        return Verdict(findings=(finding,), notes=notes)
    return Verdict(LATER, {"address": str(question.path), "seconds": left}, (finding,), notes=notes)


def _met(case: Case, before: Seen | None) -> tuple[str, Seen]:
    """What to make of a try, and what to remember of it."""
    now = case.world.now
    if before is None or _forgotten(case, before):
        fresh = Seen(now)
        return ("new", fresh) if case.number("delay") else ("passed", Seen(now, now))
    if before.passed:
        return "known", Seen(before.first, now)
    if now - before.first < case.number("delay"):
        return "early", before
    return "passed", Seen(before.first, now)


def _forgotten(case: Case, seen: Seen) -> bool:
    """Whether the second try came too late, or the last mail long ago."""
    if seen.passed:
        return case.world.now - seen.passed > case.number("days") * DAY
    return case.world.now - seen.first > case.number("window") * DAY


def _exempt(case: Case, sender: Path) -> bool:
    """Who logged in, the host's own machines and, as a rule, bounces: their senders may ask just once (RFC 6647 5)."""
    spared = sender.null and case.settings["null-sender"] == "exempt"
    return spared or is_known(case)


@lru_cache(maxsize=4096)
def _network(address: str, ipv4_prefix: int, ipv6_prefix: int) -> str:
    """The network that the address lies in: large senders try again from a neighbour."""
    from ipaddress import ip_network

    prefix = min(ipv6_prefix, 128) if ":" in address else min(ipv4_prefix, 32)
    return str(ip_network(f"{address}/{prefix}", strict=False))


def _check(recipient: str, network: str, result: str, left: int) -> Finding:
    """It stands for the newest recipient alone, however many there are."""
    return Finding("greylist", "mailfrom", recipient, network, result, str(max(0, left)), result, LATER.ref)


POLICY = Policy(
    "greylist",
    {"rcpt": _judge},
    (LATER,),
    settings={
        "delay": 300,
        "window": 2,
        "days": 35,
        "ipv4-prefix": 24,
        "ipv6-prefix": 64,
        "null-sender": "exempt",
    },
    choices={"null-sender": ("exempt", "greylist")},
    shows={
        "greylist": Shown(
            "lists", {"new": "wait", "early": "wait", "passed": "good", "known": "good"}, "lists.greylist"
        )
    },
    bulk=True,
)
