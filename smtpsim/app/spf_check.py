"""One SPF check from the command line: where the records come from, and how the verdict is printed."""

from __future__ import annotations

import time
from typing import NamedTuple

from smtpsim.app.environment import Environment
from smtpsim.disk.regular import read_regular
from smtpsim.explain import Words
from smtpsim.kernel.dns import Resolver
from smtpsim.kernel.failure import Failure
from smtpsim.kernel.ip import normal
from smtpsim.kernel.printable import encoded
from smtpsim.spf import Verdict, check_host, mail_from_identity
from smtpsim.world.dns.live import LiveFault, LiveResolver, open_live
from smtpsim.world.dns.zone_text import ZoneText
from smtpsim.world.dns.zonefile import read_zones
from smtpsim.world.dns.zones import Zones


class Question(NamedTuple):
    """What was asked, as typed; "" for what was not, None for no record."""

    ip: str
    mail_from: str
    helo: str
    zone: str
    dns: str
    record: str | None
    world: str


RECEIVER = "smtpsim"
"""What %{r} stands for here (RFC 7208 7.2)."""


def check(question: Question, as_json: bool, say: Words, environment: Environment) -> None:
    """Evaluate and print. Raises Failure for a question that cannot be asked."""
    ip = normal(question.ip)
    if not ip:
        raise Failure(say("trace.not-an-address", found=question.ip))
    sender = question.mail_from.strip("<>")
    if not sender and not question.helo:
        raise Failure(say("trace.no-identity"))
    helo = question.helo or sender.rpartition("@")[2] or "unknown"
    identity = mail_from_identity(sender, helo)
    resolver = _resolver(question, identity.domain, say)
    now = int(time.time())
    verdict = check_host(ip, identity.domain, identity.sender, helo, resolver, receiver=RECEIVER, now=now)
    if isinstance(resolver, LiveResolver) and resolver.fault is not None:
        raise Failure(_no_network(resolver.fault, say))
    lines = _json_lines(verdict) if as_json else _text_lines(verdict, ip, sender, helo, say)
    if _has_type99(resolver, verdict) and not as_json:
        lines.append(f"! {verdict.domain} SPF: {say('trace.type99')}")
    for line in lines:
        print(line, file=environment.out)


def _has_type99(resolver: Resolver, verdict: Verdict) -> bool:
    """Whether the domain publishes the discontinued record type; it is asked for only where it may be there."""
    return verdict.trace.answer is not None and bool(resolver.query(verdict.domain, "SPF").records)


def _resolver(question: Question, domain: str, say: Words) -> Resolver:
    if question.zone and question.dns:
        raise Failure(say("trace.zone-and-dns"))
    if question.zone:
        resolver: Resolver = _zone_file(question.zone, say)
    elif question.dns in ("", "world"):
        from smtpsim.shell.chosen_world import open_world

        resolver = open_world(question.world, say).zones
    else:
        resolver = _live(question.dns, say)
    if question.record is None:
        return resolver
    from smtpsim.world.dns.zones import Draft

    return Draft(resolver, domain, encoded(question.record))


def _zone_file(name: str, say: Words) -> Zones:
    try:
        text = read_regular(name).decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as wrong:
        # Here, since it reads transcripts, too, and a check that goes well needs none.
        from smtpsim.shell.reading import why

        raise Failure(say("cli.unreadable", name=name, reason=why(wrong, say))) from wrong
    zones = read_zones([ZoneText(name, text.replace("\r\n", "\n"))])
    if isinstance(zones, Zones):
        return zones
    raise Failure(f"{zones.file}:{zones.line}: {say(f'world.{zones.key}', reason=zones.detail)}")


def _live(where: str, say: Words) -> LiveResolver:
    resolver = open_live("" if where == "live" else where)
    if isinstance(resolver, LiveFault):
        raise Failure(_no_network(resolver, say))
    return resolver


def _no_network(fault: LiveFault, say: Words) -> str:
    return say("trace.bad-server", detail=fault.detail, reason=say(f"trace.{fault.key}"))


def _json_lines(verdict: Verdict) -> list[str]:
    from json import dumps

    from smtpsim.render.spf_json import plain_verdict

    return [dumps(plain_verdict(verdict), ensure_ascii=False)]


def _text_lines(verdict: Verdict, ip: str, sender: str, helo: str, say: Words) -> list[str]:
    from smtpsim.render.spf import verdict_lines

    return [say("trace.client", client=ip, helo=helo, sender=sender), *verdict_lines(verdict, say)]
