"""A relay's own dialogue with one next host: the same protocol, from the relay's own address."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from smtpsim.message.header_block import header_octets
from smtpsim.protocol.smtp.reply import Reply
from smtpsim.protocol.smtp.state import Recipient
from smtpsim.reports.reason import Cause, Reason, own
from smtpsim.world.model import Letter, QueuedRecipient, World
from smtpsim.world.notify import wants
from smtpsim.world.outcome import Attempted, failing
from smtpsim.world.relay_client import RelayClient
from smtpsim.world.relay_tls import judged, start_tls

RELAYED = "2.0.0"
NO_REPLY = "4.4.2"
"""Bad connection (RFC 3463 3.5)."""

NEEDS_UTF8 = "5.6.7"
NEEDS_BINARY = "5.6.3"
NEEDS_EIGHT_BITS = "5.6.3"
"""Conversion required but not supported (RFC 3463 3.7)."""


class Attempt(NamedTuple):
    """What came of handing a letter on: the recipients that were not served, after the world has been told of
    those that were. `turned_away` tells that the host ended it with its greeting or its answer to HELO."""

    world: World
    failures: tuple[Attempted, ...]
    turned_away: bool = False


class Needs(NamedTuple):
    """What a letter cannot travel without."""

    utf8: bool
    binary: bool


def attempt_delivery(talk: RelayClient, letter: Letter) -> Attempt:
    """Greeting, sender, recipients, letter: the first refusal that concerns all ends the attempt."""
    needs = Needs(_needs_utf8(letter), _is_binary(letter))
    refusal = _introduce(talk)
    if refusal:
        return _ended(talk, letter.recipients, refusal)._replace(turned_away=True)
    refusal = _lacking(talk, needs)
    fit = None if refusal else _fit(talk, letter, needs)
    if fit is None:
        refusal = refusal or _cause(talk, NEEDS_EIGHT_BITS, own("needs-8bitmime", host=talk.server.name))
        return _ended(talk, letter.recipients, refusal)
    letter = fit
    refusal = _refusal(talk, talk.say(_mail(talk, letter, needs)))
    if refusal:
        return _ended(talk, letter.recipients, refusal)
    failures: tuple[Attempted, ...] = ()
    taken: list[QueuedRecipient] = []
    for queued in letter.recipients:
        refusal = _refusal(talk, talk.say(_rcpt(talk, queued.recipient)))
        if refusal:
            failures += (Attempted(queued, refusal),)
        else:
            taken.append(queued)
    if not taken:
        return _ended(talk, (), None, failures)
    reply = _transfer(talk, letter, taken)
    refusal = _refusal(talk, reply)
    attempt = _ended(talk, taken, refusal, failures)
    if reply is None or refusal or talk.offers("DSN") or not any(wants(each.recipient, "SUCCESS") for each in taken):
        return attempt
    from smtpsim.world.bounce import confirm

    cause = _cause(talk, RELAYED, Reason(reply=_wire(reply)))
    return attempt._replace(world=confirm(attempt.world, letter, taken, "relayed", cause))


def _introduce(talk: RelayClient) -> Cause | None:
    """EHLO, or HELO to a server that does not know it (RFC 5321 3.2)."""
    refusal = _refusal(talk, talk.greeting)
    if refusal:
        return refusal
    name = talk.client.helo
    refusal = _refusal(talk, talk.say(f"EHLO {name}"))
    if refusal and refusal.status != NO_REPLY:
        return _refusal(talk, talk.say(f"HELO {name}"))
    return refusal or _encrypted(talk)


def _encrypted(talk: RelayClient) -> Cause | None:
    """STARTTLS where the relay wants it; then all that was learnt before is forgotten (RFC 3207 4.2)."""
    encrypted = start_tls(talk)
    if encrypted is None:
        return _refusal(talk, None)
    refusal = judged(talk, encrypted)
    if refusal or not encrypted:
        return refusal
    return _refusal(talk, talk.say(f"EHLO {talk.client.helo}"))


def _refusal(talk: RelayClient, reply: Reply | None) -> Cause | None:
    """What a reply refuses. Who cannot see enhanced codes knows only their class (RFC 3463 3.1)."""
    if reply is None:
        return _cause(talk, NO_REPLY, own("lost-connection", host=talk.server.name))
    if reply.accepts:
        return None
    told = reply.enhanced if talk.offers("ENHANCEDSTATUSCODES") else ""
    return _cause(talk, told or f"{reply.code // 100}.0.0", Reason(reply=_wire(reply)))


def _cause(talk: RelayClient, status: str, why: Reason) -> Cause:
    return Cause(status, why, talk.server.name, talk.number)


def _wire(reply: Reply) -> tuple[str, ...]:
    """The lines as they came, without CRLF."""
    return tuple(reply.wire().splitlines())


def _lacking(talk: RelayClient, needs: Needs) -> Cause | None:
    """What the next host does not offer and the letter needs (RFC 6531 3.2, RFC 3030 3)."""
    if needs.utf8 and not talk.offers("SMTPUTF8"):
        return _cause(talk, NEEDS_UTF8, own("needs-smtputf8", host=talk.server.name))
    if needs.binary and not (talk.offers("BINARYMIME") and talk.offers("CHUNKING")):
        return _cause(talk, NEEDS_BINARY, own("needs-binarymime", host=talk.server.name))
    return None


def _fit(talk: RelayClient, letter: Letter, needs: Needs) -> Letter | None:
    """The letter as the next host can take it: without 8BITMIME what is beyond ASCII is converted, or the letter goes
    back for its body (RFC 6152 3; custom: Postfix and Sendmail convert, Exim sends it raw). None where it must go back.
    """
    setting = talk.client.eight_bit
    if letter.octets.isascii() or needs.binary or setting == "send" or talk.offers("8BITMIME"):
        return letter
    from smtpsim.message.seven_bit import needs_eight_bits, seven_bit

    if setting == "bounce":
        return None if needs_eight_bits(letter.octets) else letter
    converted = seven_bit(letter.octets, talk.client.name)
    return letter._replace(octets=converted) if converted else None


def _needs_utf8(letter: Letter) -> bool:
    """Addresses beyond ASCII, or a header beyond ASCII whose sender asked for SMTPUTF8 (RFC 6531 3.2)."""
    paths = (letter.sender, *(queued.recipient.path for queued in letter.recipients))
    if not all(map(str.isascii, map(str, paths))):
        return True
    return letter.asked("SMTPUTF8") is not None and not header_octets(letter.octets).isascii()


def _is_binary(letter: Letter) -> bool:
    return (letter.asked("BODY") or "").upper() == "BINARYMIME"


def _mail(talk: RelayClient, letter: Letter, needs: Needs) -> str:
    """MAIL with the parameters that this letter needs, where the next host offers them."""
    wanted = (
        ("SIZE", f"SIZE={len(letter.octets)}", True),
        ("BINARYMIME", "BODY=BINARYMIME", needs.binary),
        ("8BITMIME", "BODY=8BITMIME", not needs.binary and not letter.octets.isascii()),
        ("SMTPUTF8", "SMTPUTF8", needs.utf8),
        *(("DSN", f"{name}={letter.asked(name)}", letter.asked(name) is not None) for name in ("RET", "ENVID")),
    )
    parameters = [word for keyword, word, needed in wanted if needed and talk.offers(keyword)]
    return " ".join([f"MAIL FROM:<{talk.sender(letter.sender)}>", *parameters])


def _rcpt(talk: RelayClient, recipient: Recipient) -> str:
    """RCPT with what the sender wants to be told, where the next host offers that (RFC 3461 5.2.1)."""
    wanted = [f"{p.name}={p.value}" for p in recipient.parameters if p.name in ("NOTIFY", "ORCPT")]
    return " ".join([f"RCPT TO:<{recipient.path}>", *(wanted if talk.offers("DSN") else [])])


def _transfer(talk: RelayClient, letter: Letter, taken: Iterable[QueuedRecipient]) -> Reply | None:
    """The letter itself; from its acceptance on the next host answers for it (RFC 5321 4.2.5). Gives the last reply."""
    talk.expect(tuple(queued.outcome for queued in taken), letter.way)
    if _is_binary(letter):
        return talk.send_chunk(letter.octets)
    begun = talk.say("DATA")
    return talk.send_letter(letter.octets) if begun and begun.accepts else begun


def _ended(
    talk: RelayClient,
    recipients: Iterable[QueuedRecipient],
    refusal: Cause | None,
    failures: tuple[Attempted, ...] = (),
) -> Attempt:
    talk.quit()
    last = failing(recipients, refusal) if refusal else ()
    return Attempt(talk.recorded(), failures + last)
