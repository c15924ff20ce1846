"""The picture of a campaign: a plot for each run, with a bar for each mailing and the service's bounce rate across."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape

from smtpsim.campaign.mailing import FATES, Mailing
from smtpsim.campaign.report import Report, Run, Thresholds
from smtpsim.explain import Words
from smtpsim.render.campaign.shape import BOTTOM, COLOURS, HEIGHT, LEFT, MOST_RATE, RIGHT, STYLE, TOP, WIDTH

LEGEND = 44
"""The height of the legend below the plots."""

_PLOT_WIDTH = WIDTH - LEFT - RIGHT
_PLOT_HEIGHT = HEIGHT - TOP - BOTTOM


def campaign_svg(report: Report, words: Words) -> str:
    """The whole picture, which needs nothing from outside."""
    width, height = WIDTH * max(len(report.runs), 1), HEIGHT + LEGEND
    plots = "".join(
        f'<g transform="translate({WIDTH * number},0)">{"".join(_plot(run, report.thresholds, words))}</g>\n'
        for number, run in enumerate(report.runs)
    )
    title = escape(words("campaign.title"))
    legend = "".join(_legend(report, words))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img" aria-label="{title}">\n'
        f"<title>{title}</title>\n<style>{STYLE}</style>\n"
        f'<rect class="ground" width="{width}" height="{height}"/>\n{plots}{legend}</svg>\n'
    )


def _plot(run: Run, thresholds: Thresholds, words: Words) -> Iterator[str]:
    yield f'<text class="title" x="{LEFT}" y="20">{escape(words(f"campaign.{_name(run)}"))}</text>'
    yield f'<rect class="frame" x="{LEFT}" y="{TOP}" width="{_PLOT_WIDTH}" height="{_PLOT_HEIGHT}"/>'
    yield from _scales()
    yield from _bars(run.mailings, words)
    for threshold in (thresholds.bounce_review, thresholds.bounce_pause):
        y = _rate_y(threshold)
        yield f'<line class="threshold" x1="{LEFT}" y1="{y:.1f}" x2="{LEFT + _PLOT_WIDTH}" y2="{y:.1f}"/>'
    yield from _rates(run.mailings)
    yield from _turns(run, words)


def _name(run: Run) -> str:
    return "clean" if run.hygiene else "as-it-is"


def _scales() -> Iterator[str]:
    """Shares of the mails at the left, the bounce rate at the right."""
    for share in (0, 50, 100):
        y = TOP + _PLOT_HEIGHT * (1 - share / 100)
        yield f'<text class="small" x="{LEFT - 6}" y="{y + 4:.1f}" text-anchor="end">{share}%</text>'
    for rate in (50, 100, 200):
        y = _rate_y(rate)
        yield f'<text class="small" x="{LEFT + _PLOT_WIDTH + 6}" y="{y + 4:.1f}">{rate // 10}%</text>'


def _bars(mailings: tuple[Mailing, ...], words: Words) -> Iterator[str]:
    for number, mailing in enumerate(mailings):
        x, width = _bar(number, len(mailings))
        y = float(TOP + _PLOT_HEIGHT)
        for fate in FATES:
            count = getattr(mailing, fate)
            if count:
                height = _PLOT_HEIGHT * count / mailing.sent
                y -= height
                told = escape(f"{words('campaign.day', day=mailing.day)}: {words(f'campaign.sum-{fate}')} {count:,}")
                yield (
                    f'<rect x="{x:.1f}" y="{y:.2f}" width="{width:.1f}" height="{height:.2f}" '
                    f'fill="{COLOURS[fate]}"><title>{told}</title></rect>'
                )
        yield _below(x + width / 2, str(mailing.day))


def _bar(number: int, count: int) -> tuple[float, float]:
    """Where a bar begins, and how wide it is."""
    step = _PLOT_WIDTH / count
    return LEFT + step * number + step * 0.15, step * 0.7


def _below(x: float, text: str) -> str:
    return f'<text class="small" x="{x:.1f}" y="{TOP + _PLOT_HEIGHT + 14}" text-anchor="middle">{text}</text>'


def _rates(mailings: tuple[Mailing, ...]) -> Iterator[str]:
    points = [(_middle(number, len(mailings)), _rate_y(mailing.bounce_rate)) for number, mailing in enumerate(mailings)]
    yield f'<polyline class="rate" points="{" ".join(f"{x:.1f},{y:.1f}" for x, y in points)}"/>'
    yield from (f'<circle class="point" cx="{x:.1f}" cy="{y:.1f}" r="3"/>' for x, y in points)


def _middle(number: int, count: int) -> float:
    x, width = _bar(number, count)
    return x + width / 2


def _rate_y(rate: float) -> float:
    return TOP + _PLOT_HEIGHT * (1 - min(rate, MOST_RATE) / MOST_RATE)


def _turns(run: Run, words: Words) -> Iterator[str]:
    """A flag below the day on which something turned; its words come up when it is pointed at."""
    days = [mailing.day for mailing in run.mailings]
    told: dict[int, list[str]] = {}
    for event in run.events:
        told.setdefault(event.day, []).append(words(f"campaign.event-{event.key}", what=event.what))
    for day, texts in told.items():
        x, y = _middle(days.index(day), len(days)), TOP + _PLOT_HEIGHT + 20
        shape = f"M{x:.1f},{y} l6,10 h-12 z"
        yield f'<path class="event" d="{shape}"><title>{escape("; ".join(texts))}</title></path>'


def _legend(report: Report, words: Words) -> Iterator[str]:
    x = LEFT
    for fate in _occurring(report.runs):
        name = words(f"campaign.sum-{fate}")
        yield f'<rect x="{x}" y="{HEIGHT + 8}" width="12" height="12" fill="{COLOURS[fate]}"/>'
        yield f'<text x="{x + 17}" y="{HEIGHT + 18}">{escape(name)}</text>'
        x += 32 + sum(13 if ord(sign) > 0x2E80 else 7 for sign in name)
    yield f'<path class="rate" d="M{x},{HEIGHT + 14} h14"/>'
    yield f'<text x="{x + 19}" y="{HEIGHT + 18}">{escape(words("campaign.bounces"))}</text>'
    yield f'<line class="threshold" x1="{LEFT}" y1="{HEIGHT + 32}" x2="{LEFT + 14}" y2="{HEIGHT + 32}"/>'
    yield f'<text x="{LEFT + 19}" y="{HEIGHT + 36}">{escape(words("campaign.legend-threshold"))}</text>'
    yield f'<path class="event" d="M{LEFT + 186},{HEIGHT + 27} l6,10 h-12 z"/>'
    yield f'<text x="{LEFT + 199}" y="{HEIGHT + 36}">{escape(words("campaign.legend-event"))}</text>'


def _occurring(runs: Iterable[Run]) -> list[str]:
    """The fates that any mail came to."""
    mailings = [mailing for run in runs for mailing in run.mailings]
    return [fate for fate in FATES if any(getattr(mailing, fate) for mailing in mailings)]
