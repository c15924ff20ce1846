"""Where a sending service comes in on a letter's way: when a customer hands it in, and when it fails for good."""

from __future__ import annotations

from typing import NamedTuple

from smtpsim.kernel.address import Path, mailbox_address
from smtpsim.kernel.printable import encoded
from smtpsim.message.dates import date
from smtpsim.message.header_block import occurrences
from smtpsim.reports.reason import Cause, Reason, own
from smtpsim.world.bounce import report
from smtpsim.world.model import Connection, DeliveryStatus, Host, Letter, QueuedRecipient, World
from smtpsim.world.outcome import Attempted, rewritten
from smtpsim.world.routing import route
from smtpsim.world.sending import lists
from smtpsim.world.sending.account import ID, Account, Sending
from smtpsim.world.sending.books import Sent, books, mode, sent_as, with_books, with_sent
from smtpsim.world.sending.lists import Listed, Suppression, is_hard
from smtpsim.world.sending.rates import Tally

SUPPRESSED = "5.1.1"
"""The status that Amazon SES reports for an address on a suppression list."""

REPORTED = {
    "shared": "Amazon SES has suppressed sending to this address because it has a recent history of bouncing as an"
    " invalid address.",
    "own": "Amazon SES has suppressed sending to this address because it is on the account-level suppression list.",
}
"""What its report says then, by the scope of the list: in the vendor's words, which are English for all customers."""

ON_THE_LIST = "suppressionlist"
"""The address of the mailbox simulator that stands for one on the list."""

ONE_SENT = Tally(sent=1)
ONE_BOUNCED = Tally(bounced=1)
ONE_COMPLAINED = Tally(complained=1)
SENT_AND_BOUNCED = Tally(sent=1, bounced=1)


class Onward(NamedTuple):
    """The world, and the letter as the service carries it on."""

    world: World
    letter: Letter


def submitted(world: World, connection: Connection, letter: Letter) -> Onward:
    """A letter has been handed in. What belongs to a customer gets an envelope sender of the service's, by which its
    bounces come back; recipients on a suppression list are left out."""
    host = connection.host
    sending = host.sending
    account = sending.account_of(connection.state.user) if sending else None
    if sending is None or account is None:
        return Onward(world, letter)
    own = Path(sending.local.replace(ID, letter.id.lower()), _return_domain(world, host, sending, account))
    recipients = tuple(mailbox_address(str(queued.recipient.path)) for queued in letter.recipients)
    world = with_sent(world, sending, letter.id, Sent(account.name, letter.sender, own, recipients))
    left: list[QueuedRecipient] = []
    held: list[Attempted] = []
    for queued, address in zip(letter.recipients, recipients, strict=True):
        found = held_back(world, sending, account, address)
        world = _counted(world, sending, account, address, found)
        if not found:
            left.append(queued)
            continue
        world = _suppressed(world, letter, queued, found)
        if found.told:
            held.append(Attempted(queued, Cause(SUPPRESSED, Reason(text=REPORTED[found.scope]))))
    return Onward(report(world, letter, "failed", held), letter._replace(sender=own, recipients=tuple(left)))


def completed(world: World, connection: Connection, letter: str, content: bytes) -> bytes:
    """The content with Date and Message-ID, where it has none (RFC 6409 8.1, 8.2); `letter` is the queue's name."""
    sending = connection.host.sending
    assert sending is not None
    usual = {"Date": date(world.now), "Message-ID": f"<{letter.lower()}@{sending.return_domain}>"}
    missing = (f"{name}: {value}\r\n" for name, value in usual.items() if not occurrences(content, name))
    return encoded("".join(missing)) + content


def _return_domain(world: World, host: Host, sending: Sending, account: Account) -> str:
    """The customer's own domain for the envelope sender, where its one MX record leads to the service (Amazon SES falls
    back to a domain of its own otherwise)."""
    if not account.mail_from:
        return sending.return_domain
    exchanges = route(world.zones, account.mail_from).exchanges
    ours = len(exchanges) == 1 and not set(exchanges[0].addresses).isdisjoint(host.addresses)
    return account.mail_from if ours else sending.return_domain


def held_back(world: World, sending: Sending, account: Account, address: str) -> Suppression | None:
    """Why no mail of the account goes to the address now, None when it may go."""
    if simulated := sending.simulated(address):
        return _SIMULATED if simulated == ON_THE_LIST else None
    kept = books(world, sending)
    return lists.find(kept.lists, mode(world, sending), account, address, world.now)


_SIMULATED = Suppression("shared", Listed(0, "", "bounce"), "Permanent/Suppressed", False, True)
"""As if the address were on the list of all customers; what goes to the simulator counts for nothing."""


def _counted(world: World, sending: Sending, account: Account, address: str, found: Suppression | None) -> World:
    """One mail more; one that is held back counts as a bounce, or not at all."""
    if sending.simulated(address) or (found and not found.counted):
        return world
    news = SENT_AND_BOUNCED if found else ONE_SENT
    return with_books(world, sending, books(world, sending).counted(sending, account, news))


def _suppressed(world: World, letter: Letter, queued: QueuedRecipient, found: Suppression) -> World:
    outcome = world.outcomes[queued.outcome]._replace(
        status=DeliveryStatus.SUPPRESSED,
        hop=letter.hop,
        host=letter.host,
        why=_why(found),
        bounce_to=str(letter.sender) if found.told else "",
        way=letter.way,
    )
    return rewritten(world, queued.outcome, outcome)


def _why(found: Suppression) -> Reason:
    """What the service calls it, and the words of the host that had refused the address."""
    if found is _SIMULATED:
        return own("simulated", called=found.called)
    return Reason(text=f"{found.called}: {found.listed.words}" if found.listed.words else found.called)


def failed(world: World, host: Host, letter: Letter, failures: tuple[Attempted, ...]) -> Onward:
    """Some recipients have failed. Hard bounces count, and put their addresses on the list; and it is the customer who
    is told, not the address that the service wrote on the envelope."""
    sending = host.sending
    known = sent_as(world, sending, letter.sender) if sending else None
    if sending is None or known is None:
        return Onward(world, letter)
    for failure in failures:
        if is_hard(failure.cause.status) and not failure.cause.why.days:
            address = mailbox_address(str(failure.queued.recipient.path))
            world = hard_bounce(world, sending, known, address, failure.cause.why.plain)
    return Onward(world, letter._replace(sender=known.told))


def hard_bounce(world: World, sending: Sending, known: Sent, address: str, words: str) -> World:
    """A customer's mail to the address has failed for good, in these words of the host that refused it."""
    account = sending.accounts[known.account]
    if sending.simulated(address):
        return world
    kept = books(world, sending).counted(sending, account, ONE_BOUNCED)
    listed = Listed(world.now, account.name, "bounce", words)
    kept = kept._replace(lists=lists.bounced(kept.lists, mode(world, sending), account, address, listed))
    return with_books(world, sending, kept)


def complaint(world: World, sending: Sending, known: Sent, address: str) -> World:
    """A reader has called a customer's mail spam."""
    account = sending.accounts[known.account]
    if sending.simulated(address):
        return world
    kept = books(world, sending).counted(sending, account, ONE_COMPLAINED)
    listed = Listed(world.now, account.name, "complaint")
    kept = kept._replace(lists=lists.complained(kept.lists, mode(world, sending), account, address, listed))
    return with_books(world, sending, kept)
