"""The line that usually comes next: what a learner is shown in grey before typing anything."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from smtpsim.protocol.smtp.state import Phase
from smtpsim.session.simulation import Simulation, client_name
from smtpsim.session.transaction import Transaction
from smtpsim.shell.access import access_lines
from smtpsim.views.aftermath import look_of, refused_by


def hint(text: str, simulation: Simulation, remedies: tuple[str, ...] = (), looked: str = "") -> str:
    """The rest of the usual line that begins with `text`, "" when there is none. What gets on after a refusal
    (`smtpsim.views.advice.remedy`) comes before what is usual; `looked` is a line that was given just now, and that
    changed nothing."""
    for line in (*remedies, *usual_lines(simulation)):
        if line == looked and not text:
            continue
        if line.lower().startswith(text.lower()) and len(line) > len(text):
            return line[len(text) :]
    return ""


def without_address(line: str) -> str:
    """The line up to its first address: whom a mail is from and for is what a task asks."""
    return _ADDRESS.split(line, maxsplit=1)[0]


_ADDRESS = re.compile(r"[^\s<>:]+@")


def usual_lines(simulation: Simulation) -> Iterator[str]:
    """The lines that may come next, the most usual first."""
    if simulation.access:
        yield from access_lines(simulation)
        return
    phase = simulation.connection.state.phase
    if phase in _NEXT:
        yield from _NEXT[phase](simulation)
    if phase not in (Phase.DATA, Phase.CHUNK, Phase.AUTH, Phase.CLOSED):
        yield from ("QUIT", "RSET", "NOOP", "HELP")


def addresses(simulation: Simulation) -> tuple[str, ...]:
    """The known addresses: those of the client's own domain first, among these those that the world names first."""
    name, first = client_name(simulation), simulation.world.start.examples
    known = sorted(simulation.world.mailboxes)
    rank = {address: number for number, address in enumerate(first)}
    return tuple(sorted(known, key=lambda one: (not _at_home(one, name), rank.get(one, len(first)))))


def own_addresses(simulation: Simulation) -> tuple[str, ...]:
    """The known addresses of the client's own domain."""
    name = client_name(simulation)
    return tuple(address for address in sorted(simulation.world.mailboxes) if _at_home(address, name))


def _at_home(address: str, name: str) -> bool:
    domain = address.rpartition("@")[2]
    return name == domain or name.endswith(f".{domain}")


def _start(simulation: Simulation) -> Iterator[str]:
    name = client_name(simulation)
    yield from (f"HELO {name}", f"EHLO {name}")


def _ready(simulation: Simulation) -> Iterator[str]:
    if simulation.transaction.stage == "taken":
        other = refused_by(simulation)
        yield from filter(None, (look_of(simulation), f":connect {other}" if other else "", "QUIT"))
    home = next(iter(addresses(simulation)), "")
    if home:
        yield f"MAIL FROM:<{home}>"
    yield from _start(simulation)


def _mail(simulation: Simulation) -> Iterator[str]:
    """A recipient elsewhere, where there is one."""
    sender = simulation.transaction.sender or ""
    domain = sender.rpartition("@")[2]
    local = simulation.connection.host.domains
    known = addresses(simulation)
    strangers = [address for address in known if address.rpartition("@")[2] not in (domain, *local)]
    deliverable = strangers if simulation.connection.host.relay_for else []
    others = [address for address in known if address.rpartition("@")[2] in local]
    named = {one.address for one in simulation.transaction.recipients}
    yield from (f"RCPT TO:<{address}>" for address in (*deliverable, *others) if address not in named)


def _rcpt(simulation: Simulation) -> Iterator[str]:
    yield "DATA"
    yield from _mail(simulation)


def _data(simulation: Simulation) -> Iterator[str]:
    """From, To, Subject, then nothing, since the text is the writer's own; after a line of it, the dot."""
    transaction = simulation.transaction
    if transaction.headers.ended:
        newest = next(iter(simulation.connection.state.content.newest_lines(1)), b"")
        yield from (".",) if newest else ()
        return
    typed = {field.name.lower() for field in transaction.headers.fields}
    yield from (line for line in _headers(transaction) if line.partition(":")[0].lower() not in typed)


def _headers(transaction: Transaction) -> Iterator[str]:
    if transaction.sender:
        yield f"From: {transaction.sender}"
    for recipient in transaction.recipients:
        if not recipient.refusal:
            yield f"To: {recipient.address}"
            break
    yield "Subject: hello"


def _closed(simulation: Simulation) -> Iterator[str]:
    yield ":connect"


_NEXT: dict[Phase, Callable[[Simulation], Iterator[str]]] = {
    Phase.START: _start,
    Phase.READY: _ready,
    Phase.MAIL: _mail,
    Phase.RCPT: _rcpt,
    Phase.DATA: _data,
    Phase.CLOSED: _closed,
}
