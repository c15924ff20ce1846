"""Who may send, from which domains, and for how long."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from smtpsim.session.simulation import open_simulation
from smtpsim.world.model import World
from tests.world.sending.small import books_of, lines, login, mailed, sent, tally

Service = Callable[[str], World]

TARO = "taro@phone.example"
UNVERIFIED = (
    "5.7.1 Message rejected: Email address is not verified. The following identities failed the check in region ONE: "
)


def said(world: World, *typed: str) -> list[tuple[int, str]]:
    turn = open_simulation(world)
    replies = []
    for line in typed:
        turn = turn.after.say(line)
        if turn.reply:
            replies.append((turn.reply.code, turn.reply.lines[-1]))
    return replies


@pytest.mark.parametrize(
    ("sender", "author", "reply"),
    [
        ("a@a.example", "a@a.example", ""),
        ("news@A.example", "Other <other@a.EXAMPLE>", ""),
        ("b@b.example", "a@a.example", "b@b.example"),
        ("a@a.example", "b@b.example", "b@b.example"),
        ("x@b.example", "y@c.example", "x@b.example, y@c.example"),
        ("a@sub.a.example", "a@a.example", "a@sub.a.example"),
    ],
)
def test_an_account_sends_from_its_own_domains_only(service: Service, sender: str, author: str, reply: str) -> None:
    turn = mailed(service("shared"), "a", TARO, sender=sender, author=author)
    assert turn.reply is not None
    expected = (554, UNVERIFIED + reply) if reply else (250, "2.0.0 Message accepted as GZ6XQ37N")
    assert (turn.reply.code, turn.reply.lines[-1]) == expected


def test_the_null_sender_is_no_address_of_an_account_s(service: Service) -> None:
    typed = [line.replace("MAIL FROM:<a@a.example>", "MAIL FROM:<>") for line in lines("a", TARO)]
    assert said(service("shared"), *typed)[-1] == (554, UNVERIFIED + "<>")


def test_sendgrid_says_it_otherwise(service: Service) -> None:
    world = service("account")
    host = world.hosts["ses.example"]
    policies = tuple(used._replace(settings={**used.settings, "unverified": "550"}) for used in host.policies[:1])
    world = world.with_host(host._replace(policies=policies))
    turn = mailed(world, "a", TARO, author="b@b.example")
    assert turn.reply is not None
    assert (turn.reply.code, turn.reply.key) == (550, "sender-no-identity")


def test_without_a_login_nothing_is_relayed(service: Service) -> None:
    """RFC 4954 6: 530 for whatever needs a log-in, which begins with MAIL."""
    replies = said(service("shared"), "EHLO x", "MAIL FROM:<a@a.example>")
    assert replies[-1] == (530, "5.7.0 Authentication required")
    replies = said(service("shared"), "EHLO x", "MAIL FROM:<>", f"RCPT TO:<{TARO}>")
    assert replies[-1] == (530, "5.7.0 Authentication required")


def test_without_a_login_only_what_comes_back_is_taken(service: Service) -> None:
    world = sent(service("shared"), "a", TARO).world
    for address, code in (
        ("0100-gz6xq37n-0@one.ses.example", 250),
        ("complaints@one.ses.example", 250),
        ("x@one.ses.example", 550),
    ):
        assert said(world, "EHLO x", "MAIL FROM:<>", f"RCPT TO:<{address}>")[-1][0] == code


def test_who_is_on_a_list_is_a_finding_and_no_refusal(service: Service) -> None:
    world = sent(service("shared"), "a", "nobody@phone.example").world
    turn = mailed(world, "b", TARO, "nobody@phone.example")
    (finding,) = turn.after.connection.findings
    assert (finding.kind, finding.subject, finding.domain, finding.result) == (
        "suppression",
        "nobody@phone.example",
        "one",
        "listed",
    )
    assert finding.decided_by == "Permanent/Suppressed"


def bad(world: World, good: int, nobody: int) -> World:
    recipients = [f"taro+{n}@phone.example" for n in range(good)] + [f"nobody{n}@phone.example" for n in range(nobody)]
    return sent(world, "a", *recipients).world


@pytest.mark.parametrize(
    ("good", "nobody", "standing"), [(8, 1, "healthy"), (19, 1, "review"), (20, 0, "healthy"), (9, 1, "paused")]
)
def test_the_bounce_rate_makes_the_standing(service: Service, good: int, nobody: int, standing: str) -> None:
    world = bad(service("shared"), good, nobody)
    assert tally(world, "a") == (good + nobody, nobody, 0)
    assert books_of(world).meter("a").standing == standing


def test_a_paused_account_that_goes_on_is_suspended(service: Service) -> None:
    world = bad(service("shared"), 9, 1)
    replies = []
    for _ in range(4):
        turn = mailed(world, "a", TARO)
        assert turn.reply is not None
        replies.append((turn.reply.code, turn.reply.lines[-1]))
        world = turn.after.world
    assert replies[0] == (554, "5.7.1 Message rejected: Sending paused for this account")
    assert replies[2] == replies[0]
    assert books_of(world).meter("a").standing == "suspended"
    assert said(world, "EHLO x", login("a"))[-1] == (
        454,
        "4.7.0 Temporary authentication failure: the account is suspended",
    )
    assert said(world, "EHLO x", login("b"))[-1][0] == 235
    assert said(world, "EHLO x", "AUTH PLAIN AGFAYS5leGFtcGxlAHdyb25n")[-1][0] == 535


def test_a_session_that_is_open_when_the_account_is_suspended_gets_no_further(service: Service) -> None:
    world = bad(service("shared"), 9, 1)
    turn = open_simulation(world)
    codes = []
    for line in [*lines("a", TARO), *list(lines("a", TARO))[2:] * 3]:
        turn = turn.after.say(line)
        if turn.reply and line in (".", "MAIL FROM:<a@a.example>"):
            codes.append(turn.reply.code)
    assert codes[:6] == [250, 554, 250, 554, 250, 554]
    assert codes[6] == 554
