"""SPF: whose name was checked, the verdict, and the term of the record that decided (RFC 7208)."""

from __future__ import annotations

from collections.abc import Iterator

from smtpsim.explain import Words
from smtpsim.kernel.check import Check
from smtpsim.kernel.printable import decoded
from smtpsim.session.simulation import Simulation
from smtpsim.spf import Reason, Result, Verdict
from smtpsim.views.row import Row, Section, cited, titled, worst
from smtpsim.views.trace import MARKS


def section(simulation: Simulation, words: Words) -> Section:
    connection = simulation.connection
    checks = tuple(check for check in connection.checks if check.kind == "spf")
    title = words("panel.spf")
    if not checks:
        asked = any(used.policy.name == "spf" for used in connection.host.policies)
        none = words("panel.spf-not-yet" if asked else "panel.spf-off")
        return titled("spf", title, (Row("none", "", none),), none)
    rows = tuple(row for check in checks for row in _check(check, words))
    return titled("spf", title, rows, _digest(checks), worst(rows))


def _check(check: Check, words: Words) -> Iterator[Row]:
    """The verdict on one identity, and below it the record that it rests on."""
    value = f"{check.result}  {check.domain}"
    why = _why(check, words)
    mark = MARKS[Result(check.result)]
    yield Row(check.identity, IDENTITIES[check.identity], value, mark, f"{why} ({cited(check.ref)})")
    if isinstance(check.trace, Verdict) and check.trace.trace.text:
        yield Row(f"{check.identity}-record", "", decoded(check.trace.trace.text), depth=1)


def _why(check: Check, words: Words) -> str:
    """The term that the address matches, or why none decided."""
    if check.reason == Reason.MATCHED:
        return words("panel.spf-matched", term=check.decided_by)
    return words(f"spf.reason-{check.reason}")


def _digest(checks: tuple[Check, ...]) -> str:
    return ", ".join(f"{IDENTITIES[check.identity]} {check.result}" for check in checks)


IDENTITIES = {"helo": "HELO", "mailfrom": "MAIL FROM", "header-from": "From:", "client": "IP"}
"""How the protocol itself calls those whose record was asked: the same in every language."""
