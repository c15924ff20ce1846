"""An exported page without a browser: what is in the file, that lists of pieces come together, and how it grows."""

from __future__ import annotations

import re
from base64 import b64encode
from hashlib import sha256
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smtpsim import Simulation
from smtpsim.explain import LANGUAGES, words
from smtpsim.render.html.page import page
from smtpsim.render.html.pieces import difference
from smtpsim.session.simulation import Turn
from smtpsim.transcript.notes import NO_NOTES
from smtpsim.views.step import steps_of

OPENING = ("HELO a.example", "MAIL FROM:<webmaster@example.com>", "RCPT TO:<test@hogefuga.com>", "DATA")


def session(*lines: str) -> list[Turn]:
    turns = [Simulation.start()]
    for line in lines:
        turns.append(turns[-1].after.say(line))
    return turns


def exported(*lines: str, title: str = "t", lang: str = "en") -> str:
    say = words(lang)
    return page(title, f"about {title}", steps_of(session(*lines), NO_NOTES, say), say)


FETCHING = {"src", "href", "srcset", "data", "action", "poster", "style"}


class Outside(HTMLParser):
    """Finds whatever an element would fetch or run."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.tags: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.found += [
            name for name, _ in attrs if name in ("src", "href", "style", "srcset", "data") or name[:2] == "on"
        ]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_nothing_is_fetched_and_the_policy_knows_style_and_script(lang: str) -> None:
    text = exported(*OPENING, lang=lang)
    outside = Outside(text)
    assert outside.found == []
    assert not {"link", "img", "iframe", "object", "base", "form"} & set(outside.tags)
    assert (outside.tags.count("script"), outside.tags.count("style")) == (1, 1)
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', text)
    assert policy is not None
    assert policy[1].startswith("default-src 'none'; ")
    assert "unsafe" not in policy[1]
    for tag in ("style", "script"):
        inside = re.search(rf"<{tag}>(.*?)</{tag}>", text, re.DOTALL)
        assert inside is not None
        assert f"{tag}-src 'sha256-{b64encode(sha256(inside[1].encode()).digest()).decode()}'" in policy[1]
    assert f'<html lang="{lang}">' in text


@pytest.mark.parametrize(
    "text", ["<b>&\"'</b>", "$title ${lang} $$", "</script><script>", "\x1b[31m\x00\u202e", "テスト"]
)
def test_every_text_is_escaped(text: str) -> None:
    made = exported(f"HELO {text}", f"NOOP {text}", title=text)
    assert all(char in "\n\N{NO-BREAK SPACE}" or char.isprintable() for char in made)
    assert Outside(made).tags.count("b") == 0
    assert Outside(made).tags.count("script") == made.count("<script") == 1


@given(st.lists(st.sampled_from("abcd*"), max_size=8), st.lists(st.sampled_from("abcd*"), max_size=8))
def test_a_difference_makes_the_new_list_of_the_old(old: list[str], new: list[str]) -> None:
    change = difference(old, new)
    assert (change == "") == (old == new)
    if change:
        head, tail, *names = change.split(" ")
        assert [*old[: int(head)], *names, *old[len(old) - int(tail) :]] == new


def test_a_letter_ten_times_as_long_makes_a_file_that_grows_no_faster() -> None:
    """Headers too: each is a row that stays in the panel, and is written once."""
    fixed = len(exported(*OPENING))
    sizes = []
    for count in (30, 300):
        headers = [f"X-Header-{number}: {number}" for number in range(count)]
        body = [f"line {number} of the letter" for number in range(count)]
        sizes.append(len(exported(*OPENING, *headers, "", *body, ".", "QUIT")) - fixed)
    assert sizes[1] < 10.5 * sizes[0]
    assert sizes[1] / 600 < 800
