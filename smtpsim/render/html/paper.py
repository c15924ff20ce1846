"""Pages for paper: one file without a script, for one recording or for several behind one another (a course)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from html import escape
from typing import NamedTuple

from smtpsim.explain import Words
from smtpsim.render.html.page import asset, hashed


class Paper(NamedTuple):
    """What stands on one sheet: its title, and the HTML below it."""

    title: str
    body: str


def paper_page(title: str, papers: Sequence[Paper], words: Words, layout: str = "narrow") -> str:
    """The whole file; `layout` is narrow or wide. Several sheets begin on a page each, with a list of them in front."""
    style = asset("paper.css")
    policy = f"default-src 'none'; style-src 'sha256-{hashed(style)}'; base-uri 'none'; form-action 'none'"
    head = (
        f'<!doctype html>\n<html lang="{words.lang}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="generator" content="smtpsim">\n'
        f"<title>{escape(title)}</title>\n<style>{style}</style>\n</head>\n"
    )
    return "\n".join((f'{head}<body class="{layout}">', *_sheets(title, papers), "</body>", "</html>", ""))


def _sheets(title: str, papers: Sequence[Paper]) -> Iterator[str]:
    if len(papers) == 1:
        yield f'<section class="sheet"><h1>{escape(title)}</h1>{papers[0].body}</section>'
        return
    listed = "".join(f'<li><a href="#sheet-{at}">{escape(paper.title)}</a></li>' for at, paper in enumerate(papers, 1))
    yield f'<section class="sheet"><h1>{escape(title)}</h1><ol class="contents">{listed}</ol></section>'
    for at, paper in enumerate(papers, 1):
        yield f'<section class="sheet" id="sheet-{at}"><h2>{escape(paper.title)}</h2>{paper.body}</section>'


def paragraphs(kind: str, texts: Iterable[str]) -> str:
    return "".join(f'<p class="{kind}">{escape(text)}</p>' for text in texts)
