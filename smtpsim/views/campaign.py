"""A campaign as rows: each mailing as a bar, the meters against their thresholds, what turned on which day, and the
sums of all runs side by side."""

from __future__ import annotations

from collections.abc import Iterator

from smtpsim.campaign.mailing import Mailing, totals
from smtpsim.campaign.report import Report, Run, Thresholds
from smtpsim.campaign.run import UNOPENED
from smtpsim.explain import Words
from smtpsim.views.meter import EMPTY, FULL, STANDING_MARKS
from smtpsim.views.meter import bar as meter_bar
from smtpsim.views.row import Mark, Panel, Row, Section, titled, worst

BAR = 24
"""Cells of a bar."""

TURNS = {
    "listed": Mark.BAD,
    "delisted": Mark.GOOD,
    "blocked": Mark.BAD,
    "unblocked": Mark.GOOD,
    **STANDING_MARKS,
}

SUMS = (
    "sent",
    "delivered",
    "junked",
    "opened",
    "receipts",
    "bounced",
    "suppressed",
    "dropped",
    "deferred",
    "refused",
    "complaints",
    "traps",
    "removed",
)
"""The sums that are shown, in their order."""


def campaign_panel(report: Report, words: Words) -> Panel:
    """All runs, one below the other, and then their sums side by side."""
    runs = tuple(_run(run, report.thresholds, words) for run in report.runs)
    return Panel(words("campaign.title"), (_about(report, words), *runs, _sums(report, words)))


def _about(report: Report, words: Words) -> Section:
    plan = report.plan
    text = words(
        "campaign.about",
        recipients=f"{report.recipients:,}",
        mailings=len(plan.mailings),
        days=plan.days,
        service=report.service,
        account=report.account,
    )
    return titled("about", words("campaign.title"), (Row("about", "", text),), text)


def _run(run: Run, thresholds: Thresholds, words: Words) -> Section:
    title = words(_named(run))
    days = tuple(_day(mailing, words) for mailing in run.mailings)
    rule = (Row("rule", "", words("campaign.clean-rule", count=UNOPENED), Mark.NOTE),) if run.hygiene else ()
    rows = (*rule, *days, *_meters(run, thresholds, words), *_turns(run, words))
    return titled(f"run-{run.hygiene}", title, rows, title, worst(rows))


def _named(run: Run) -> str:
    return "campaign.clean" if run.hygiene else "campaign.as-it-is"


def _day(mailing: Mailing, words: Words) -> Row:
    """One mailing: how much of it arrived, and the account's standing after it."""
    arrived = mailing.delivered + mailing.junked
    text = words("campaign.day-text", arrived=percent(arrived, mailing.sent), sent=f"{mailing.sent:,}")
    bar = bar_text(arrived, mailing.sent)
    remark = words(f"campaign.standing-{mailing.standing}")
    value = f"{bar} {text}" if mailing.sent else words("campaign.day-nothing")
    return Row(
        f"day-{mailing.day}", words("campaign.day", day=mailing.day), value, STANDING_MARKS[mailing.standing], remark
    )


def _meters(run: Run, thresholds: Thresholds, words: Words) -> Iterator[Row]:
    """The service's meters as they stand in the end."""
    if not run.mailings:
        return
    last = run.mailings[-1]
    yield _meter("bounces", last.bounce_rate, thresholds.bounce_review, thresholds.bounce_pause, words)
    yield _meter("complaints", last.complaint_rate, thresholds.complaint_review, thresholds.complaint_pause, words)


def _meter(key: str, rate: float, review: int, pause: int, words: Words) -> Row:
    """A rate in per mille, drawn as `:reputation` draws it."""
    mark = Mark.BAD if rate >= pause else Mark.WARN if rate >= review else Mark.GOOD
    remark = words("campaign.thresholds", review=_rate(review), pause=_rate(pause))
    return Row(key, words(f"campaign.{key}"), f"{meter_bar(rate, review, pause)} {_rate(rate)}", mark, remark)


def _rate(per_mille: float) -> str:
    return f"{per_mille / 10:.2f} %" if per_mille < 10 else f"{per_mille / 10:.1f} %"


def _turns(run: Run, words: Words) -> Iterator[Row]:
    for event in run.events:
        text = words(f"campaign.event-{event.key}", what=event.what)
        key = f"event-{event.day}-{event.key}-{event.what}"
        yield Row(key, words("campaign.day", day=event.day), text, TURNS[event.key])


def _sums(report: Report, words: Words) -> Section:
    """What came of all mails, a column a run."""
    columns = [totals(run.mailings) for run in report.runs]
    heads = [words(_named(run)) for run in report.runs]
    width = max([len(f"{sums['sent']:,}") for sums in columns], default=0) + 9
    rows = [Row("heads", "", "   ".join(f"{number}: {head}" for number, head in enumerate(heads, 1)))]
    for name in SUMS:
        if any(sums[name] for sums in columns):
            cells = [f"{sums[name]:,} {_share(name, sums)}" for sums in columns]
            value = "  ".join(cell.rjust(width) for cell in cells)
            rows.append(Row(name, words(f"campaign.sum-{name}"), value))
    title = words("campaign.sums")
    return titled("sums", title, tuple(rows), title)


def _share(name: str, sums: dict[str, int]) -> str:
    whole = "" if name in ("sent", "removed") else percent(sums[name], sums["sent"])
    return whole.rjust(7)


def percent(part: int, whole: int) -> str:
    """A share with one decimal; nothing of nothing is 0."""
    return f"{100 * part / whole if whole else 0:.1f} %"


def bar_text(part: int, whole: int) -> str:
    """A bar of full and empty cells; something is never shown as nothing."""
    filled = -(-part * BAR // whole) if whole else 0
    return FULL * filled + EMPTY * (BAR - filled)
