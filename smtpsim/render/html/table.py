"""A page that holds one table, and below it what the numbers in its head stand for."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

_STYLE = (
    "body{font:1rem/1.5 sans-serif;margin:2rem}td,th{padding:.3rem .8rem;text-align:left;border-bottom:1px solid #999}"
)


def table_page(title: str, rows: Sequence[Sequence[str]], notes: Sequence[str], lang: str) -> str:
    """The first row is the head. Nothing is fetched, and no script runs (Content Security Policy Level 3)."""
    head, *body = ["".join(_cells(row, "td" if number else "th")) for number, row in enumerate(rows)]
    lines = "".join(f"<tr>{line}</tr>\n" for line in body)
    listed = "".join(f"<li>{escape(note)}</li>\n" for note in notes)
    return (
        f'<!doctype html>\n<html lang="{escape(lang)}"><head><meta charset="utf-8">'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">"
        f"<title>{escape(title)}</title><style>{_STYLE}</style></head><body>\n<h1>{escape(title)}</h1>\n"
        f"<table>\n<thead><tr>{head}</tr></thead>\n<tbody>\n{lines}</tbody></table>\n<ol>\n{listed}</ol>\n</body></html>"
    )


def _cells(row: Sequence[str], name: str) -> list[str]:
    return [f"<{name}>{escape(cell)}</{name}>" for cell in row]
