"""The line that says why the last reply came, what was odd about the input, and what can be typed now."""

from __future__ import annotations

from typing import NamedTuple

from smtpsim.explain import Words
from smtpsim.kernel.fault import Fault
from smtpsim.kernel.printable import printable
from smtpsim.kernel.ref import Ref
from smtpsim.protocol.smtp.reply import Reply
from smtpsim.session.simulation import Turn, TurnKind
from smtpsim.views.advice import advice
from smtpsim.views.advice.said import Advice
from smtpsim.views.aftermath import became_of
from smtpsim.views.dialogue import reply_mark
from smtpsim.views.receipt import read_rows
from smtpsim.views.row import Mark, Row, cited, most_serious, worst
from smtpsim.views.safe import safe_row
from smtpsim.views.shift import shift_rows


class Explanation(NamedTuple):
    """`why` and `remarks` bear the RFC section, where there is one, as their remark; `next` is a sentence."""

    why: Row
    remarks: tuple[Row, ...]
    next: str


def mistake_told(name: str, words: Words) -> str:
    """A mistake in a few words; a rare one by the name that it has in the program."""
    return printable(words(f"mistake.{name}")) if words.has(f"mistake.{name}") else name


def explanation(turn: Turn, before: Turn | None, words: Words) -> Explanation:
    """What to say about a turn. `before` is the turn before it, None for the first."""
    refused = turn.reply is not None and not turn.reply.accepts
    faults = tuple(_fault(turn, fault, refused, words) for fault in turn.faults)
    advised = advice(turn, before)
    way_out = _advised(advised, words) if advised and advised.caught else ()
    hints = _advised(advised, words) if advised and not advised.caught else ()
    ends = became_of(turn, words)
    came = (*read_rows(turn, words), *ends, *shift_rows(turn, before, words))
    told = tuple(map(safe_row, (*way_out, *_marked(_why(turn, words), ends), *came, *faults, *hints)))
    return Explanation(told[0], told[1:], words(next_key(turn)))


def _advised(found: Advice, words: Words) -> tuple[Row, ...]:
    """What is said first to somebody who looks for the way out is a warning, and a note to others."""
    text = words(f"advice.{found.key}", **found.values)
    return (Row("advice", "", text, Mark.WARN if found.caught else Mark.NOTE),)


def _marked(why: tuple[Row, ...], ends: tuple[Row, ...]) -> tuple[Row, ...]:
    """A mail that was taken and did not arrive everywhere is no success: the reply bears a warning then."""
    end = worst(ends)
    return tuple(row._replace(mark=most_serious((row.mark, Mark.WARN if end is Mark.BAD else end))) for row in why)


def next_key(turn: Turn) -> str:
    """The key of what can be typed now, in the protocol that is spoken."""
    simulation = turn.after
    if simulation.access:
        return f"{simulation.access.protocol}.next-{simulation.access.state.phase}"
    return f"next.{simulation.connection.state.phase}"


def _spoken(turn: Turn, kind: str, key: str) -> str:
    """The key of a reply's or a fault's words: POP3 and IMAP have sections of their own."""
    access = turn.after.access
    return f"{access.protocol}.{kind}-{key}" if access else f"{kind}.{key}"


def _why(turn: Turn, words: Words) -> tuple[Row, ...]:
    """The sentence on the reply; none inside a letter, where the advice speaks alone."""
    if turn.kind == TurnKind.SIMULATOR:
        return (_hung_up(turn, words) or done(turn, words),)
    return (_reply(turn, turn.reply, words),) if turn.reply else ()


def _hung_up(turn: Turn, words: Words) -> Row | None:
    """Why the server hung up while a `:` line was carried out; None where it did not. POP3 says nothing then."""
    if not any(fact.key == "closed" for fact in turn.facts):
        return None
    text = words("pop3.hung-up")
    return _reply(turn, turn.reply, words) if turn.reply else Row("why", "", text, Mark.WARN, cited(Ref(1939, "3")))


def done(turn: Turn, words: Words) -> Row:
    """What a `:` line did to the simulation."""
    connection = turn.after.access or turn.after.connection
    key = f"command.{turn.command}-done"
    values = {"client": connection.client_ip, "server": connection.host.name, "faults": len(turn.after.world.faults)}
    text = words(key if words.has(key) else "command.looked", **values)
    return Row("why", "", text, Mark.GOOD)


def _reply(turn: Turn, reply: Reply, words: Words) -> Row:
    code = "" if turn.after.access else str(reply.code)
    key = _spoken(turn, "reply", reply.key)
    text = words(key if words.has(key) else f"reply.{reply.key}")
    return Row("why", code, text, reply_mark(reply.code), cited(reply.ref))


def _fault(turn: Turn, fault: Fault, refused: bool, words: Words) -> Row:
    """A fault that was refused, or a deviation that this server forgives."""
    text = words(_spoken(turn, "fault", fault.key), column=fault.column, found=fault.found)
    return Row(f"fault-{fault.key}", "", text, Mark.BAD if refused else Mark.WARN, cited(fault.ref))
