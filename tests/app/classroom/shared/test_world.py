"""Pupils in one world: they write to one another, see what is theirs, and change nothing for others."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from smtpsim.app.classroom.classroom import Classroom
from smtpsim.app.classroom.pupil import Pupil
from smtpsim.app.classroom.shared.domain import address_of
from smtpsim.app.classroom.shared.world import SharedWorld
from smtpsim.app.classroom.worlds import Wrote
from smtpsim.kernel.failure import Failure
from smtpsim.render.json import outcomes
from smtpsim.shell import commands
from smtpsim.shell.completion import complete_command
from tests.app.classroom.shared.conftest import letter, say

Admit = Callable[[str], Pupil]

ANN, BEN = "ann@class.example", "ben@class.example"


def test_a_mail_of_one_lies_with_the_other_who_is_told(shared: SharedWorld, classroom: Classroom, admit: Admit) -> None:
    ann, ben = admit("Ann"), admit("Ben")
    shared.arrived = lambda alias: classroom.tell(alias, "class.mail-came", mailbox=shared.members[alias].address)
    say(ann, *letter(ANN, BEN))
    assert ben.state.message is not None
    assert f":inbox {BEN}" in ben.state.message.value
    assert "secret of theirs" in say(ben, f":inbox {BEN}")


def test_a_mailbox_appears_for_any_address_of_the_class(shared: SharedWorld, admit: Admit) -> None:
    say(admit("Ann"), *letter(ANN, "nobody.yet@class.example"))
    assert shared.newest.mailboxes["nobody.yet@class.example"].length == 1


def test_mail_that_came_before_somebody_joined_is_there(admit: Admit) -> None:
    say(admit("Ann"), *letter(ANN, BEN))
    assert "secret of theirs" in say(admit("Ben"), f":inbox {BEN}")


@pytest.mark.parametrize("line", [":inbox {}", ":inbox {} 1", ":inbox {} 1 source", ":read {} 1", ":export {} x.mbox",
    ":bounce {} 1", ":complain {} 1", ":hop 1"])  # fmt: skip
def test_nobody_sees_or_touches_what_is_anothers(shared: SharedWorld, admit: Admit, line: str) -> None:
    ann, ben, eve = admit("Ann"), admit("Ben"), admit("Eve")
    say(ann, *letter(ANN, BEN))
    before = shared.newest
    told = say(eve, line.format(BEN))
    assert "somebody else's" in told
    assert "secret" not in told
    assert shared.newest.mailboxes is before.mailboxes
    assert ben.state.simulation.world.mailboxes.get(ANN) is None


def test_lists_and_completion_name_no_mailbox_of_another(admit: Admit) -> None:
    ann, eve = admit("Ann"), admit("Eve")
    say(ann, *letter(ANN, BEN))
    assert BEN not in say(eve, ":inbox")
    offered = {one.text for one in complete_command(":inbox b", eve.state.shell.seen)}
    assert offered == {"bob@hogefuga.com"}
    assert "eve@class.example" in {one.text for one in complete_command(":inbox e", eve.state.shell.seen)}


def test_what_became_of_mail_is_told_to_its_writer_alone(admit: Admit) -> None:
    ann, ben = admit("Ann"), admit("Ben")
    say(ann, *letter(ANN, "test@hogefuga.com"))
    say(ben, "HELO b.example", "MAIL FROM:<ben@class.example>")
    say(ann, *letter(ANN, BEN)[1:])
    assert [one.recipient for one in outcomes(ann.state.simulation)] == ["test@hogefuga.com", BEN]
    assert outcomes(ben.state.simulation) == []
    say(ben, "RCPT TO:<ann@class.example>", "DATA", "", "x", ".")
    assert [(one.recipient, one.status) for one in outcomes(ben.state.simulation)] == [(ANN, "delivered")]
    assert (ann.row().outcome, ben.row().outcome) != ("", "")


def test_a_task_is_not_done_by_the_mail_of_another(admit: Admit, classroom: Classroom) -> None:
    classroom.task = "first-mail"
    ann, ben = admit("Ann"), admit("Ben")
    for pupil in (ann, ben):
        say(pupil, "HELO cgi.example.com", "MAIL FROM:<webmaster@example.com>", "RCPT TO:<test@hogefuga.com>")
    say(ann, "DATA", "", "x", ".")
    assert (ann.row().step, ben.row().step) == (3, 2)


def test_going_back_changes_no_mail(shared: SharedWorld, admit: Admit) -> None:
    ann, ben = admit("Ann"), admit("Ben")
    say(ann, *letter(ANN, BEN))
    say(ben, *letter(BEN, ANN))
    say(ann, ":goto 0")
    assert (ann.state.timeline.position, shared.newest.mailboxes[BEN].length) == (0, 1)
    say(ann, *letter(ANN, BEN))
    assert (shared.newest.mailboxes[BEN].length, shared.newest.mailboxes[ANN].length) == (2, 1)


@pytest.mark.parametrize(
    "line", [":dns set x.example A 192.0.2.1", ":fault rcpt 451", ":policy spf fail reject", ":wait 4h",
             ":rbl 192.0.2.10 add", ":receipts on", ":suppression mode account email-smtp.us-east-1.amazonses.com"]
)  # fmt: skip
def test_the_world_is_changed_for_all_only_where_the_teacher_allows_it(
    shared: SharedWorld, classroom: Classroom, admit: Admit, line: str
) -> None:
    ann = admit("Ann")
    name = line[1:].partition(" ")[0]
    before = shared.newest
    assert "has not allowed it" in say(ann, line)
    assert shared.newest is before
    assert classroom.worlds.allow(name)
    assert "has not allowed it" not in say(ann, line)
    assert shared.newest is not before
    assert not classroom.worlds.allow(name)
    assert "has not allowed it" in say(ann, line)


def test_what_may_not_be_done_is_seen_on_the_wall(classroom: Classroom, admit: Admit) -> None:
    ann = admit("Ann")
    say(ann, *(":wait 1d",) * 3)
    assert [(row.mistake, row.times) for row in classroom.rows()] == [("order.:wait", 3)]


def test_time_that_passes_does_so_for_all(shared: SharedWorld, classroom: Classroom, admit: Admit) -> None:
    ann, ben = admit("Ann"), admit("Ben")
    before = shared.newest.now
    classroom.worlds.allow("wait")
    say(ann, ":wait 4h")
    say(ben, "NOOP")
    assert ben.state.simulation.world.now == before + 4 * 3600


@pytest.mark.parametrize("name", commands.names())
def test_a_command_that_does_not_say_so_changes_nothing_for_others(name: str, admit: Admit) -> None:
    """The example of each in a world with a mail: only those that `alters` change the DNS, hosts, faults and lists."""
    ann = admit("Ann")
    say(ann, *letter(ANN, "test@hogefuga.com"))
    command = commands.load(name)
    before = ann.state.shell.simulation.world
    turns = getattr(command.run(ann.state.shell, command.example.removeprefix(f":{name}").strip()), "turns", ())
    for turn in turns:
        after = turn.after.world
        shared = ("zones", "hosts", "faults", "blocklists", "receipts", "now", "language")
        changed = [field for field in shared if getattr(after, field) != getattr(before, field)]
        assert command.alters or not changed


@pytest.mark.parametrize("line", [":open first-mail", ":open x.txt", ":recover", ":lesson dead-server"])
def test_nothing_takes_a_pupil_into_another_world(shared: SharedWorld, admit: Admit, line: str) -> None:
    ann = admit("Ann")
    told = say(ann, line)
    assert "world of its own" in told or "cannot be reached" in told
    assert ann.state.ask is None
    say(ann, *letter(ANN, ANN))
    assert shared.newest.mailboxes[ANN].length == 1


def test_a_lesson_plays_in_the_shared_world(shared: SharedWorld, classroom: Classroom, admit: Admit) -> None:
    ann = admit("Ann")
    say(ann, ":lesson first-mail")
    assert ann.row().steps == 3
    say(ann, *letter("webmaster@example.com", "test@hogefuga.com"))
    assert ann.row().step == 3
    assert shared.newest.mailboxes["test@hogefuga.com"].length == 1
    with pytest.raises(Failure, match="one world for all"):
        classroom.set_task("dead-server")


def test_who_wrote_to_whom_and_in_whose_name(shared: SharedWorld, admit: Admit) -> None:
    ann, ben, eve = admit("Ann"), admit("Ben"), admit("Eve")
    say(ann, *letter(ANN, BEN))
    say(ann, *letter(ANN, BEN)[1:])
    say(eve, *letter(ANN, BEN))
    say(eve, *letter("eve@class.example", BEN, author=ANN)[1:])
    say(ben, *letter("webmaster@example.com", "test@hogefuga.com"))
    assert shared.letters() == [
        (Wrote("Ann", "", "Ben"), 2),
        (Wrote("Eve", "Ann", "Ben"), 2),
        (Wrote("Ben", "", "test@hogefuga.com"), 1),
    ]


@pytest.mark.parametrize(
    ("alias", "expected"),
    [
        ("Ann", "ann"),
        ("Ann Lee", "ann-lee"),
        ("花子", "pupil7"),
        ("a@b", "pupil7"),
        ("taken", "pupil8"),
        ("-", "pupil7"),
    ],
)
def test_addresses(alias: str, expected: str) -> None:
    taken = {"taken@class.example", "pupil7@class.example"} if alias == "taken" else set()
    assert address_of(alias, 7, taken) == f"{expected}@class.example"


def test_nobody_picks_up_the_mail_of_another(admit: Admit) -> None:
    ann, eve = admit("Ann"), admit("Eve")
    say(ann, *letter(ANN, BEN))
    for port in ("110", "143"):
        say(eve, f":connect mx.class.example:{port}", "USER ben", "PASS x", "a LOGIN ben x", "STAT")
        assert eve.state.simulation.access is None
