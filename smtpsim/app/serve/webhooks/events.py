"""What a sending service tells of: delivery, bounce, complaint, reject, one event a recipient."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple, TypeVar

from smtpsim.app.serve.session import Session
from smtpsim.kernel.printable import printable
from smtpsim.message.headers import Field, headers_in
from smtpsim.protocol.smtp.facts import LetterRefused, LetterTaken, RecipientRefused
from smtpsim.protocol.smtp.reply import Reply
from smtpsim.protocol.smtp.state import Envelope
from smtpsim.session.simulation import Turn
from smtpsim.world.model import DeliveryStatus, Outcome, World

MOST = 10_000
"""Letters that are remembered, since their bounces and complaints may come days later."""

HEADER_OCTETS = 10_240
"""Characters of a letter's header that events carry (Amazon SES leaves out what is over 10 KB)."""

BOUNCED = frozenset({DeliveryStatus.BOUNCED, DeliveryStatus.DISCARDED, DeliveryStatus.SUPPRESSED})


class Mail(NamedTuple):
    """A letter as a client handed it in: the queue's name for it, when (seconds since 1970), the envelope, and the
    header, which is `truncated` where it was very long."""

    id: str
    arrived: int
    sender: str
    recipients: tuple[str, ...]
    client_ip: str = ""
    headers: tuple[Field, ...] = ()
    truncated: bool = False


class Event(NamedTuple):
    """`kind` is delivery, bounce, complaint or reject. `reply` is the last word of the host that decided, "" where it
    said none; with `held` nobody was asked, since the address is on a suppression list, and `reply` tells which. With
    `final_delay` it was only tried for too long."""

    number: int
    kind: str
    now: int
    mail: Mail
    recipient: str
    reply: str = ""
    host: str = ""
    held: bool = False
    final_delay: bool = False

    @property
    def status(self) -> str:
        """The enhanced status code (RFC 3463): that of the reply, else one for what there was no reply to."""
        found = _STATUS.search(self.reply)
        if self.final_delay:
            return "4.4.7"
        return found[1] if found else "5.0.0"


# a reply code, then an enhanced one (RFC 2034 3)
_STATUS = re.compile(r"(?<!\d)[45]\d\d[ -]([245]\.\d{1,3}\.\d{1,3})(?!\S)")

Remembered = TypeVar("Remembered")


class Events:
    """An observer of turns, and of what happens beside them; `told` are called with each event."""

    looks_at_dialogues = False

    def __init__(self) -> None:
        self.told: list[Callable[[Event], None]] = []
        self._mails: dict[str, Mail] = {}
        self._complaints: dict[str, None] = {}
        self._count = 0

    def heard(self, session: Session, turn: Turn) -> None:
        """Remember letters, and tell of what was refused for good. What was refused for now is no event: the client
        has it still, and tries again."""
        for fact in turn.facts:
            if isinstance(fact, LetterTaken):
                _remember(self._mails, fact.queue_id, _handed_in(turn, fact))
            elif isinstance(fact, RecipientRefused):
                self._reject(turn, _mail(turn, turn.after.transaction.sender, (str(fact.recipient),)), fact.reply)
            elif isinstance(fact, LetterRefused):
                self._reject(turn, _mail(turn, fact.envelope.sender, _recipients(fact.envelope)), fact.reply)

    def ended(self, session: Session) -> None:
        return

    def happened(self, world: World, fates: Iterable[Outcome]) -> None:
        for fate in fates:
            if fate.role == "complaint":
                self._complained(world, fate)
            elif not fate.role and fate.letter in self._mails:
                self._decided(world, fate)

    def _decided(self, world: World, fate: Outcome) -> None:
        event = Event(0, "delivery", world.now, self._mails[fate.letter], fate.recipient, host=fate.host)
        if fate.status == DeliveryStatus.DELIVERED:
            self._tell(event._replace(reply=_accepted(world, fate)))
        elif fate.status in BOUNCED:
            held, late = fate.status == DeliveryStatus.SUPPRESSED, fate.why.days > 0
            self._tell(event._replace(kind="bounce", reply=fate.why.plain, held=held, final_delay=late))

    def _complained(self, world: World, report: Outcome) -> None:
        """A report has set out to the service, and is told of once, wherever it goes."""
        if report.letter in self._complaints:
            return
        _remember(self._complaints, report.letter, None)
        about = report
        while about.role and about.follows:
            about = world.outcomes[about.follows]
        if about.letter in self._mails:
            mail = self._mails[about.letter]
            self._tell(Event(0, "complaint", world.now, mail, about.recipient, host=about.host))

    def _reject(self, turn: Turn, mail: Mail, reply: Reply) -> None:
        if reply.code < 500:
            return
        said, host = f"{reply.code} {' '.join(reply.lines)}", turn.after.connection.host.name
        for recipient in mail.recipients:
            self._tell(Event(0, "reject", mail.arrived, mail, recipient, said, host))

    def _tell(self, event: Event) -> None:
        self._count += 1
        for tell in self.told:
            tell(event._replace(number=self._count, recipient=printable(event.recipient), reply=printable(event.reply)))


def _remember(known: dict[str, Remembered], key: str, value: Remembered) -> None:
    known[key] = value
    if len(known) > MOST:
        del known[next(iter(known))]


def _handed_in(turn: Turn, fact: LetterTaken) -> Mail:
    fields = headers_in(fact.content.whole().partition(b"\r\n\r\n")[0]).fields
    kept = tuple(_first(fields))
    mail = _mail(turn, fact.envelope.sender, _recipients(fact.envelope))
    return mail._replace(id=fact.queue_id, headers=kept, truncated=len(kept) < len(fields))


def _mail(turn: Turn, sender: object, recipients: tuple[str, ...]) -> Mail:
    after = turn.after
    named = tuple(map(printable, recipients))
    return Mail("", after.world.now, printable(str(sender or "")), named, after.connection.client_ip)


def _recipients(envelope: Envelope) -> tuple[str, ...]:
    return tuple(str(one.path) for one in envelope.recipients)


def _first(fields: Iterable[Field]) -> Iterator[Field]:
    """The fields before the header gets too long."""
    length = 0
    for field in fields:
        length += len(field.name) + len(field.value) + 4
        if length > HEADER_OCTETS:
            return
        yield field


def _accepted(world: World, fate: Outcome) -> str:
    """What the host that delivers has said to the letter; "" where that was the host the client spoke to itself."""
    hop = world.hops.get(fate.hop)
    said = [one.server for one in hop.said if one.reply and one.client != "QUIT"] if hop else []
    return " ".join(said[-1].split()) if said else ""
