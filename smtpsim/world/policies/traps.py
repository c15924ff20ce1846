"""traps: mailboxes that nobody reads. Abandoned ones first refuse mail for a long time, as unknown users; later they
take it without a word, and the operators of blocklists hear who sent it. Some were never anybody's, and trap at once.

The traps are mailboxes of the host; what comes to a watched one is never delivered.
"""

from __future__ import annotations

from functools import lru_cache

from smtpsim.kernel.address import Path, mailbox_address
from smtpsim.kernel.finding import Finding
from smtpsim.kernel.ref import Ref
from smtpsim.protocol.smtp.question import AskMessage, AskRecipient, Disposition, Verdict
from smtpsim.protocol.smtp.reply import ReplyRule
from smtpsim.world.blocklists import TrapHit
from smtpsim.world.calendar import day_begins
from smtpsim.world.directory import Box, is_local, place
from smtpsim.world.dnsbl import ZEN
from smtpsim.world.model import Alike, Case, DeliveryStatus, Policy, Shown

ABANDONED = ReplyRule("user-abandoned", 550, "5.1.1", "<{address}> User unknown", Ref(5321, "3.3"))

REASON = "trap"
"""Why the letter is not delivered (`handling.KEY`)."""

WATCHED = Ref(5321, "6.2")
"""Dropping a letter without a word is for hostile mail only."""


def _at_rcpt(case: Case, question: AskRecipient) -> Verdict | None:
    phase = _phase(case, question.path)
    if phase not in ("bouncing", "watched"):
        return None
    refused = phase == "bouncing"
    values = {"address": str(question.path)} if refused else {}
    return Verdict(ABANDONED if refused else None, values, (_check(question.path, phase),))


def _at_message(case: Case, question: AskMessage) -> Verdict | None:
    watched = tuple(Disposition(str(path), "drop", REASON) for path in _watched(case, question))
    return Verdict(handling=watched) if watched else None


def _hears_message(case: Case, question: AskMessage, verdict: Verdict) -> Verdict:
    """A letter that was taken is a hit for each trap among its recipients, with each of the operators."""
    if not verdict.accepts:
        return verdict
    zones = case.texts("lists")
    hits = tuple(TrapHit(zone, case.client_ip) for _ in _watched(case, question) for zone in zones)
    return verdict._replace(notes=verdict.notes + hits) if hits else verdict


def _at_once(case: Case, mails: tuple[Alike, ...]) -> tuple[TrapHit, ...]:
    """Those that were taken, and dropped without a word."""
    taken = sum(
        mail.size
        for mail in mails
        if mail.outcome is not None
        and mail.outcome.status == DeliveryStatus.DROPPED
        and _phase(case, mail.path) == "watched"
    )
    return tuple(TrapHit(zone, case.client_ip, taken) for zone in case.texts("lists")) if taken else ()


def _watched(case: Case, question: AskMessage) -> list[Path]:
    paths = (recipient.path for recipient in question.envelope.recipients)
    return [path for path in paths if _phase(case, path) == "watched"]


def _phase(case: Case, path: Path) -> str:
    """Where a forward-path stands: alive, bouncing, watched, or "" for what is no trap."""
    where = place(case.world, case.host, path) if is_local(case.host, path) else None
    if not isinstance(where, Box):
        return ""
    if where.address in _addresses(case.texts("pristine")):
        return "watched"
    if where.address not in _addresses(case.texts("traps")):
        return ""
    if case.world.now >= _begins(case, "watched-from"):
        return "watched"
    return "bouncing" if case.world.now >= _begins(case, "bouncing-from") else "alive"


def _begins(case: Case, setting: str) -> int:
    return day_begins(str(case.settings[setting])) or 0


@lru_cache(maxsize=64)
def _addresses(setting: tuple[str, ...]) -> frozenset[str]:
    return frozenset(map(mailbox_address, setting))


def _check(path: Path, phase: str) -> Finding:
    """Named by its mailbox, so that it is found once however often it is asked for."""
    address = f"{path.mailbox}@{path.host}"
    return Finding(
        "trap", "mailfrom", str(path), address, phase, "", phase, WATCHED if phase == "watched" else ABANDONED.ref
    )


POLICY = Policy(
    "traps",
    {"rcpt": _at_rcpt, "message": _at_message},
    (ABANDONED,),
    settings={"traps": (), "pristine": (), "bouncing-from": "", "watched-from": "", "lists": (ZEN,)},
    forms={
        "traps": "mailbox",
        "pristine": "mailbox",
        "bouncing-from": "date",
        "watched-from": "date",
        "lists": "domain",
    },
    hears={"message": _hears_message},
    shows={"trap": Shown("lists", {"bouncing": "bad", "watched": "warn"}, "lists.trap", domains=True)},
    bulk=True,
    at_once=_at_once,
    traps=("traps", "pristine"),
)
