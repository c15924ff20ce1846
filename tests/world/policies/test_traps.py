"""The policy `traps`: alive, bouncing, watched; and what comes of writing there."""

from __future__ import annotations

import pytest

from smtpsim.world.blocklists import trail_of
from smtpsim.world.dnsbl import ZEN, look_up
from smtpsim.world.model import Setting, World
from tests.world.policies.dialogues import CLIENT, found, mailing, say, with_policies

TRAP, PRISTINE, REAL = "bob@hogefuga.com", "alice@hogefuga.com", "test@hogefuga.com"
LETTER = ("DATA", "Subject: x", "", ".")


def world(bouncing: str = "2024-01-01", watched: str = "2025-01-01") -> World:
    """The world begins on 2026-04-01."""
    settings: dict[str, Setting] = {
        "traps": ("Bob@HOGEFUGA.com",),
        "pristine": (PRISTINE,),
        "bouncing-from": bouncing,
        "watched-from": watched,
    }
    return with_policies(("traps", settings))


CASES = (
    # watched since long ago, or so it is taken where nobody says
    (world(), TRAP, 250, ("watched",), "dropped"),
    (world("", ""), TRAP, 250, ("watched",), "dropped"),
    (world("", "2026-04-01"), TRAP, 250, ("watched",), "dropped"),
    # still refused
    (world("", "2026-04-02"), TRAP, 550, ("bouncing",), "rejected"),
    (world("2026-04-01", "2030-01-01"), TRAP, 550, ("bouncing",), "rejected"),
    # still somebody's
    (world("2026-04-02", "2030-01-01"), TRAP, 250, (), "delivered"),
    # never anybody's
    (world("2030-01-01", "2030-01-01"), PRISTINE, 250, ("watched",), "dropped"),
    # as it may be written
    (world(), "BOB@hogefuga.com", 250, ("watched",), "dropped"),
    (world(), '"bob"@hogefuga.com.', 250, ("watched",), "dropped"),
    (world(), "bob@[198.51.100.25]", 250, ("watched",), "dropped"),
    # everybody else
    (world(), REAL, 250, (), "delivered"),
    (world(), "nobody@hogefuga.com", 550, (), "rejected"),
)


@pytest.mark.parametrize(("made", "recipient", "code", "findings", "fate"), CASES)
def test_a_trap_bounces_first_and_is_watched_later(
    made: World, recipient: str, code: int, findings: tuple[str, ...], fate: str
) -> None:
    said = say(mailing(made), f"RCPT TO:<{recipient}>", *(LETTER if code == 250 else ()))
    assert said.codes[0] == code
    assert found(said.after, "trap") == findings
    assert [outcome.status for outcome in said.after.world.outcomes.values()] == [fate]
    assert bool(trail_of(said.after.world, ZEN, CLIENT)) == (fate == "dropped")


def test_the_refusal_looks_like_that_of_any_unknown_user() -> None:
    simulation = mailing(world("", "2030-01-01"))
    replies = [simulation.say(f"RCPT TO:<{local}@hogefuga.com>").reply for local in ("bob", "nobody")]
    trap, unknown = ([reply.wire() for reply in replies if reply is not None],)[0]
    assert trap.replace("bob", "nobody") == unknown


def test_others_of_the_same_letter_get_it() -> None:
    said = say(mailing(world()), f"RCPT TO:<{TRAP}>", f"RCPT TO:<{REAL}>", *LETTER)
    fates = {outcome.recipient: outcome.status for outcome in said.after.world.outcomes.values()}
    assert fates == {TRAP: "dropped", REAL: "delivered"}


def test_a_letter_that_is_not_taken_is_no_hit() -> None:
    said = say(mailing(world()), f"RCPT TO:<{TRAP}>", "RSET")
    assert trail_of(said.after.world, ZEN, CLIENT) is None


def test_writing_on_lists_the_address_in_the_dns() -> None:
    """The shipped list wants three hits over a week."""
    simulation = mailing(world())
    results = []
    for pause in ("3d", "4d", "1s"):
        said = say(simulation, f"RCPT TO:<{TRAP}>", *LETTER, f":wait {pause}")
        simulation = said.after
        results.append(look_up(simulation.world.zones, CLIENT, ZEN).result)
    assert results == ["not-listed", "not-listed", "listed"]
    assert look_up(say(simulation, ":wait 30d").after.world.zones, CLIENT, ZEN).result == "not-listed"
