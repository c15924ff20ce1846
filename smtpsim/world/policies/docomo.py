"""docomo: who is nobody, and whose mail a subscriber of docomo does not want, is answered with the same words.

"Reject all spoofed" asks for SPF of the From header, and of the envelope From where the letter has no From header
(docomo's page on Sender ID/SPF for administrators). The order of the settings is the one that docomo documents: denied
addresses, permitted and listed senders, denied domains, spoofed mail, and last all mail that is not on the list.
"""

from __future__ import annotations

from functools import partial

from smtpsim.kernel.finding import Identity
from smtpsim.kernel.ref import Ref
from smtpsim.protocol.smtp.question import AskMessage, AskRecipient, Verdict
from smtpsim.protocol.smtp.reply import ReplyRule
from smtpsim.world import screening
from smtpsim.world.model import Case, Policy
from smtpsim.world.screening import Ruling, View
from smtpsim.world.spf import renewed
from smtpsim.world.subscriber import Subscriber

UNKNOWN = ReplyRule("docomo-unknown", 550, "5.1.1", "Unknown user {address}", Ref(5321, "3.3"))
FILTERED = ReplyRule("docomo-filtered", 550, "5.7.1", "Unknown user {address}", Ref(5321, "7.9"))
LATER = ReplyRule("docomo-temperror", 451, "4.4.3", "SPF check of {domain}: the DNS did not answer", Ref(7208, "8.6"))

SCREEN = screening.Screen("docomo", FILTERED, LATER)


def _spoofing(seen: View, subscriber: Subscriber) -> Ruling | None:
    if not subscriber.spoofing:
        return None
    identity: Identity = "header-from" if seen.author else "mailfrom"
    reason = "from-not-pass" if seen.author else "mailfrom-not-pass"
    finding = seen.found(identity)
    return None if finding and finding.result == "pass" else screening.spoofed(seen, identity, reason)


ORDER = (
    screening.address_denied,
    screening.permitted,
    screening.on_allow_list,
    screening.domain_denied,
    _spoofing,
    screening.not_on_allow_list,
)
"""The first that has an opinion decides."""


def _at_rcpt(case: Case, question: AskRecipient) -> Verdict | None:
    return screening.nobody(case, question, UNKNOWN)


def _at_message(case: Case, question: AskMessage) -> Verdict | None:
    answers = {"spoofing": case.settings["spoofed"], "allowlist": case.settings["filtered"]}
    return screening.screened(case, question, partial(screening.first, ORDER), answers, SCREEN)


POLICY = Policy(
    "docomo",
    {"rcpt": _at_rcpt, "message": _at_message},
    (UNKNOWN, FILTERED, LATER),
    settings={"spoofed": "reject", "filtered": "reject"},
    choices={"spoofed": screening.ANSWERS, "filtered": screening.ANSWERS},
    renew=renewed,
    finds=("spf",),
    lights=lambda settings: frozenset({"header-from"}),
    subscriber=("allow", "deny", "permit", "spoofing"),
    shows=screening.SHOWS,
    bulk=True,
)
