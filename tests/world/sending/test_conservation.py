"""For any mails of any customers: every recipient comes to one end, and the books agree with the outcomes."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from smtpsim.kernel.duration import DAY
from smtpsim.world.model import World
from smtpsim.world.queue import wait
from smtpsim.world.sending.lists import MODES
from smtpsim.world.transport import run_queue
from tests.world.sending.small import USERS, books_of, made, mailed

RECIPIENTS = (
    "hanako@phone.example",
    "taro@phone.example",
    "nobody@phone.example",
    "other@phone.example",
    "gone@forward.example",
    "x@nowhere.example",
    "a@a.example",
    "bounce@simulator.example",
    "suppressionlist+x@simulator.example",
    "complaint@simulator.example",
)
MAILS = st.lists(
    st.tuples(
        st.sampled_from(sorted(USERS)), st.lists(st.sampled_from(RECIPIENTS), min_size=1, max_size=3, unique=True)
    ),
    max_size=6,
)
ENDS = {"delivered", "bounced", "suppressed", "rejected", "discarded"}


@pytest.fixture(scope="module")
def worlds() -> dict[str, World]:
    found = {}
    for mode in MODES:
        with TemporaryDirectory() as folder:
            found[mode] = made(Path(folder), mode)
    return found


@settings(max_examples=60)
@given(mails=MAILS, mode=st.sampled_from(sorted(MODES)))
def test_every_recipient_comes_to_one_end_and_the_books_agree(
    worlds: dict[str, World], mails: list[tuple[str, list[str]]], mode: str
) -> None:
    world, taken = worlds[mode], 0
    for account, recipients in mails:
        turn = mailed(world, account, *recipients)
        assert turn.reply is not None
        taken += len(recipients) if turn.reply.code == 250 else 0
        world = turn.after.world
    world = wait(world, 7 * DAY, run_queue)
    assert not world.active_queue
    assert not world.queue
    outcomes = list(world.outcomes.values())
    assert {one.status for one in outcomes} <= ENDS
    assert sum(not one.follows and one.status != "rejected" for one in outcomes) == taken
    stored = {address: mailbox.length for address, mailbox in world.mailboxes.items() if mailbox.length}
    assert sum(stored.values()) == sum(one.mailbox in world.mailboxes for one in outcomes)
    kept = books_of(world)
    for address in (*kept.lists.shared, *(address for _, address in kept.lists.own)):
        assert not address.endswith("@simulator.example")
    for name in USERS:
        sent, bounced, _ = kept.meter(name).total
        assert bounced <= sent


@settings(max_examples=30)
@given(mails=MAILS, mode=st.sampled_from(sorted(MODES)))
def test_the_same_mails_give_the_same_world(
    worlds: dict[str, World], mails: list[tuple[str, list[str]]], mode: str
) -> None:
    ends = []
    for _ in range(2):
        world = worlds[mode]
        for account, recipients in mails:
            world = mailed(world, account, *recipients).after.world
        ends.append((dict(world.outcomes), dict(world.hops), dict(world.memory)))
    assert ends[0] == ends[1]
