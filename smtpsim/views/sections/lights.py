"""The three lights of a carrier: may this client speak for HELO, envelope From and header From? Below them what the
carrier did for each recipient, with its reason."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from smtpsim.explain import Words
from smtpsim.kernel.finding import Finding
from smtpsim.session.simulation import Simulation
from smtpsim.spf import Result
from smtpsim.views.fate import outcomes_of_mail
from smtpsim.views.finding import found_for
from smtpsim.views.panel_section import Heard, PanelSection, Seen
from smtpsim.views.row import Badge, Mark, Row, Section, badged, worst
from smtpsim.views.trace import ASKED, IDENTITIES
from smtpsim.world.model import Hop, Host, Shown, World

NAME = "lights"


class Light(NamedTuple):
    """`key` names its words (`panel.light-KEY`), `colour` its colour (`panel.colour-COLOUR`); `result` is SPF's."""

    key: str
    colour: str
    mark: Mark
    result: str = ""


class Judgement(NamedTuple):
    """What one carrier has found in a dialogue: the typed one, whose `hop` is 0, or one between servers. `over` tells
    that a letter has been judged."""

    host: Host
    findings: tuple[Finding, ...]
    hop: int
    over: bool


def _make(seen: Seen, words: Words) -> Iterator[Section]:
    """Nothing where no carrier has anything to do with the mail at hand."""
    found = tuple(_judgements(seen.simulation))
    if not found:
        return
    rows = tuple(row for one in found for row in _rows(one, words))
    digest = badged("lights", tuple(_digest(found[-1], words)), words("panel.lights"))
    yield Section("lights", words("panel.lights"), rows, digest._replace(mark=worst(rows)))


def _hop_rows(heard: Heard, words: Words) -> Iterator[Row]:
    """What a carrier found in a dialogue between servers."""
    if heard.host and _wanted(heard.host):
        yield from _rows(Judgement(heard.host, heard.findings, heard.hop, True), words)


def _in_hop(hop: Hop, world: World) -> Judgement | None:
    host = world.hosts.get(hop.server)
    return Judgement(host, hop.findings, hop.number, True) if host and _wanted(host) else None


def _wanted(host: Host) -> frozenset[str]:
    """The identities that must pass by some rule of the host."""
    return frozenset(
        identity for policy, settings in host.policies if policy.lights for identity in policy.lights(settings)
    )


def _judgements(simulation: Simulation) -> Iterator[Judgement]:
    """That of the server which is typed to, or else those of the servers that the mail has gone on to."""
    host, findings = simulation.connection.host, simulation.connection.findings
    if _wanted(host):
        yield Judgement(host, findings, 0, simulation.transaction.stage in ("taken", "refused"))
        return
    world = simulation.world
    hops = dict.fromkeys(outcome.hop for _, outcome in outcomes_of_mail(simulation) if not outcome.role)
    for number in hops:
        hop = world.hops.get(number)
        if hop and (found := _in_hop(hop, world)):
            yield found


def _rows(found: Judgement, words: Words) -> Iterator[Row]:
    """The lights, and below them the decision of each rule on each recipient."""
    yield badged(f"lights-{found.hop}", tuple(_badges(found, words)), found.host.name if found.hop else "")
    for number, (finding, shown) in enumerate(found_for(NAME, found.findings, found.host)):
        yield _decision(f"decision-{found.hop}-{number}", finding, shown, words)


def _badges(found: Judgement, words: Words) -> Iterator[Badge]:
    """Each light with the verdict that it stands for."""
    for identity, light in _lights(found):
        name, value = words(f"panel.light-{identity}"), words(f"panel.light-{light.key}", result=light.result)
        yield Badge(name, value, light.mark)


def _digest(found: Judgement, words: Words) -> Iterator[Badge]:
    """The colours alone, for small screens."""
    for identity, light in _lights(found):
        yield Badge(IDENTITIES[identity], words(f"panel.colour-{light.colour}"), light.mark)


def _lights(found: Judgement) -> Iterator[tuple[str, Light]]:
    findings: dict[str, Finding] = {finding.identity: finding for finding in found.findings if finding.kind == "spf"}
    required = _wanted(found.host)
    for identity in ASKED:
        yield identity, _light(findings.get(identity), identity in required, found.over)


def _light(finding: Finding | None, required: bool, over: bool) -> Light:
    if not required:
        return Light("off", "grey", Mark.NONE)
    if finding is None:
        return Light("none", "red", Mark.BAD) if over else Light("wait", "grey", Mark.WAIT)
    passed = finding.result == Result.PASS
    return (
        Light("green", "green", Mark.GOOD, finding.result) if passed else Light("red", "red", Mark.BAD, finding.result)
    )


def _decision(key: str, finding: Finding, shown: Shown, words: Words) -> Row:
    text = words(f"panel.carrier-{finding.result}", recipient=finding.subject, policy=finding.decided_by)
    return Row(key, "", text, Mark(shown.marks[finding.result]), words(f"handling.{finding.reason}"), depth=1)


def _reads(seen: Seen) -> tuple[object, ...]:
    simulation, world = seen.simulation, seen.simulation.world
    mail = simulation.transaction
    over = mail.stage in ("taken", "refused")
    return seen.findings, seen.host, over, mail.first_outcome, world.outcomes, world.hops, world.hosts


SECTION = PanelSection(NAME, 70, _make, _reads, rows=_hop_rows)
