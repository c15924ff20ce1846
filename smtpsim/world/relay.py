"""A relay's own dialogue with the next host: the same protocol, from the relay's own address."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from smtpsim.protocol.smtp.reply import Reply
from smtpsim.world.model import Host, Letter, Receiver, World
from smtpsim.world.outcome import Failure
from smtpsim.world.routing import Route, addresses
from smtpsim.world.talk import Talk

UNREACHABLE = "4.4.1"


class Attempt(NamedTuple):
    """What came of handing a letter on: the recipients that were not served."""

    world: World
    failures: tuple[Failure, ...]


def relay(world: World, host: Host, letter: Letter, route: Route) -> Attempt:
    """Hand the letter to the first exchange that answers; without one, say why (RFC 5321 5.1)."""
    if not route.exchanges:
        return Attempt(world, _all(letter, route.failure, _ROUTE_TEXTS[route.failure]))
    found = next(_answering(world, route), None)
    if found is None:
        return Attempt(world, _all(letter, UNREACHABLE, f"No answer from {', '.join(route.exchanges)}"))
    return _hand_over(Talk(world, host, found), letter)


_ROUTE_TEXTS = {
    "5.1.2": "Domain not found",
    "5.1.10": "The domain accepts no mail (null MX)",
    "4.4.3": "The DNS did not answer",
}


def _answering(world: World, route: Route) -> Iterator[Host]:
    for exchange in route.exchanges:
        for address in addresses(world.zones, exchange):
            host = world.host_at(address)
            if host:
                yield host


def _all(letter: Letter, status: str, text: str, remote: str = "", hop: int = 0) -> tuple[Failure, ...]:
    return tuple(Failure(receiver, status, text, remote, hop) for receiver in letter.receivers)


def _hand_over(talk: Talk, letter: Letter) -> Attempt:
    """Greeting, sender, recipients, letter: the first refusal that concerns all ends the attempt."""
    refusal = _introduce(talk) or _refusal(talk.say(_mail(talk, letter)))
    if refusal:
        return _ended(talk, _refused(talk, letter.receivers, refusal))
    failures: tuple[Failure, ...] = ()
    taken: list[Receiver] = []
    for receiver in letter.receivers:
        reply = talk.say(f"RCPT TO:<{receiver.recipient.path}>")
        if reply.accepts:
            taken.append(receiver)
        else:
            failures += _refused(talk, (receiver,), reply)
    if taken:
        refusal = _refusal(talk.say("DATA")) or _send(talk, letter, taken)
        failures += _refused(talk, tuple(taken), refusal) if refusal else ()
    return _ended(talk, failures)


def _introduce(talk: Talk) -> Reply | None:
    """EHLO, or HELO to a server that does not know it (RFC 5321 3.2)."""
    if not talk.greeting.accepts:
        return talk.greeting
    name = talk.client.name
    return _refusal(talk.say(f"EHLO {name}")) and _refusal(talk.say(f"HELO {name}"))


def _refusal(reply: Reply) -> Reply | None:
    return None if reply.accepts else reply


def _mail(talk: Talk, letter: Letter) -> str:
    """MAIL with the parameters that this letter needs, where the next host offers them."""
    wanted = (
        ("SIZE", f"SIZE={len(letter.octets)}", True),
        ("8BITMIME", "BODY=8BITMIME", not letter.octets.isascii()),
        ("SMTPUTF8", "SMTPUTF8", not f"{letter.sender}{letter.receivers}".isascii()),
    )
    parameters = [word for keyword, word, needed in wanted if needed and talk.offers(keyword)]
    return " ".join([f"MAIL FROM:<{letter.sender}>", *parameters])


def _send(talk: Talk, letter: Letter, taken: list[Receiver]) -> Reply | None:
    """The letter itself; from its acceptance on the next host answers for it (RFC 5321 4.2.5)."""
    talk.send_letter(letter.octets, tuple(receiver.outcome for receiver in taken))
    return _refusal(talk.say("."))


def _refused(talk: Talk, receivers: tuple[Receiver, ...], reply: Reply) -> tuple[Failure, ...]:
    status = reply.enhanced or f"{reply.code // 100}.0.0"
    text = f"{reply.code} {reply.lines[0]}"
    return tuple(Failure(r, status, text, talk.server.name, talk.number) for r in receivers)


def _ended(talk: Talk, failures: tuple[Failure, ...]) -> Attempt:
    talk.say("QUIT")
    return Attempt(talk.recorded(), failures)
