"""A relay encrypts its dialogue with the next host: where that is offered, where it must, and where the receiver's
policy asks for it (RFC 3207, RFC 7435, RFC 8461)."""

from __future__ import annotations

from smtpsim.reports.reason import Cause, own
from smtpsim.world.model import Host
from smtpsim.world.mta_sts.guard import CERTIFICATES, NO_STARTTLS, NOT_NAMED, OTHER_NAME, Secured
from smtpsim.world.mta_sts.policy import matches
from smtpsim.world.relay_client import RelayClient

NO_TLS = "4.7.4"
"""Security features not supported (RFC 3463 3.8); custom: Postfix."""

NOT_VERIFIED = "4.7.5"
"""Cryptographic failure (RFC 3463 3.8); custom: Postfix, also for a host that the policy does not name."""


def certificate_names(host: Host) -> tuple[str, ...]:
    """The names in the certificate of a host."""
    return host.certificate or (host.name,)


def start_tls(talk: RelayClient) -> bool | None:
    """Whether the dialogue is encrypted from now on, None where the host does not answer.

    Opportunistic: without it the letter goes in the clear, since that is no worse than never to have asked (RFC 7435).
    It helps against those who listen, not against those who change what passes.
    """
    if not _wanted(talk) or not talk.offers("STARTTLS"):
        return False
    reply = talk.say("STARTTLS")
    return None if reply is None else reply.accepts


def _wanted(talk: RelayClient) -> bool:
    """Whether the relay encrypts where it can: by its own setting, or for the receiver's policy."""
    return talk.client.tls != "none" or (talk.guard is not None and talk.guard.asks)


def judged(talk: RelayClient, encrypted: bool) -> Cause | None:
    """Why the relay may not go on: by the receiver's policy, or by its own setting. What was found is kept."""
    result = _result(talk, encrypted)
    if talk.guard is not None and _wanted(talk):
        talk.secured = Secured(talk.guard, talk.mx, certificate_names(talk.server), result)
        if result and talk.guard.enforces:
            return _refusal(talk, result)
    if not encrypted and talk.client.tls == "encrypt":
        return Cause(NO_TLS, own("tls-required", host=talk.server.name), talk.server.name, talk.number)
    return None


def _result(talk: RelayClient, encrypted: bool) -> str:
    """What is wrong, "" for nothing. Without a policy nobody looks at certificates."""
    if not encrypted:
        return NO_STARTTLS
    if talk.guard is None or not talk.guard.asks:
        return ""
    if talk.guard.bars(talk.mx):
        return NOT_NAMED
    if not any(matches(name, talk.mx) for name in certificate_names(talk.server)):
        return OTHER_NAME
    return CERTIFICATES[talk.server.certificate_state]


def _refusal(talk: RelayClient, result: str) -> Cause:
    assert talk.guard is not None
    status = NO_TLS if result == NO_STARTTLS else NOT_VERIFIED
    why = own(f"sts-{result}", host=talk.mx, domain=talk.guard.domain)
    return Cause(status, why, talk.server.name, talk.number)
