"""The junk folder: by IMAP, and as people name it."""

from __future__ import annotations

import pytest

from smtpsim.session.change import Wrong
from smtpsim.session.opened import find_mailbox, open_mail
from smtpsim.session.simulation import Simulation
from tests.world.authenticating import JUNK, YUKI, held, said, sent


@pytest.fixture
def simulation() -> Simulation:
    """One letter among Yuki's junk."""
    turn = sent("x@pass.spf.example", YUKI, author="x@testing.dmarc.example")
    return said(turn, ":connect imap.bigmail.example:143", f"a LOGIN {YUKI} example").after


def answered(simulation: Simulation, line: str) -> list[str]:
    reply = simulation.say(line).reply
    assert reply is not None
    return list(reply.lines)


def test_both_folders_are_listed(simulation: Simulation) -> None:
    listed = answered(simulation, 'b LIST "" *')
    assert listed[:-1] == ['* LIST () "/" "INBOX"', '* LIST (\\Junk) "/" "Junk"']


def test_they_hold_what_they_hold(simulation: Simulation) -> None:
    assert answered(simulation, "b STATUS INBOX (MESSAGES)")[0] == '* STATUS "INBOX" (MESSAGES 0)'
    assert answered(simulation, "b STATUS Junk (MESSAGES UNSEEN)")[0] == '* STATUS "Junk" (MESSAGES 1 UNSEEN 1)'


def test_the_junk_can_be_read_and_deleted(simulation: Simulation) -> None:
    for line in ("b SELECT Junk", "c FETCH 1 BODY[TEXT]", r"d STORE 1 +FLAGS (\Deleted)", "e EXPUNGE"):
        turn = simulation.say(line)
        assert turn.reply is not None
        assert turn.reply.accepts, turn.reply
        simulation = turn.after
    assert held(simulation.world, JUNK) == []


def test_hosts_without_junk_list_the_inbox_alone(simulation: Simulation) -> None:
    connected = said(simulation.say("z NOOP"), ":connect imap.hogefuga.com:143")
    inside = said(connected, "a LOGIN test@hogefuga.com example").after
    assert answered(inside, 'b LIST "" *')[:-1] == ['* LIST () "/" "INBOX"']


NAMES = {
    YUKI: YUKI,
    "yuki": YUKI,
    f"<{YUKI}>": YUKI,
    JUNK: JUNK,
    f"{YUKI}/junk": JUNK,
    "Yuki@BIGMAIL.example/Junk": JUNK,
}


@pytest.mark.parametrize("name", NAMES)
def test_people_name_the_folder_behind_a_slash(simulation: Simulation, name: str) -> None:
    found = find_mailbox(simulation.world, name)
    assert not isinstance(found, Wrong)
    assert found.name == NAMES[name]


def test_its_owner_is_the_one_who_reads_it(simulation: Simulation) -> None:
    opened = open_mail(simulation.world, JUNK, "1")
    assert not isinstance(opened, Wrong)
    assert (opened.mailbox.address, opened.mailbox.folder, opened.name) == (YUKI, "Junk", f"{JUNK} 1")
    read = said(simulation.say("z NOOP"), f":read {JUNK} 1", f":bounce {JUNK} 1")
    assert read.after.world.outcomes
