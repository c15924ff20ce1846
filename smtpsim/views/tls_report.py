"""What the owner of a domain would be told of TLS: by sender and day, in words or as the report itself (RFC 8460)."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from smtpsim.explain import Words
from smtpsim.kernel.printable import printable
from smtpsim.reports.tls_report import TlsSessions
from smtpsim.views.page import page, part
from smtpsim.views.row import Mark, Panel, Row, Section
from smtpsim.world.calendar import moment
from smtpsim.world.model import World
from smtpsim.world.mta_sts.mailing import mailboxes, postmaster, report_of, signing_key
from smtpsim.world.mta_sts.policy import reports_to
from smtpsim.world.mta_sts.tally import due_time, tallies

Counts = list[tuple[TlsSessions, int]]


def tls_report_page(world: World, domain: str, as_json: bool, words: Words) -> Panel:
    """A part for each sender, day and domain; "" means all domains."""
    groups = _groups(world, domain)
    title = words("tls.report", domain=domain) if domain else words("tls.report-all")
    if not groups:
        empty = words("tls.report-empty", domain=domain) if domain else words("tls.report-empty-all")
        return page(title, part("", (), empty))
    if as_json:
        return page(title, *(part("", tuple(_written(world, counts))) for counts in groups))
    return page(title, *(_part(world, counts, words) for counts in groups))


def reports_text(world: World, domain: str) -> str:
    """All reports on a domain, or on all, one JSON text after the other; "" for none."""
    return "".join(f"{_text(world, counts)}\n" for counts in _groups(world, domain))


def _groups(world: World, domain: str) -> list[Counts]:
    def which(pair: tuple[TlsSessions, int]) -> tuple[str, str, str]:
        return pair[0].domain, pair[0].day, pair[0].sender

    return [list(counts) for _, counts in groupby(sorted(tallies(world, domain), key=which), which)]


def _written(world: World, counts: Counts) -> Iterator[Row]:
    """The report's own text, a row each line."""
    for number, line in enumerate(_text(world, counts).split("\n")):
        yield Row(f"line-{number}", "", line)


def _text(world: World, counts: Counts) -> str:
    import json

    return json.dumps(report_of(world, counts), indent=2)


def _part(world: World, counts: Counts, words: Words) -> Section:
    first = counts[0][0]
    title = words("tls.report-day", sender=first.sender, day=f"{first.date:%Y-%m-%d}")
    return part(f"{first.domain}  ({title})", (*_head(world, counts, words), *_rows(counts, words)))


def _head(world: World, counts: Counts, words: Words) -> Iterator[Row]:
    good = sum(count for each, count in counts if not each.result)
    bad = sum(count for each, count in counts if each.result)
    yield Row("total", "", words("tls.report-total", good=good, bad=bad), Mark.WARN if bad else Mark.GOOD)
    to = ", ".join(reports_to(world.zones.query(f"_smtp._tls.{counts[0][0].domain}", "TXT")))
    if to:
        yield Row("to", "", words("tls.report-to", addresses=to))
    yield from _mail(world, counts[0][0], words)


def _mail(world: World, first: TlsSessions, words: Words) -> Iterator[Row]:
    """Whether and when the report goes out as a mail."""
    host = world.hosts.get(first.sender)
    if host is None or not mailboxes(world, first.domain):
        return
    if signing_key(world, host) is None:
        told = words("tls.report-unsigned", sender=host.name, domain=postmaster(host).partition("@")[2])
        yield Row("mail", "", told, Mark.WARN)
        return
    due = due_time(world, first)
    told = words("tls.report-due", time=moment(due, world.now)) if due else words("tls.report-mailed")
    yield Row("mail", "", told, Mark.NOTE if due else Mark.NONE)


def _rows(counts: Counts, words: Words) -> Iterator[Row]:
    """Each policy, and below it the hosts with what was found at them."""
    for number, (policy, alike) in enumerate(groupby(counts, lambda pair: pair[0].policy)):
        text = printable(policy.replace("\n", "; "))
        told = words("tls.report-policy", policy=text) if policy else words("tls.report-no-policy")
        yield Row(f"policy-{number}", "", told)
        for index, (each, count) in enumerate(alike):
            host = words("tls.report-host", mx=printable(each.mx), ip=each.mx_ip)
            found = (words(f"tls.result-{each.result}"),) if each.result else ()
            remark = words("panel.then").join((words("tls.report-count", count=count), *found))
            yield Row(f"host-{number}-{index}", "", host, Mark.BAD if each.result else Mark.GOOD, remark, 1)
