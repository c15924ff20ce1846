"""The page: everything in one file, and a policy that lets nothing else in (Content Security Policy Level 3)."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable
from hashlib import sha256
from html import escape
from importlib.resources import files
from string import Template

from smtpsim.explain import Words
from smtpsim.kernel.printable import printable
from smtpsim.render.html.dialogue import step_html
from smtpsim.render.html.pieces import Pieces, difference, panel_html
from smtpsim.views.row import Panel
from smtpsim.views.step import Step

_LABELS = ("first", "back", "forward", "last", "slider", "keys", "steps", "told", "changed")
_SHARED = {"dialogue": "repl.half-dialogue", "panel": "repl.half-panel"}


def page(title: str, about: str, steps: Iterable[Step], words: Words) -> str:
    """The whole file; there is at least one step. `about` is a sentence below the title, or "" for none."""
    pieces = Pieces(words)
    dialogue: list[str] = []
    before: tuple[str, ...] = ()
    panel = Panel("", ())
    for step in steps:
        now, panel = pieces.panel(step.panel), step.panel
        told = " ".join(pieces.told(step.told))
        dialogue += step_html(step, difference(before, now), told, words)
        before = now
    style, script = asset("style.css"), asset("script.js")
    return Template(asset("template.html")).substitute(
        _said(words),
        lang=words.lang,
        policy=_policy(style, script),
        title=escape(printable(title)),
        about=f"<p>{escape(printable(about))}</p>" if about else "",
        style=style,
        script=script,
        steps="\n".join(dialogue),
        last="\n".join(panel_html(panel, words)),
        pieces=pieces.html(),
    )


def _said(words: Words) -> dict[str, str]:
    """The page's own words, each as `say_NAME`."""
    keys = {name: f"html.{name}" for name in _LABELS} | _SHARED
    said = {f"say_{name}": escape(words(key)) for name, key in keys.items()}
    return {**said, "say_step": escape(words("repl.step-of", at="{at}", last="{last}"))}


def _policy(style: str, script: str) -> str:
    """Nothing may be fetched; this style and this script are known by their hashes."""
    parts = (
        "default-src 'none'",
        f"style-src 'sha256-{hashed(style)}'",
        f"script-src 'sha256-{hashed(script)}'",
        "base-uri 'none'",
        "form-action 'none'",
    )
    return "; ".join(parts)


def hashed(text: str) -> str:
    """How the content security policy of a page names a style or script that stands in it."""
    return b64encode(sha256(text.encode()).digest()).decode()


def asset(name: str) -> str:
    """The text of a file in this folder."""
    return files("smtpsim.render.html").joinpath(name).read_text(encoding="utf-8")
