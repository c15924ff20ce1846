"""three_identities: the HELO name, the envelope From and the header From must all pass SPF.

SPF is made for the first two; RFC 7208 2.2 does not recommend it for the header From. No page of a carrier that was
found tells of the check of HELO: each identity can be switched off.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from smtpsim.kernel.finding import Identity
from smtpsim.kernel.ref import Ref
from smtpsim.protocol.smtp.question import AskHello, AskMessage, AskSender, Verdict
from smtpsim.protocol.smtp.reply import ReplyRule
from smtpsim.world.model import Case, Policy, Setting
from smtpsim.world.screening import (
    ANSWERS,
    PASSED,
    SHOWS,
    Ruling,
    Screen,
    View,
    on_allow_list,
    permitted,
    screened,
    spoofed,
)
from smtpsim.world.spf import helo_of, renewed, spf_finding
from smtpsim.world.subscriber import Subscriber

FAIL = ReplyRule("three-identities-fail", 550, "5.7.1", "<{address}> Sender not authorised by SPF", Ref(7208, "2.2"))
LATER = ReplyRule(
    "three-identities-temperror", 451, "4.4.3", "SPF check of {domain}: the DNS did not answer", Ref(7208, "8.6")
)

SCREEN = Screen("three_identities", FAIL, LATER)

REASONS: Mapping[Identity, str] = {
    "helo": "helo-not-pass",
    "mailfrom": "mailfrom-not-pass",
    "header-from": "from-not-pass",
}
"""By the identity, in the order in which they become known."""

EXEMPTIONS = {"permit": permitted, "allow": on_allow_list}
"""The lists of a subscriber that can free a sender from this rule."""


def _lights(settings: Mapping[str, Setting]) -> frozenset[str]:
    """The identities that are switched on."""
    return frozenset(identity for identity in REASONS if settings[identity])


def _at_helo(case: Case, question: AskHello) -> Verdict | None:
    return Verdict(findings=(spf_finding(case, "helo", question.name, question.name),))


def _at_mail(case: Case, question: AskSender) -> Verdict | None:
    return Verdict(findings=(spf_finding(case, "mailfrom", str(question.path), helo_of(case)),))


def _at_message(case: Case, question: AskMessage) -> Verdict | None:
    answers = {"spoofing": case.settings["action"]}
    return screened(case, question, partial(_rule, case), answers, SCREEN)


def _rule(case: Case, seen: View, subscriber: Subscriber) -> Ruling:
    """The first identity that is on and does not pass, unless the subscriber wants the mail all the same."""
    if not subscriber.strict:
        return Ruling(True, "spoofing", "header-from", "spoofing-off")
    for name in case.texts("exempt"):
        if ruling := EXEMPTIONS[name](seen, subscriber):
            return ruling
    for identity, reason in REASONS.items():
        finding = seen.found(identity)
        if case.settings[identity] and (finding is None or finding.result != "pass"):
            return spoofed(seen, identity, reason if finding else "from-unclear")
    return PASSED


POLICY = Policy(
    "three_identities",
    {"helo": _at_helo, "mail": _at_mail, "message": _at_message},
    (FAIL, LATER),
    settings={"helo": True, "mailfrom": True, "header-from": True, "action": "reject", "exempt": ("permit",)},
    choices={"action": ANSWERS, "exempt": tuple(EXEMPTIONS)},
    renew=renewed,
    finds=("spf",),
    lights=_lights,
    shows=SHOWS,
    bulk=True,
)
