"""softbank: SPF of the From header's domain; a domain without a record may be turned away too, and nobody is told.

SoftBank documents its order: the rule against spoofing comes before the lists, and only the rescue list (here the
permitted senders) exempts from it. An entry of the allow list does not.
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
from smtpsim.world.subscriber import Subscriber

UNKNOWN = ReplyRule("softbank-unknown", 550, "5.1.1", "Invalid recipient: <{address}>", Ref(5321, "3.3"))
FILTERED = ReplyRule("softbank-filtered", 550, "5.7.1", "Invalid recipient: <{address}>", Ref(5321, "7.9"))
LATER = ReplyRule("softbank-temperror", 451, "4.4.3", "SPF check of {domain}: the DNS did not answer", Ref(7208, "8.6"))

SCREEN = screening.Screen("softbank", FILTERED, LATER)


def _spoofing(missing: str, seen: View, subscriber: Subscriber) -> Ruling | None:
    if not subscriber.spoofing or screening.permitted(seen, subscriber):
        return None
    if seen.author is None:
        return screening.spoofed(seen, "header-from", "from-unclear")
    if seen.author.result == "none":
        return screening.spoofed(seen, "header-from", "from-without-record") if missing == "spoofed" else None
    return None if seen.author.result == "pass" else screening.spoofed(seen, "header-from", "from-not-pass")


def _at_rcpt(case: Case, question: AskRecipient) -> Verdict | None:
    return screening.nobody(case, question, UNKNOWN)


def _at_message(case: Case, question: AskMessage) -> Verdict | None:
    order = (
        partial(_spoofing, str(case.settings["missing"])),
        screening.on_allow_list,
        screening.denied,
        screening.not_on_allow_list,
        screening.permitted,
    )
    answers = {"spoofing": case.settings["spoofed"], "allowlist": case.settings["filtered"]}
    return screening.screened(case, question, partial(screening.first, order), answers, SCREEN)


POLICY = Policy(
    "softbank",
    {"rcpt": _at_rcpt, "message": _at_message},
    (UNKNOWN, FILTERED, LATER),
    settings={"spoofed": "drop", "filtered": "reject", "missing": "spoofed"},
    choices={"spoofed": screening.ANSWERS, "filtered": screening.ANSWERS, "missing": ("spoofed", "taken")},
    renew=renewed,
    finds=("spf",),
    lights=lambda settings: frozenset({"header-from"}),
    subscriber=("allow", "deny", "permit", "spoofing"),
    shows=screening.SHOWS,
    bulk=True,
)
