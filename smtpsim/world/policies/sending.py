"""sending: a sending service takes mail from its customers only, from the domains that each has shown to be its own,
and from none whose account is paused or suspended."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from smtpsim.kernel.address import mailbox_address, split_address
from smtpsim.kernel.finding import Finding
from smtpsim.kernel.ref import Ref
from smtpsim.message.addresses import addresses_in
from smtpsim.protocol.smtp.question import AskLogin, AskMessage, AskRecipient, AskSender, Verdict
from smtpsim.protocol.smtp.reply import ReplyRule
from smtpsim.world.accounts import login, login_name
from smtpsim.world.directory import is_local
from smtpsim.world.memory import Noted
from smtpsim.world.model import Alike, Case, Policy, Shown
from smtpsim.world.sending.account import Account, Sending
from smtpsim.world.sending.at_once import counted_at_once
from smtpsim.world.sending.books import books, key
from smtpsim.world.sending.lists import Suppression
from smtpsim.world.sending.rates import PAUSED, SUSPENDED, handed_in
from smtpsim.world.sending.service import held_back

_REJECTION = Ref(6409, "3.2")
"""Mail that a submission server takes may be rejected, or bounced later, by rules of its own."""
MUST_LOG_IN = ReplyRule("sending-auth-required", 530, "5.7.0", "Authentication required", Ref(4954, "6"))
_RIGHTS = Ref(6409, "6.1")
"""Submission rights: an address that the user may not send from can be refused."""
UNVERIFIED = ReplyRule(
    "sender-unverified",
    554,
    "5.7.1",
    "Message rejected: Email address is not verified. The following identities failed the check in region {region}:"
    " {identities}",
    _RIGHTS,
)
NO_IDENTITY = ReplyRule(
    "sender-no-identity", 550, "5.7.1", "The from address does not match a verified Sender Identity", _RIGHTS
)
STOPPED = ReplyRule("sending-paused", 554, "5.7.1", "Message rejected: Sending paused for this account", _REJECTION)
ENDED = ReplyRule("sending-suspended", 554, "5.7.1", "Message rejected: Sending suspended for this account", _REJECTION)
LOCKED = ReplyRule(
    "sending-locked", 454, "4.7.0", "Temporary authentication failure: the account is suspended", Ref(4954, "6")
)

IDENTITIES = {"554": UNVERIFIED, "550": NO_IDENTITY}
"""How services say it, by the code: Amazon SES, SendGrid."""


def _at_login(case: Case, question: AskLogin) -> Verdict | None:
    """A suspended account learns of it by the right password only."""
    account = _account(case, login_name(question.user))
    if account is None or _standing(case, account) != SUSPENDED:
        return None
    return Verdict(LOCKED) if login(case.world, case.host, question).accepts else None


def _at_mail(case: Case, question: AskSender) -> Verdict | None:
    """Who is no customer may only bring what comes back, which has the null sender; all others log in first."""
    account = _account(case, case.state.user)
    if account is None and not question.path.null and case.host.sending:
        return Verdict(MUST_LOG_IN)
    if account and _standing(case, account) == SUSPENDED:
        return Verdict(ENDED)
    return None


def _at_rcpt(case: Case, question: AskRecipient) -> Verdict | None:
    """Who is no customer may only bring what comes back: bounces, complaints, answers."""
    sending, account = case.host.sending, _account(case, case.state.user)
    if sending is None or account is None:
        return None if is_local(case.host, question.path) else Verdict(MUST_LOG_IN)
    address = mailbox_address(str(question.path))
    found = held_back(case.world, sending, account, address)
    return Verdict(findings=(_listed(sending, address, found),)) if found else None


def _listed(sending: Sending, address: str, found: Suppression) -> Finding:
    """The finding; nothing is refused for it."""
    return Finding(
        "suppression", "mailfrom", address, sending.region, "listed", found.called, found.listed.why, _REJECTION
    )


def _at_message(case: Case, question: AskMessage) -> Verdict | None:
    sending, account = case.host.sending, _account(case, case.state.user)
    if sending is None or account is None:
        return None
    failing = tuple(dict.fromkeys(_failing(account, question)))
    if failing:
        return Verdict(IDENTITIES[str(case.settings["unverified"])], _named(sending, failing))
    if _standing(case, account) == PAUSED:
        kept = books(case.world, sending)
        kept = kept.with_meter(account.name, handed_in(kept.meter(account.name), sending.limits))
        return Verdict(STOPPED, notes=(Noted(key(sending), kept),))
    return None


def _at_once(case: Case, mails: tuple[Alike, ...]) -> tuple[Noted, ...]:
    sending, account = case.host.sending, _account(case, case.state.user)
    if sending is None or account is None:
        return ()
    return (Noted(key(sending), counted_at_once(case.world, sending, account, mails)),)


def _failing(account: Account, question: AskMessage) -> Iterator[str]:
    """The addresses that the customer may not send from: of the envelope, and of the From header."""
    authors = [address for value in question.content.headers.values("From") for address in addresses_in(value)]
    for address in (str(question.envelope.sender), *authors):
        if split_address(address).host not in account.domains:
            yield address or "<>"


def _named(sending: Sending, failing: tuple[str, ...]) -> Mapping[str, object]:
    return {"region": sending.region.upper(), "identities": ", ".join(failing)[:IDENTITIES_LIMIT]}


IDENTITIES_LIMIT = 300
"""Characters of addresses that fit a reply line of 512 octets with all else (RFC 5321 4.5.3.1.5)."""


def _account(case: Case, user: str | None) -> Account | None:
    return case.host.sending.account_of(user) if case.host.sending else None


def _standing(case: Case, account: Account) -> str:
    assert case.host.sending is not None
    return books(case.world, case.host.sending).meter(account.name).standing


POLICY = Policy(
    "sending",
    {"auth": _at_login, "mail": _at_mail, "rcpt": _at_rcpt, "message": _at_message},
    (MUST_LOG_IN, *IDENTITIES.values(), STOPPED, ENDED, LOCKED),
    settings={"unverified": "554"},
    choices={"unverified": tuple(IDENTITIES)},
    shows={"suppression": Shown(marks={"listed": "warn"}, words="service.suppressed")},
    at_once=_at_once,
)
