"""A `:` line in a session: one turn, or all of a mail program's."""

from __future__ import annotations

import pytest

from smtpsim.explain import LANGUAGES, words
from smtpsim.message.draft import DraftFault
from smtpsim.session.change import Wrong
from smtpsim.session.simulation import Simulation, Turn
from smtpsim.shell.answer import Refused, told
from smtpsim.shell.shell import carry_out

MAIL = ":compose from=webmaster@example.com to=test@hogefuga.com subject=hello"


def session(*lines: str) -> Simulation:
    simulation = Simulation.start().after
    for line in lines:
        simulation = simulation.say(line).after
    return simulation


def turns(simulation: Simulation, line: str) -> tuple[Turn, ...]:
    done = carry_out(simulation, line)
    assert not isinstance(done, Refused)
    return done


def test_a_change_is_one_turn() -> None:
    (turn,) = turns(session(), " :wait  1h ")
    assert (turn.kind, turn.line) == ("simulator", ":wait  1h")


def test_a_program_makes_the_turns_that_a_person_would() -> None:
    made = turns(session(), MAIL)
    simulation = session()
    for turn in made:
        again = simulation.say(turn.line)
        assert again == turn._replace(after=again.after)
        simulation = again.after
    assert simulation.world.mailboxes["test@hogefuga.com"].length == 1


def test_each_recipient_gets_a_transaction_of_its_own() -> None:
    lines = [turn.line for turn in turns(session(), f"{MAIL} to=alice@hogefuga.com each")]
    assert sum(line.startswith("MAIL FROM") for line in lines) == 2


def test_an_address_without_a_name_introduces_itself_as_a_literal() -> None:
    (first, *_) = turns(Simulation.start(client_ip="192.0.2.99").after, MAIL)
    assert first.line == "EHLO [192.0.2.99]"


@pytest.mark.parametrize(
    ("lines", "order", "key"),
    [
        ((), ":compose", "no-author"),
        ((), ":compose from=a@example.com", "no-recipients"),
        ((), ":compose from=a@example.com to=b", "address"),
        ((), ":compose nonsense", "word"),
        (("HELO a", "MAIL FROM:<>", "RCPT TO:<test@hogefuga.com>", "DATA"), MAIL, "compose-in-letter"),
        (("EHLO a", "MAIL FROM:<>", "RCPT TO:<test@hogefuga.com>", "BDAT 9"), MAIL, "compose-in-letter"),
        ((), ":nothing", "unknown"),
    ],
)
def test_refused(lines: tuple[str, ...], order: str, key: str) -> None:
    found = carry_out(session(*lines), order)
    assert isinstance(found, Wrong | DraftFault)
    assert found.key == key
    assert all(told(found, words(lang)) for lang in LANGUAGES)
