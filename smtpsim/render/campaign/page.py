"""A campaign as a page: the picture, what turned on which day, and the numbers, with nothing from outside."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from smtpsim.campaign.mailing import totals
from smtpsim.campaign.report import Report, Run
from smtpsim.explain import Words
from smtpsim.render.campaign.svg import campaign_svg
from smtpsim.views.campaign import SUMS, campaign_panel, percent

_STYLE = """
:root { color-scheme: light dark; }
body { font: 16px/1.5 system-ui, "Noto Sans CJK JP", sans-serif; max-width: 62rem; margin: 2rem auto; padding: 0 1rem; }
svg { width: 100%; height: auto; }
table { border-collapse: collapse; margin: 1rem 0; }
th, td { padding: .25rem .9rem; text-align: right; border-bottom: 1px solid #8886; }
th[scope=row], thead th:first-child { text-align: left; }
"""


def campaign_html(report: Report, words: Words) -> str:
    """The whole page. It holds no script, and asks for nothing."""
    title, about = escape(words("campaign.title")), escape(campaign_panel(report, words).sections[0].rows[0].value)
    picture = campaign_svg(report, words)
    parts = "".join((*_turns(report, words), *_table(report, words)))
    policy = "default-src 'none'; style-src 'unsafe-inline'"
    return (
        f'<!doctype html>\n<html lang="{words.lang}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{title}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n<main>\n"
        f"<h1>{title}</h1>\n<p>{about}</p>\n{picture}{parts}</main>\n</body>\n</html>\n"
    )


def _turns(report: Report, words: Words) -> Iterator[str]:
    for run in report.runs:
        if run.events:
            yield f"<h2>{_head(run, words)}</h2>\n<ul>\n"
            for event in run.events:
                day = words("campaign.day", day=event.day)
                yield f"<li>{escape(day)}: {escape(words(f'campaign.event-{event.key}', what=event.what))}</li>\n"
            yield "</ul>\n"


def _table(report: Report, words: Words) -> Iterator[str]:
    columns = [totals(run.mailings) for run in report.runs]
    heads = "".join(f'<th scope="col">{_head(run, words)}</th>' for run in report.runs)
    caption = escape(words("campaign.sums"))
    yield f"<table>\n<caption>{caption}</caption>\n<thead><tr><th></th>{heads}</tr></thead>\n<tbody>\n"
    for name in SUMS:
        if any(sums[name] for sums in columns):
            cells = "".join(f"<td>{sums[name]:,} ({percent(sums[name], sums['sent'])})</td>" for sums in columns)
            yield f'<tr><th scope="row">{escape(words(f"campaign.sum-{name}"))}</th>{cells}</tr>\n'
    yield "</tbody>\n</table>\n"


def _head(run: Run, words: Words) -> str:
    return escape(words("campaign.clean" if run.hygiene else "campaign.as-it-is"))
