"""au: three levels against spoofing, and mail that they hit is accepted and never delivered.

High wants the envelope From and the header From to pass SPF; middle keeps out an envelope From that SPF fails; low only
addresses of mobile carriers that do not pass (au's help on spoofing). Permitted senders are exempt. Which of the allow
list and the deny list goes first was not found; au says of the allow list that its mail is taken with priority.
"""

from __future__ import annotations

from functools import partial

from smtpsim.kernel.ref import Ref
from smtpsim.protocol.smtp.question import AskMessage, AskRecipient, Verdict
from smtpsim.protocol.smtp.reply import ReplyRule
from smtpsim.world import screening
from smtpsim.world.model import Case, Policy
from smtpsim.world.screening import Ruling, View
from smtpsim.world.spf import renewed
from smtpsim.world.subscriber import Subscriber, listed

UNKNOWN = ReplyRule("au-unknown", 550, "5.1.1", "<{address}>: User unknown", Ref(5321, "3.3"))
FILTERED = ReplyRule("au-filtered", 550, "5.7.1", ": User unknown", Ref(5321, "7.9"))
LATER = ReplyRule("au-temperror", 451, "4.4.3", "SPF check of {domain}: the DNS did not answer", Ref(7208, "8.6"))

SCREEN = screening.Screen("au", FILTERED, LATER)

MOBILE = ("docomo.ne.jp", "au.com", "ezweb.ne.jp", "softbank.ne.jp", "i.softbank.jp")
"""Domains of the carriers, whose addresses the lowest level protects."""


def _high(mobile: tuple[str, ...], seen: View) -> Ruling | None:
    if seen.mailfrom.result != "pass":
        return screening.spoofed(seen, "mailfrom", "mailfrom-not-pass")
    if seen.author is None:
        return screening.spoofed(seen, "header-from", "from-unclear")
    return None if seen.author.result == "pass" else screening.spoofed(seen, "header-from", "from-not-pass")


def _middle(mobile: tuple[str, ...], seen: View) -> Ruling | None:
    forged = seen.mailfrom.result in ("fail", "temperror")
    return screening.spoofed(seen, "mailfrom", "mailfrom-forged") if forged else None


def _low(mobile: tuple[str, ...], seen: View) -> Ruling | None:
    for finding in (seen.author, seen.mailfrom):
        if finding and finding.result != "pass" and listed(mobile, finding.subject):
            return screening.spoofed(seen, finding.identity, "mobile-forged")
    return None


RULES = {"off": (), "low": (_low,), "middle": (_middle, _low), "high": (_high,)}
"""By the level: what passes a stronger one passes the weaker ones too."""


def _spoofing(mobile: tuple[str, ...], seen: View, subscriber: Subscriber) -> Ruling | None:
    return next((found for rule in RULES[subscriber.level] if (found := rule(mobile, seen))), None)


def _at_rcpt(case: Case, question: AskRecipient) -> Verdict | None:
    return screening.nobody(case, question, UNKNOWN)


def _at_message(case: Case, question: AskMessage) -> Verdict | None:
    order = (
        screening.permitted,
        partial(_spoofing, case.texts("mobile")),
        screening.on_allow_list,
        screening.denied,
        screening.not_on_allow_list,
    )
    answers = {"spoofing": case.settings["spoofed"], "allowlist": case.settings["filtered"]}
    return screening.screened(case, question, partial(screening.first, order), answers, SCREEN)


POLICY = Policy(
    "au",
    {"rcpt": _at_rcpt, "message": _at_message},
    (UNKNOWN, FILTERED, LATER),
    settings={"spoofed": "drop", "filtered": "reject", "mobile": MOBILE},
    choices={"spoofed": screening.ANSWERS, "filtered": screening.ANSWERS},
    renew=renewed,
    finds=("spf",),
    lights=lambda settings: frozenset({"mailfrom", "header-from"}),
    subscriber=("allow", "deny", "permit", "level"),
    shows=screening.SHOWS,
    bulk=True,
)
