"""When a step is reached: together in one mail, one turn or the session; never by what was undone."""

from __future__ import annotations

import pytest

from smtpsim.goals.follower import Follower, met_at_start, played
from smtpsim.goals.progress import Step
from smtpsim.session.timeline import Timeline
from tests.goals.stage import mail, step, turns_of

HELO = "HELO cgi.example.com"


def reached(goals: Step, *lines: str) -> bool:
    return played((goals,), turns_of(*lines)).done


@pytest.mark.parametrize(
    "goal",
    [
        "outcome recipient=test@hogefuga.com status=delivered",
        "outcome recipient=TEST@hogefuga.com status=delivered",
        "envelope from=ann@example.com",
        "envelope to=test@hogefuga.com count=1",
        "header name=subject value=hello",
        "check kind=spf identity=mailfrom result=pass",
        "mailbox address=test@hogefuga.com subject=hello return_path=ann@example.com",
        "mailbox address=test@hogefuga.com headers=received body~=Hi",
        "reply code=354",
        "reply code>=354 verb=data",
        "fact key=recipient recipient=test@hogefuga.com",
        "fact key=outcome-delivered",
        "connection helo=cgi.example.com esmtp=false tls=false",
    ],
)
def test_a_mail_reaches(goal: str) -> None:
    assert reached(step(goal), HELO, *mail())


@pytest.mark.parametrize(
    "goal",
    [
        "outcome recipient=test@hogefuga.com status=bounced",
        'envelope from=""',
        "envelope count>=2",
        "header name=subject value=Hello",
        "header name=Bcc",
        "mailbox address=ann@example.com",
        "reply code=550",
        "connection tls=true",
    ],
)
def test_a_mail_does_not_reach(goal: str) -> None:
    assert not reached(step(goal), HELO, *mail())


def test_the_null_sender_is_a_sender() -> None:
    assert reached(step('envelope from=""'), HELO, "MAIL FROM:<>")


TOGETHER = step("envelope from=ann@example.com", "outcome recipient=bob@hogefuga.com status=delivered")


def test_facts_of_two_mails_do_not_add_up() -> None:
    other = mail("bob@hogefuga.com", sender="carol@example.com")
    assert not reached(TOGETHER, HELO, *mail(), *other)
    assert reached(TOGETHER, HELO, *other, *mail("bob@hogefuga.com"))


def test_what_becomes_of_a_mail_later_belongs_to_it() -> None:
    """The second mail is under way when the first one is tried again; its outcome is the first one's all the same."""
    goals = step("envelope to=mio@patient.example", "outcome recipient=mio@patient.example status=delivered")
    later = turns_of(HELO, *mail("mio@patient.example"), *mail(), ":wait 1h")
    fates = [(fate.recipient, fate.status) for turn in later for fate in turn.fates]
    assert ("mio@patient.example", "delivered") in fates, fates
    assert played((goals,), later).done


def test_an_extra_recipient_and_a_retry_do_no_harm() -> None:
    extra = [*mail()[:2], "RCPT TO:<bob@hogefuga.com>", "RCPT TO:<nobody@hogefuga.com>", *mail()[2:]]
    goals = step("envelope to=test@hogefuga.com", "outcome recipient=test@hogefuga.com status=delivered")
    assert reached(goals, HELO, *extra)
    assert reached(goals, "RCPT TO:<x@y>", HELO, "MAIL FROM:<ann@example.com>", "RSET", *mail())


def test_not_forbids_within_the_mail_only() -> None:
    goals = step("outcome status=delivered", "not header name=Bcc")
    assert not reached(goals, HELO, *mail("test@hogefuga.com", "Bcc: bob@hogefuga.com"))
    assert reached(goals, HELO, *mail("test@hogefuga.com", "Bcc: bob@hogefuga.com"), *mail())


def test_a_turn_is_one_turn() -> None:
    both = step("reply code=250 scope=turn", "fact key=sender scope=turn")
    assert reached(both, HELO, "MAIL FROM:<ann@example.com>")
    assert not reached(both, HELO, "NOOP")
    clean = step("fact key=sender scope=turn", "not fault key=no-brackets scope=turn")
    assert not reached(clean, HELO, "MAIL FROM:ann@example.com")
    assert reached(clean, HELO, "MAIL FROM:ann@example.com", "RSET", "MAIL FROM:<ann@example.com>")


def test_the_check_of_helo_holds_for_the_second_mail_too() -> None:
    goals = step("check kind=spf identity=helo", "envelope to=bob@hogefuga.com")
    assert reached(goals, HELO, *mail(), *mail("bob@hogefuga.com"))


def test_only_forbidding_is_no_step() -> None:
    assert step("not header name=Bcc").only_forbids
    assert not step("not header name=Bcc", "reply code=250").only_forbids


def test_what_holds_at_the_start_is_found() -> None:
    steps = (step("connection server=smtp.example.com"), step("reply code=220"), step("reply code=250"))
    assert met_at_start(steps, turns_of()) == steps[:2]


def test_undone_turns_do_not_count() -> None:
    timeline, follower = Timeline(turns_of()[0]), Follower([step("fact key=hello"), step("reply code=221")])
    for turn in turns_of(HELO, "NOOP")[1:]:
        timeline.add(turn)
        follower.follow(timeline)
    assert follower.progress.met == (True, False)
    timeline.goto(0)
    follower.follow(timeline)
    assert follower.progress.met == (False, False)
    timeline.add(turns_of("QUIT")[1])
    follower.follow(timeline)
    assert follower.progress.met == (False, True)


def test_redone_turns_count_again() -> None:
    timeline, follower = Timeline(turns_of()[0]), Follower([step("fact key=hello")])
    timeline.add(turns_of(HELO)[1])
    for position, met in ((1, True), (0, False), (1, True)):
        timeline.goto(position)
        follower.follow(timeline)
        assert follower.progress.done is met


def test_the_stage_does_not_count() -> None:
    assert not played((step("fact key=hello"),), turns_of(HELO), begins=1).done


def test_mails_are_told_apart_by_their_letters() -> None:
    turns = turns_of(HELO, *(line for _ in range(30) for line in mail()))
    progress = played((step("mailbox address=nobody@example.com"),), turns)
    assert progress.mail == 30
    assert len(progress.letters) == 30
