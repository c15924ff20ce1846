"""Many mails of one customer at once in the books of a sending service."""

from __future__ import annotations

from smtpsim.kernel.address import mailbox_address
from smtpsim.world.model import Alike, DeliveryStatus, World
from smtpsim.world.sending.account import Account, Sending
from smtpsim.world.sending.books import Books, books
from smtpsim.world.sending.lists import Lists
from smtpsim.world.sending.rates import NOTHING, Tally, handed_in
from smtpsim.world.sending.service import held_back


def counted_at_once(world: World, sending: Sending, account: Account, mails: tuple[Alike, ...]) -> Books:
    """The books after these mails. They are counted in one step, as if the meters were looked at only afterwards; and
    what one mail that was really sent has put on the suppression lists is on them now."""
    kept, news, refused = books(world, sending), NOTHING, 0
    for mail in mails:
        if mail.outcome is None:
            refused += mail.size
            continue
        news = news.plus(_tally(world, sending, account, mail))
        kept = kept._replace(lists=_joined(kept.lists, books(mail.after, sending).lists))
    if news != NOTHING:
        kept = kept.counted(sending, account, news)
    for _ in range(min(refused, sending.limits.patience)):
        kept = kept.with_meter(account.name, handed_in(kept.meter(account.name), sending.limits))
    return kept


def _tally(world: World, sending: Sending, account: Account, mail: Alike) -> Tally:
    assert mail.outcome is not None
    if mail.outcome.status == DeliveryStatus.SUPPRESSED:
        held = held_back(world, sending, account, mailbox_address(str(mail.path)))
        return Tally(mail.size, mail.size) if held and held.counted else NOTHING
    failed = mail.outcome.status in (DeliveryStatus.BOUNCED, DeliveryStatus.DISCARDED)
    return Tally(mail.size, mail.size if failed else 0, mail.complaints)


def _joined(lists: Lists, others: Lists) -> Lists:
    """The lists with what one mail has added to them."""
    for address, listed in others.shared.items():
        if address not in lists.shared or listed.since > lists.shared[address].since:
            lists = lists._replace(shared=lists.shared.insert(address, listed))
    for key, listed in others.own.items():
        lists = lists._replace(own=lists.own.insert(key, listed))
    return lists
