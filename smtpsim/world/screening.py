"""Screening: what a carrier decides for each recipient of a letter, by SPF and by the lists of the subscriber.

One reply after the dot speaks for all recipients (RFC 5321 4.2.5). A letter that nobody gets is refused; where others
get it, it is accepted, and dropped for those whose filter refuses it. A bounce would go to the very sender whom
the filter took for forged.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import NamedTuple

from smtpsim.kernel.address import Path
from smtpsim.kernel.finding import Finding, Identity
from smtpsim.kernel.ref import Ref
from smtpsim.message.addresses import addresses_in
from smtpsim.protocol.smtp.question import AskMessage, AskRecipient, Disposition, Verdict
from smtpsim.protocol.smtp.reply import ReplyRule
from smtpsim.world.directory import Box, is_local, place
from smtpsim.world.model import Case, Setting, Shown
from smtpsim.world.spf import author, helo_of, spf_finding
from smtpsim.world.subscriber import Subscriber, listed

REF = Ref(5321, "7.9")
"""A server may refuse mail for any reason that makes sense to its site."""

ANSWERS = ("reject", "drop")
"""What can be done with mail that is not wanted: say so, or accept it and deliver nothing."""


class View(NamedTuple):
    """What a filter sees of a letter: the SPF findings, None for an author who is not to be made out; the address that
    lists are compared with (the From header's, or else the envelope's); and whom To and Cc name."""

    helo: Finding
    mailfrom: Finding
    author: Finding | None
    sender: str
    named: tuple[str, ...]

    def found(self, identity: Identity) -> Finding | None:
        """The finding on helo, mailfrom or header-from."""
        return self.author if identity == "header-from" else self.helo if identity == "helo" else self.mailfrom


_DECISIONS = {"taken": "good", "refused": "bad", "dropped": "bad", "divided": "bad", "deferred": "wait"}

SHOWS = {"spf": Shown("spf"), "spoofing": Shown("lights", _DECISIONS), "allowlist": Shown("lights", _DECISIONS)}
"""How the findings of all who screen so are shown: the verdicts of SPF, and the decision on each recipient."""


class Ruling(NamedTuple):
    """What a rule says: `kind` is spoofing or allowlist, `identity` is what it went by, `reason` a key for the
    catalogues (`handling.KEY`). Mail that is not `wanted` is treated as its kind is; where a finding is only missing
    because the DNS did not answer, it is `later`."""

    wanted: bool
    kind: str
    identity: Identity
    reason: str
    later: bool = False


class Fate(NamedTuple):
    """What becomes of the letter for one recipient: taken, refused, dropped, deferred, or divided (it would be refused,
    if nobody else got it)."""

    recipient: Path
    ruling: Ruling
    result: str


class Screen(NamedTuple):
    """Who screens: the name of the policy, and what it says when it refuses, and when it cannot tell yet."""

    policy: str
    refusal: ReplyRule
    later: ReplyRule


Rule = Callable[[View, Subscriber], Ruling | None]
"""Gives None for no opinion; the next rule is asked then."""

PASSED = Ruling(True, "spoofing", "header-from", "nothing-against")
"""What is said when no rule objects."""

REASONS = (
    "nothing-against",
    "spoofing-off",
    "permitted",
    "on-allow-list",
    "not-on-allow-list",
    "on-deny-list",
    "helo-not-pass",
    "mailfrom-not-pass",
    "from-not-pass",
    "from-without-record",
    "from-unclear",
    "mailfrom-forged",
    "mobile-forged",
)
"""All that a ruling can give as its reason."""


def view(case: Case, question: AskMessage) -> View:
    """Look at a letter as a filter does."""
    helo, sender = helo_of(case), str(question.envelope.sender)
    who = author(question.content)
    headers = question.content.headers
    named = (address for name in ("To", "Cc") for value in headers.values(name) for address in addresses_in(value))
    return View(
        spf_finding(case, "helo", helo, helo),
        spf_finding(case, "mailfrom", sender, helo),
        spf_finding(case, "header-from", who, helo) if who else None,
        who or sender,
        tuple(named),
    )


def first(rules: Iterable[Rule], seen: View, subscriber: Subscriber) -> Ruling:
    """What the first rule says that has an opinion."""
    return next((ruling for rule in rules if (ruling := rule(seen, subscriber))), PASSED)


def screened(
    case: Case,
    question: AskMessage,
    rule: Callable[[View, Subscriber], Ruling],
    answers: Mapping[str, Setting],
    screen: Screen,
) -> Verdict:
    """The verdict on the whole letter. `answers` gives for each kind of ruling one of ANSWERS."""
    seen = view(case, question)
    paths = [one.path for one in question.envelope.recipients if is_local(case.host, one.path)]
    fates = [_fate(path, rule(seen, _subscriber(case, path)), answers) for path in paths]
    results = {fate.result for fate in fates}
    if "deferred" in results:
        return Verdict(screen.later, {"domain": _deferred(seen, fates)}, _checks(seen, fates, screen))
    if results == {"refused"} and len(fates) == len(question.envelope.recipients):
        return Verdict(screen.refusal, {"address": str(paths[0])}, _checks(seen, fates, screen))
    fates = [fate._replace(result="divided") if fate.result == "refused" else fate for fate in fates]
    return Verdict(findings=_checks(seen, fates, screen), handling=tuple(_dropped(fates)))


def _subscriber(case: Case, path: Path) -> Subscriber:
    where = place(case.world, case.host, path)
    mailbox = case.world.mailboxes.get(where.address) if isinstance(where, Box) else None
    return mailbox.subscriber if mailbox else Subscriber()


def _fate(path: Path, ruling: Ruling, answers: Mapping[str, Setting]) -> Fate:
    if ruling.wanted:
        return Fate(path, ruling, "taken")
    if ruling.later:
        return Fate(path, ruling, "deferred")
    return Fate(path, ruling, "refused" if answers[ruling.kind] == "reject" else "dropped")


def _deferred(seen: View, fates: Iterable[Fate]) -> str:
    """The domain whose record is not to be had."""
    finding = next(seen.found(fate.ruling.identity) for fate in fates if fate.result == "deferred")
    return finding.domain if finding else ""


def _dropped(fates: Iterable[Fate]) -> Iterator[Disposition]:
    for recipient, ruling, result in fates:
        if result in ("dropped", "divided"):
            yield Disposition(str(recipient), "drop", ruling.reason)


def _checks(seen: View, fates: Iterable[Fate], screen: Screen) -> tuple[Finding, ...]:
    """What was found out on the way, and what was decided."""
    spf = (finding for finding in (seen.helo, seen.mailfrom, seen.author) if finding)
    return *spf, *_told(seen, fates, screen.policy)


def _told(seen: View, fates: Iterable[Fate], policy: str) -> Iterator[Finding]:
    """The decisions as findings: `subject` is the recipient, `domain` that of the identity which decided."""
    for recipient, ruling, result in fates:
        finding = seen.found(ruling.identity)
        domain = finding.domain if finding else seen.sender.rpartition("@")[2]
        yield Finding(ruling.kind, ruling.identity, str(recipient), domain, result, policy, ruling.reason, REF)


def nobody(case: Case, question: AskRecipient, refusal: ReplyRule) -> Verdict | None:
    """The refusal of a recipient whom the host knows nobody of."""
    path = question.path
    if not is_local(case.host, path) or place(case.world, case.host, path):
        return None
    return Verdict(refusal, {"address": str(path)})


def permitted(seen: View, subscriber: Subscriber) -> Ruling | None:
    """The sender is permitted; or the letter is addressed to a list or a forwarder that is, by its whole address."""
    forwarded = any(address.lower() in subscriber.permit for address in seen.named)
    if forwarded or listed(subscriber.permit, seen.sender):
        return Ruling(True, "allowlist", "header-from", "permitted")
    return None


def on_allow_list(seen: View, subscriber: Subscriber) -> Ruling | None:
    if listed(subscriber.allow, seen.sender):
        return Ruling(True, "allowlist", "header-from", "on-allow-list")
    return None


def not_on_allow_list(seen: View, subscriber: Subscriber) -> Ruling | None:
    """Domain-specified reception: all others are not wanted."""
    if subscriber.allow and not listed(subscriber.allow, seen.sender):
        return Ruling(False, "allowlist", "header-from", "not-on-allow-list")
    return None


def address_denied(seen: View, subscriber: Subscriber) -> Ruling | None:
    return _denied([entry for entry in subscriber.deny if "@" in entry], seen)


def domain_denied(seen: View, subscriber: Subscriber) -> Ruling | None:
    return _denied([entry for entry in subscriber.deny if "@" not in entry], seen)


def denied(seen: View, subscriber: Subscriber) -> Ruling | None:
    return _denied(subscriber.deny, seen)


def _denied(entries: Iterable[str], seen: View) -> Ruling | None:
    return Ruling(False, "allowlist", "header-from", "on-deny-list") if listed(entries, seen.sender) else None


def spoofed(seen: View, identity: Identity, reason: str) -> Ruling:
    """A ruling that the mail is spoofed; to be decided later when the DNS did not answer."""
    finding = seen.found(identity)
    return Ruling(False, "spoofing", identity, reason, finding is not None and finding.result == "temperror")
