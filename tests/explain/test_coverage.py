"""The catalogues against the code: words for every key that it can emit, and no words for anything else."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from smtpsim.auth import dmarc, record, signature
from smtpsim.auth.arc import chain
from smtpsim.explain import words
from smtpsim.protocol.smtp import extensions, fault, recorded, replies
from smtpsim.protocol.smtp.facts import FACT_KEYS
from smtpsim.protocol.smtp.reply import ReplyRule
from smtpsim.protocol.smtp.state import Phase
from smtpsim.protocol.smtp.table import VERBS
from smtpsim.spf import fault as spf_fault
from smtpsim.spf.result import Reason, Result
from smtpsim.world import policies, relay, routing, screening, transport
from smtpsim.world.load.fault import FAULT_KEYS
from smtpsim.world.model import DeliveryStatus
from smtpsim.world.policies import dmarc as dmarc_policy
from smtpsim.world.policies import traps

EXTENSIONS = [extensions.load(name) for name in extensions.names()]

EXPLANATIONS = ("explained", "target-unusable", "dns-failure", "no-txt", "several-txt", "syntax")
"""The keys of `spf.trace.Explanation`."""


def reply_rules() -> Iterator[ReplyRule]:
    yield from replies.RULES.values()
    yield from recorded.RULES.values()
    for extension in EXTENSIONS:
        yield from extension.replies
    for name in policies.names():
        yield from policies.load(name).replies


def spf_keys() -> Iterator[str]:
    yield from (f"result-{result}" for result in Result)
    yield from (f"reason-{reason}" for reason in Reason)
    yield from (f"fault-{key}" for key in spf_fault.RULES)
    yield from (f"explanation-{key}" for key in EXPLANATIONS)
    yield from (f"identity-{who}" for who in ("helo", "mailfrom", "header-from"))


def parameters() -> set[str]:
    return {name for extension in EXTENSIONS for name in (*extension.mail, *extension.rcpt)}


def enhanced_codes() -> set[str]:
    """Those of the replies, and those of a relay that reached nobody or was told none."""
    said = {rule.enhanced for rule in reply_rules()} - {""}
    routes = {found.failure for found in (routing.NO_SUCH_DOMAIN, routing.NULL_MX, routing.DNS_TROUBLE)}
    return said | routes | {relay.UNREACHABLE, transport.EXPIRED, "5.1.1", "5.4.6", "4.0.0", "5.0.0"}


ENDS = ("delivered", "junk", "waits", "bounced", "discarded", "dropped", "suppressed", "suppressed-told")
"""The ends that `views.aftermath` tells of."""

TOLD_AT_LENGTH = ("au", "docomo", "softbank", "three_identities")
"""The policies that `:policy NAME` says more of."""

EMITTED = {
    "reply": {rule.key for rule in (*reply_rules(), recorded.ODD)},
    "fault": set(fault.RULES),
    "after": {*ENDS, "look", "only-marked", "only-marked-here"},
    "fate": set(map(str, DeliveryStatus)),
    "fact": set(FACT_KEYS),
    "next": {str(phase) for phase in Phase},
    "world": set(FAULT_KEYS),
    "spf": set(spf_keys()),
    "handling": {traps.REASON, *screening.REASONS, dmarc_policy.QUARANTINED.reason},
    "policy": {*policies.names(), *(f"{name}-more" for name in TOLD_AT_LENGTH)},
    "arc": {*(f"reason-{why}" for why in chain.Reason), "trusted", "untrusted", "nothing-found"},
    "dkim": {f"result-{result}" for result in signature.Result} | {f"reason-{why}" for why in signature.Reason},
}


@pytest.mark.parametrize("section", EMITTED)
def test_every_key_that_the_code_emits_has_words(section: str) -> None:
    assert EMITTED[section] - words("en").section(section).keys() == set()


@pytest.mark.parametrize("section", EMITTED)
def test_no_words_are_left_over(section: str) -> None:
    assert words("en").section(section).keys() - EMITTED[section] == set()


DMARC: dict[str, set[str]] = {
    "result-": set(map(str, dmarc.Result)),
    "reason-": set(map(str, dmarc.Reason)),
    "wanted-": set(map(str, record.Policy)),
    "disposition-": set(map(str, record.Policy)),
    "align-": {"not-pass", "same-domain", "other-domain", "same-organisation", "other-organisation", "dns-failure"},
    "policy-": {"p", "sp", "np", "missing"},
    "whose-": {"author", "organisation", "suffix"},
    "walk-": {"psd-n", "psd-y", "fewest-labels", "no-record", "several", "other"},
    "tag-": set(map(str, record.Note)),
}
"""What the code can say of DMARC, by the beginning of the keys."""


@pytest.mark.parametrize("prefix", DMARC)
def test_every_finding_of_dmarc_has_words(prefix: str) -> None:
    said = {key.removeprefix(prefix) for key in words("en").section("dmarc") if key.startswith(prefix)}
    assert said == DMARC[prefix]


EXPLAINED = {
    "verb-": set(VERBS),
    "extension-": set(extensions.names()),
    "parameter-": parameters(),
}


@pytest.mark.parametrize("prefix", EXPLAINED)
def test_every_command_extension_and_parameter_is_explained(prefix: str) -> None:
    named = {key.removeprefix(prefix) for key in words("en").section("explain") if key.startswith(prefix)}
    assert named == EXPLAINED[prefix]


def test_every_digit_of_every_reply_code_is_explained() -> None:
    explained = words("en").section("explain").keys()
    for code in {str(rule.code) for rule in reply_rules()}:
        assert {f"class-{code[0]}", f"second-{code[1]}", f"code-{code}"} <= explained, code


def test_every_number_of_every_enhanced_code_is_explained() -> None:
    explained = words("en").section("explain").keys()
    for code in enhanced_codes():
        of_class, subject, _ = code.split(".")
        assert {f"class-{of_class}", f"subject-{subject}", f"enhanced-{code}"} <= explained, code


def test_explanations_have_names_that_can_be_asked_for() -> None:
    shapes = (
        r"class-[2345]",
        r"second-[0-5]",
        r"code-[2345][0-5][0-9]",
        r"subject-[0-7]",
        r"enhanced-[245]\.[0-7]\.[0-9]{1,2}",
        r"verb-[A-Z]+",
        r"extension-[a-z0-9]+",
        r"parameter-[A-Z0-9]+",
    )
    whole = re.compile("|".join(shapes))
    assert not [key for key in words("en").section("explain") if not whole.fullmatch(key)]
