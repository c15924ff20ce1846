"""A sender's program at work in a session: it says what a client must say, and goes by what the server answers."""

from __future__ import annotations

from collections.abc import Sequence

from smtpsim.message.compose import (
    Outgoing,
    Split,
    compose,
    content_lines,
    mail_command,
    one_for_all,
    rcpt_command,
    stamp,
    transaction_lines,
)
from smtpsim.message.draft import Draft
from smtpsim.protocol.smtp.reply import Reply
from smtpsim.protocol.smtp.state import Phase
from smtpsim.session.change import connected
from smtpsim.session.simulation import Simulation, Turn
from smtpsim.world.model import Host

SMTP = "smtp"
"""What a host must listen for to take mail."""

TOO_MANY_RECIPIENTS = 452
"""The reply that sends the rest of the recipients to a transaction of their own (RFC 5321 4.5.3.1.10)."""

_WAY_OUT = {Phase.AUTH: "*", Phase.MAIL: "RSET", Phase.RCPT: "RSET", Phase.CHUNKS: "RSET"}
"""What ends a login or a transaction that somebody else has begun."""


def submit(simulation: Simulation, draft: Draft, helo: str, split: Split = one_for_all) -> tuple[Turn, ...]:
    """The turns in which a mail program hands in the draft; the connection stays open after them.

    It introduces itself as `helo` where nobody has done so yet, and connects anew where the connection has
    ended or mail is being picked up. It must not be in the middle of a letter.
    """
    client = _Client(simulation)
    if client.ready(helo):
        for letter in split(_composed(simulation, draft, client.offered)):
            client.hand_in(letter)
    return tuple(client.turns)


def plan(simulation: Simulation, draft: Draft, helo: str, split: Split = one_for_all) -> tuple[str, ...]:
    """What `submit` will say, line by line, as long as the server accepts everything; nothing is sent."""
    offered = offered_by(simulation)
    opening = () if _introduced(simulation) else (f"EHLO {helo}",)
    if opening:
        offered = mail_server(simulation).service.keywords
    letters = split(_composed(simulation, draft, offered))
    return *opening, *(line for letter in letters for line in transaction_lines(letter, offered))


def offered_by(simulation: Simulation) -> frozenset[str]:
    """The extensions that EHLO's reply named in this connection."""
    connection = simulation.connection
    return connection.host.service.keywords if connection.state.esmtp else frozenset()


def mail_server(simulation: Simulation) -> Host:
    """The server that takes a mail from here: the one that is talked to, unless it only gives mail out."""
    host, world = simulation.connection.host, simulation.world
    return host if SMTP in host.listens or not host.listens else world.hosts[world.start.host]


def _composed(simulation: Simulation, draft: Draft, offered: frozenset[str]) -> Outgoing:
    world = simulation.world
    return compose(draft, stamp(draft, world.now, world.seed, simulation.turns), offered)


def _introduced(simulation: Simulation) -> bool:
    """Whether the server knows the client's name already."""
    return not simulation.access and simulation.connection.state.phase not in (Phase.START, Phase.CLOSED)


class _Client:
    """The client's end; `turns` are those that it has made so far."""

    def __init__(self, simulation: Simulation) -> None:
        self._now = simulation
        self.turns: list[Turn] = []

    @property
    def offered(self) -> frozenset[str]:
        return offered_by(self._now)

    @property
    def _phase(self) -> Phase:
        return self._now.connection.state.phase

    def ready(self, helo: str) -> bool:
        """Come to where a transaction can begin; False when the server does not let us."""
        if self._now.access or self._phase is Phase.CLOSED:
            self._connect()
        if self._phase in _WAY_OUT:
            self._say(_WAY_OUT[self._phase])
        if self._phase is Phase.START and not self._accepted(f"EHLO {helo}"):
            self._accepted(f"HELO {helo}")
        return self._phase is Phase.READY

    def hand_in(self, letter: Outgoing) -> None:
        """Transactions until every recipient has had an answer."""
        waiting: Sequence[str] = letter.recipients
        while waiting and self._phase is Phase.READY:
            waiting = self._transaction(letter, waiting)

    def _transaction(self, letter: Outgoing, recipients: Sequence[str]) -> Sequence[str]:
        """One transaction; gives the recipients that did not fit in."""
        if not self._accepted(mail_command(letter, self.offered)):
            return ()
        waiting = self._recipients(recipients)
        if self._phase is Phase.RCPT and self._accepted("DATA"):
            for line in content_lines(letter):
                self._say(line)
        elif self._phase in _WAY_OUT:
            self._say(_WAY_OUT[self._phase])
        return waiting

    def _recipients(self, recipients: Sequence[str]) -> Sequence[str]:
        """Name the recipients; gives those for whom there was no room beside the others."""
        for index, recipient in enumerate(recipients):
            some = self._phase is Phase.RCPT
            reply = self._say(rcpt_command(recipient))
            if self._phase is Phase.CLOSED:
                break
            if some and reply and reply.code == TOO_MANY_RECIPIENTS:
                return recipients[index:]
        return ()

    def _connect(self) -> None:
        server = mail_server(self._now)
        turn = connected(self._now, server, self._now.connection.client_ip)
        self._add(turn._replace(line=f":connect {server.name}", command="connect"))

    def _accepted(self, line: str) -> bool:
        reply = self._say(line)
        return reply is not None and reply.accepts

    def _say(self, line: str) -> Reply | None:
        return self._add(self._now.say(line))

    def _add(self, turn: Turn) -> Reply | None:
        self.turns.append(turn)
        self._now = turn.after
        return turn.reply
