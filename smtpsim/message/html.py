"""HTML of a mail reduced to its text: enough to read it, with the targets of links, which may not be what they
seem."""

from __future__ import annotations

import re

# Single characters are repeated possessively, so that no input costs more than time in proportion to its length.
_UNSHOWN = re.compile(r"<!--.*?(?:-->|\Z)|<(script|style|head|title)\b.*?(?:</\1\s*+>|\Z)", re.DOTALL | re.IGNORECASE)
_LINK = re.compile(r"<a\s([^<>]*+)>((?:[^<]++|<(?!/?a\b))*)</a\s*+>", re.IGNORECASE)
_TARGET = re.compile(r"\bhref\s*+=\s*+[\"']?([^\"'\s]++)", re.IGNORECASE)
_BREAK = re.compile(r"<(?:br|/p|/div|/tr|/h[1-6]|/li|/table|hr)\b[^<>]*+>", re.IGNORECASE)
_TAG = re.compile(r"<[/!?a-z][^<>]*+>", re.IGNORECASE)
_BLANKS = re.compile(r"[ \t\r\f\v]+")
_EMPTY_LINES = re.compile(r"\n\s*\n+")

LONGEST = 1_000_000
"""Characters of HTML that are looked at."""


def text_of_html(html: str) -> str:
    """The text, a link as `text <target>`; blocks begin lines of their own."""
    from html import unescape

    shown = _UNSHOWN.sub("", html[:LONGEST]).replace("\n", " ")
    shown = _BREAK.sub("\n", _LINK.sub(_with_target, shown))
    text = unescape(_TAG.sub("", shown))
    lines = (_BLANKS.sub(" ", line).strip() for line in text.split("\n"))
    return _EMPTY_LINES.sub("\n\n", "\n".join(lines)).strip("\n")


def _with_target(match: re.Match[str]) -> str:
    target, text = _TARGET.search(match[1]), match[2]
    if not target or _TAG.sub("", text).strip() == target[1]:
        return text
    return f"{text} &lt;{target[1]}&gt;"
