"""What the owner of a domain would be told: the letters that name it, by their source (RFC 9990), in words or as the
report itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from smtpsim.auth.walk import walk
from smtpsim.explain import Words
from smtpsim.reports.aggregate_report import Alike, Metadata, Results, Signatures, aggregate_report
from smtpsim.session.simulation import name_of
from smtpsim.views.page import page, part
from smtpsim.views.row import Mark, Panel, Row, Section
from smtpsim.world.calendar import moment
from smtpsim.world.directory import own_domain
from smtpsim.world.dmarc_memory import Count, Seen, seen
from smtpsim.world.model import World

DISPOSITIONS = {"none": Mark.NONE, "quarantine": Mark.WARN, "reject": Mark.BAD}


Counted = list[tuple[Seen, Count]]


def dmarc_report(world: World, domain: str, as_xml: bool, words: Words) -> Panel:
    """A part for each receiver and domain; "" means all domains."""
    found = seen(world, domain)
    if not found:
        empty = words("dmarc.report-empty", domain=domain) if domain else words("dmarc.report-empty-all")
        return page(_title(domain, words), part("", (), empty))
    groups = dict.fromkeys((each.domain, each.receiver) for each, _ in found)
    if as_xml:
        return page(_title(domain, words), *(part("", tuple(_written(world, found, *group))) for group in groups))
    parts = (_part(world, found, *group, words) for group in groups)
    hint = part("", (Row("hint", "", words("dmarc.report-hint"), Mark.NOTE),))
    return page(_title(domain, words), *parts, hint)


def _title(domain: str, words: Words) -> str:
    return words("dmarc.report", domain=domain) if domain else words("dmarc.report-all")


def _written(world: World, found: Iterable[tuple[Seen, Count]], domain: str, receiver: str) -> Iterator[Row]:
    """The report's own text, a row each line."""
    for number, line in enumerate(report_text(world, found, domain, receiver).splitlines()):
        yield Row(f"line-{number}", "", line)


def reports_text(world: World, domain: str) -> str:
    """All reports on a domain, or on all, one XML document after the other; "" for none."""
    found = seen(world, domain)
    groups = dict.fromkeys((each.domain, each.receiver) for each, _ in found)
    return "".join(report_text(world, found, *group) for group in groups)


def report_text(world: World, found: Iterable[tuple[Seen, Count]], domain: str, receiver: str) -> str:
    """The report of one receiver on one domain as XML."""
    own = _of(found, domain, receiver)
    host = world.hosts.get(receiver)
    contact = f"postmaster@{own_domain(host) if host else receiver}"
    told = Metadata(receiver, contact, *_span(own))
    return aggregate_report(told, domain, walk(domain, world.zones).at(domain), [_alike(*pair) for pair in own])


def _alike(each: Seen, count: Count) -> Alike:
    return Alike(
        client_ip=each.client_ip,
        letters=count.letters,
        author=each.author,
        disposition=each.disposition,
        spf=each.spf,
        dkim=each.dkim,
        sent_as=_results(each.sent_as),
        signed_by=_signatures(each),
        scope=each.scope,
        comment=each.override,
    )


def _signatures(each: Seen) -> Signatures:
    pairs = zip(_results(each.signed_by), _each(each.selectors), strict=True)
    return tuple((domain, selector, result) for (domain, result), selector in pairs)


def _results(text: str) -> Results:
    """The domains and their results, which are remembered as one text."""
    pairs = (one.partition(" ") for one in _each(text))
    return tuple((domain, result) for domain, _, result in pairs)


def _each(text: str) -> tuple[str, ...]:
    return tuple(filter(None, text.split(", ")))


def _of(found: Iterable[tuple[Seen, Count]], domain: str, receiver: str) -> Counted:
    return [(each, count) for each, count in found if (each.domain, each.receiver) == (domain, receiver)]


def _span(own: Counted) -> tuple[int, int]:
    return min(count.first for _, count in own), max(count.last for _, count in own)


def _part(world: World, found: tuple[tuple[Seen, Count], ...], domain: str, receiver: str, words: Words) -> Section:
    """What one receiver tells of one domain."""
    own = _of(found, domain, receiver)
    first, last = _span(own)
    title = words(
        "dmarc.report-receiver", receiver=receiver, **{"from": moment(first, world.now), "to": moment(last, world.now)}
    )
    return part(f"{domain}  ({title})", (*_head(world, own, domain, words), *_rows(world, own, words)))


def _head(world: World, own: Counted, domain: str, words: Words) -> Iterator[Row]:
    """How many letters there were, and to whom the record has this reported."""
    letters = sum(count.letters for _, count in own)
    aligned = sum(count.letters for each, count in own if "pass" in (each.spf, each.dkim))
    yield Row("total", "", words("dmarc.report-total", count=letters, aligned=aligned))
    record = walk(domain, world.zones).at(domain)
    to = ", ".join(record.reports_to) if record else ""
    told = words("dmarc.report-to", addresses=to) if to else words("dmarc.report-to-nobody")
    yield Row("to", "", told, Mark.NONE if to else Mark.WARN)


def _rows(world: World, own: Counted, words: Words) -> Iterator[Row]:
    """Each source with what was found and done, the most letters first."""
    for number, (each, count) in enumerate(sorted(own, key=lambda pair: (-pair[1].letters, pair[0]))):
        name = name_of(world.zones, each.client_ip) or words("panel.no-name")
        done = words(f"dmarc.disposition-{each.disposition}")
        why = (words("dmarc.report-overridden"),) if each.override else ()
        told = words("panel.then").join((words("dmarc.report-count", count=count.letters), done, *why))
        source = words("dmarc.report-source", ip=each.client_ip, name=name)
        yield Row(f"source-{number}", "", source, DISPOSITIONS[each.disposition], told)
        yield Row(f"author-{number}", "", words("dmarc.report-author", author=each.author), depth=1)
        spf = words("dmarc.report-spf", result=each.spf, domains=each.sent_as or words("dmarc.report-none"))
        yield Row(f"spf-{number}", "", spf, _mark(each.spf), depth=1)
        dkim = words("dmarc.report-dkim", result=each.dkim, domains=each.signed_by or words("dmarc.report-unsigned"))
        yield Row(f"dkim-{number}", "", dkim, _mark(each.dkim), depth=1)


def _mark(result: str) -> Mark:
    return Mark.GOOD if result == "pass" else Mark.BAD
