"""own_list: a provider's list of its own. It counts how many of the recipients that an address names are nobody here:
who sends to many dead addresses has an old list. First it puts that address off, then it turns it away for a time."""

from __future__ import annotations

from typing import NamedTuple

from smtpsim.kernel.duration import HOUR, MINUTE
from smtpsim.kernel.finding import Finding
from smtpsim.kernel.ref import Ref
from smtpsim.protocol.smtp.question import AskConnection, AskRecipient, Verdict
from smtpsim.protocol.smtp.reply import ReplyRule
from smtpsim.world.directory import is_local
from smtpsim.world.generations import recalled
from smtpsim.world.memory import Noted
from smtpsim.world.model import Alike, Case, DeliveryStatus, Policy, Shown, World
from smtpsim.world.policies.relay import is_known
from smtpsim.world.tally import NONE, Tally, counted, total

PUT_OFF = ReplyRule(
    "own-list-deferred",
    421,
    "4.7.0",
    "Messages from {ip} temporarily deferred: too many unknown recipients; try again later",
    Ref(5321, "7.9"),
)
TURNED_AWAY = ReplyRule(
    "own-list-refused",
    554,
    "5.7.1",
    "Messages from {ip} not accepted: too many unknown recipients over the last hours",
    PUT_OFF.ref,
)

RULES = {"deferred": PUT_OFF, "refused": TURNED_AWAY}

UNKNOWN = "5.1.1"
"""Whoever decides it, and in whatever words: the mailbox does not exist (RFC 3463 3.2)."""


class Standing(NamedTuple):
    """How many recipients an address named, and how many of them were unknown; `level` is deferred or refused until
    `until`, in seconds since 1970, "" for neither."""

    named: Tally = NONE
    unknown: Tally = NONE
    level: str = ""
    until: int = 0


class Rate(NamedTuple):
    named: int
    unknown: int

    @property
    def percent(self) -> int:
        """Rounded down."""
        return self.unknown * 100 // self.named if self.named else 0


def standing_of(world: World, host: str, address: str) -> Standing:
    """What a host that keeps such a list has against an address now."""
    found = recalled(world.memory, ("own_list", host)).get(address)
    standing = found if isinstance(found, Standing) else Standing()
    over = standing.level and standing.until <= world.now
    return Standing(standing.named, standing.unknown) if over else standing


def _at_connect(case: Case, question: AskConnection) -> Verdict | None:
    if is_known(case):
        return None
    standing = standing_of(case.world, case.host.name, case.client_ip)
    if standing.level and case.settings["at"] == "connect":
        return _refusal(case, standing)
    return Verdict(findings=(_check(case, standing),))


def _at_rcpt(case: Case, question: AskRecipient) -> Verdict | None:
    """As long as nothing is against the client, there is something to find out only once the others have answered."""
    if is_known(case):
        return None
    standing = standing_of(case.world, case.host.name, case.client_ip)
    return _refusal(case, standing) if standing.level else None


def _refusal(case: Case, standing: Standing) -> Verdict:
    return Verdict(RULES[standing.level], {"ip": case.client_ip}, (_check(case, standing),))


def _hears_rcpt(case: Case, question: AskRecipient, verdict: Verdict) -> Verdict:
    """Count a recipient that was accepted or is unknown here; one refused for another reason tells nothing."""
    unknown = verdict.rule is not None and not verdict.accepts and verdict.rule.enhanced == UNKNOWN
    if not (verdict.accepts or unknown) or is_known(case) or not is_local(case.host, question.path):
        return verdict
    heard = heard_of(case, 1, int(unknown))
    findings = (*verdict.findings, _check(case, heard.standing))
    return verdict._replace(findings=findings, notes=(*verdict.notes, heard.note))


def _at_once(case: Case, mails: tuple[Alike, ...]) -> tuple[Noted, ...]:
    """Everything but what never came here."""
    came = [mail for mail in mails if mail.outcome is not None and mail.outcome.status != DeliveryStatus.SUPPRESSED]
    unknown = sum(mail.size for mail in came if mail.unknown)
    return (heard_of(case, sum(mail.size for mail in came), unknown).note,) if came else ()


class Heard(NamedTuple):
    """What a host has against its client from now on, and the note that remembers it."""

    standing: Standing
    note: Noted


def heard_of(case: Case, named: int, unknown: int) -> Heard:
    """The client has named so many recipients more, and so many of them are unknown."""
    standing = _after(case, standing_of(case.world, case.host.name, case.client_ip), named, unknown)
    key, now, period = ("own_list", case.host.name), case.world.now, _period(case)
    span = period + max(case.number("cool-down") * HOUR, case.number("pause") * MINUTE)
    kept = recalled(case.world.memory, key).put(case.client_ip, standing, now, span)
    return Heard(standing, Noted(key, kept))


def _after(case: Case, standing: Standing, more: int, unknown: int) -> Standing:
    """The counts with some recipients more. Only unknown ones let the address sink; at the worst the counts begin
    anew once its time is over."""
    now, period = case.world.now, _period(case)
    named = counted(standing.named, now, period, more)
    if not unknown:
        return standing._replace(named=named)
    standing = Standing(named, counted(standing.unknown, now, period, unknown))
    rate = _rate(standing, now, period)
    if rate.named < case.number("minimum"):
        return standing
    if rate.percent >= case.number("refuse"):
        return Standing(level="refused", until=now + case.number("cool-down") * HOUR)
    if rate.percent >= case.number("defer"):
        return standing._replace(level="deferred", until=now + case.number("pause") * MINUTE)
    return standing


def _rate(standing: Standing, now: int, period: int) -> Rate:
    return Rate(total(standing.named, now, period), total(standing.unknown, now, period))


def _check(case: Case, standing: Standing) -> Finding:
    rate = _rate(standing, case.world.now, _period(case))
    few = rate.named < case.number("minimum")
    result = standing.level or "tolerated"
    shown = f"{rate.unknown}/{rate.named}" if standing.level != "refused" else ""
    reason = standing.level or ("few" if few else "tolerated")
    return Finding("own_list", "client", case.client_ip, case.host.name, result, shown, reason, PUT_OFF.ref)


def _period(case: Case) -> int:
    return max(1, case.number("hours")) * HOUR


def _holds(case: Case) -> Finding:
    return _check(case, standing_of(case.world, case.host.name, case.client_ip))


def _renew(case: Case, finding: Finding) -> Finding:
    """Asked again for another address."""
    return _holds(case)


POLICY = Policy(
    "own_list",
    {"connect": _at_connect, "rcpt": _at_rcpt},
    tuple(RULES.values()),
    settings={
        "hours": 24,
        "minimum": 20,
        "defer": 5,
        "refuse": 10,
        "pause": 60,
        "cool-down": 24,
        "at": "connect",
    },
    choices={"at": ("connect", "rcpt")},
    renew=_renew,
    hears={"rcpt": _hears_rcpt},
    shows={"own_list": Shown("lists", {"tolerated": "good", "deferred": "wait", "refused": "bad"}, "lists.own-list")},
    bulk=True,
    at_once=_at_once,
    holds=_holds,
)
