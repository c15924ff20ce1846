"""Exports of mutated transcripts: pages and pictures are well formed and hold no element of a stranger's, and no
control character is in any.

python -m tests.fuzz.exports [--count 200] [--seed 1]
"""

from __future__ import annotations

import sys
import tempfile
from html.parser import HTMLParser
from pathlib import Path
from random import Random
from xml.etree import ElementTree

from smtpsim.transcript.shipped import find
from tests.fuzz.runs import fuzz, ran, unseen
from tests.fuzz.transcripts import mutant

ENDINGS = (".html", ".svg", ".txt", ".json", ".md", ".cast")
NEVER = {"iframe", "object", "embed", "base", "link", "img"}


class Page(HTMLParser):
    """The scripts of a page, and what it must not have."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.scripts = 0
        self.strange: list[tuple[str, object]] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.scripts += tag == "script"
        if tag in NEVER or any(name.startswith("on") for name, _ in attrs):
            self.strange.append((tag, attrs))


def exported(source: Path, ending: str) -> str | None:
    """The file that is written, None where the transcript is refused."""
    target = source.with_suffix(f".out{ending}")
    status = ran("replay", str(source), "--export", str(target)).status
    return target.read_text(encoding="utf-8") if status != 2 else None


def scripts_of_a_good_page() -> int:
    with tempfile.TemporaryDirectory() as folder:
        good = find("first-mail")
        assert good
        source = Path(folder, "good.txt")
        source.write_bytes(Path(good).read_bytes())
        return Page(exported(source, ".html") or "").scripts


SCRIPTS = scripts_of_a_good_page()


def play(random: Random) -> None:
    ending = random.choice(ENDINGS)
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder, "mutant.txt")
        source.write_bytes(mutant(random))
        text = exported(source, ending)
        if text is None:
            return
        assert not any(map(unseen, text.split("\n"))), ending
        if ending == ".html":
            page = Page(text)
            assert (page.scripts, page.strange) == (SCRIPTS, [])
        elif ending == ".svg":
            tags = {element.tag.rpartition("}")[2] for element in ElementTree.fromstring(text).iter()}
            assert not tags & {"script", "foreignObject", "image", "a"}, tags


if __name__ == "__main__":
    sys.exit(fuzz("exports", 200, play, sys.argv[1:]))
