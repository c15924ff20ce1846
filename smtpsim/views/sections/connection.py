"""The connection: who is talking to whom, under which name, and how well protected."""

from __future__ import annotations

from collections.abc import Iterator

from smtpsim.explain import Words
from smtpsim.protocol.smtp.state import Phase, State
from smtpsim.session.simulation import Simulation, name_of
from smtpsim.views.panel_section import PanelSection, Seen
from smtpsim.views.row import Mark, Row, Section, titled

LOCK = "\N{LOCK}"


def _make(seen: Seen, words: Words) -> Iterator[Section]:
    simulation = seen.simulation
    connection = simulation.connection
    state = connection.state
    name = name_of(simulation.world.zones, connection.client_ip)
    rows = (
        _client(connection.client_ip, name, words),
        _server(connection.host.name, state, words),
        _hello(state, name, words),
        _tls(state, words),
        _login(state, words),
    )
    yield titled("connection", words("panel.connection"), rows, _digest(simulation))


def _digest(simulation: Simulation) -> str:
    connection = simulation.connection
    state = connection.state
    hello = f", {_said(state)}" if state.helo else ""
    lock = f" {LOCK}" if state.tls else ""
    return f"{connection.client_ip} \N{RIGHTWARDS ARROW} {connection.host.name}{hello}{lock}"


def _said(state: State) -> str:
    return f"{'EHLO' if state.esmtp else 'HELO'} {state.helo}"


def _client(address: str, name: str, words: Words) -> Row:
    value = f"{address} ({name})" if name else f"{address} ({words('panel.no-name')})"
    return Row("client", words("panel.client"), value)


def _server(name: str, state: State, words: Words) -> Row:
    closed = state.phase is Phase.CLOSED
    remark = words("panel.closed") if closed else ""
    return Row("server", words("panel.server"), name, Mark.NOTE if closed else Mark.NONE, remark)


def _hello(state: State, name: str, words: Words) -> Row:
    """What the client called itself. A name that is not the address's own is no ground for refusal (RFC 5321 4.1.4)."""
    label = words("panel.hello")
    if state.helo is None:
        return Row("hello", label, words("panel.not-yet"))
    value = _said(state)
    if state.helo.lower() == name.lower():
        return Row("hello", label, value)
    remark = words("panel.hello-other", name=name) if name else words("panel.hello-unnamed")
    return Row("hello", label, value, Mark.NOTE, remark)


def _tls(state: State, words: Words) -> Row:
    if state.tls:
        return Row("tls", "TLS", f"{LOCK} {words('panel.tls-on')}", Mark.GOOD)
    return Row("tls", "TLS", words("panel.tls-off"))


def _login(state: State, words: Words) -> Row:
    if state.user is None:
        return Row("login", words("panel.login"), words("panel.nobody"))
    return Row("login", words("panel.login"), state.user, Mark.GOOD)


def _reads(seen: Seen) -> tuple[object, ...]:
    connection = seen.simulation.connection
    state, zones = connection.state, seen.simulation.world.zones
    closed = state.phase is Phase.CLOSED
    return connection.client_ip, connection.host, zones, state.esmtp, state.helo, state.tls, state.user, closed


SECTION = PanelSection("connection", 10, _make, _reads)
