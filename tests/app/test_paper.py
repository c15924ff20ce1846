"""Sheets for paper: what a worksheet leaves out and its key fills in, explanations, comparisons, several in one."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path
from typing import NamedTuple

import pytest

from smtpsim.app.replay.combinations import SHEETS
from smtpsim.app.replay.paper import SHEETS as DRAWN
from tests.app.conftest import Run

ASKING = """\
# title: Two questions
# title.ja: 2 つの問い
# about: Who & why.
# client: 192.0.2.10
$ telnet mx.hogefuga.com smtp
220 mx.hogefuga.com ESMTP
> HELO cgi.example.com
250 mx.hogefuga.com
# note: Before the question.
# note.ja: 問いの前。
# ask: Which command names the sender?
# ask.ja: 差出人を告げるコマンドは?
# answer: It is <MAIL>.
# answer.ja: <MAIL> です。
> MAIL FROM:<webmaster@example.com>
250 okay
# after: The envelope has a sender.
# after.ja: エンベロープに差出人が書かれました。
> RCPT TO:<test@hogefuga.com>
250 okay
# ask: How does a client leave?
# ask.ja: クライアントはどう別れを告げますか。
> QUIT
221 bye
"""


class Said(NamedTuple):
    """What that transcript says to readers of one language."""

    title: str
    notes: tuple[str, ...]
    questions: tuple[str, ...]
    answer: str


SAID = {
    "en": Said(
        "Two questions",
        ("Before the question.", "The envelope has a sender."),
        ("1. Which command names the sender?", "2. How does a client leave?"),
        "Answer: It is <MAIL>.",
    ),
    "ja": Said(
        "2 つの問い",
        ("問いの前。", "エンベロープに差出人が書かれました。"),
        ("1. 差出人を告げるコマンドは?", "2. クライアントはどう別れを告げますか。"),
        "答え: <MAIL> です。",
    ),
}


def text_of(page: str) -> str:
    """What stands on a page, without its style."""
    return unescape(re.sub(r"<style>.*?</style>|<[^>]+>", "", page, flags=re.DOTALL)).replace("\xa0", " ")


def written(run: Run, folder: Path, *arguments: str) -> str:
    path = folder / "sheet.html"
    ran = run("replay", *arguments, "--export", str(path), "--force")
    assert (ran.status, ran.out, ran.err.count("\n")) == (0, "", 1)
    assert str(path) in ran.err
    return path.read_text(encoding="utf-8")


@pytest.fixture
def asking(tmp_path: Path) -> str:
    path = tmp_path / "asking.txt"
    path.write_text(ASKING, encoding="utf-8")
    return str(path)


def test_every_kind_that_is_offered_is_drawn() -> None:
    assert tuple(DRAWN) == SHEETS


@pytest.mark.parametrize("lang", SAID)
def test_a_worksheet_leaves_out_what_is_asked_and_no_more(run: Run, tmp_path: Path, asking: str, lang: str) -> None:
    page = written(run, tmp_path, asking, "--paper", "worksheet", "--lang", lang)
    shown, said = text_of(page), SAID[lang]
    assert page.count('class="blank"') == 2
    assert page.count('class="room"') == 2
    assert all(text in shown for text in (*said.questions, *said.notes, said.title, "RCPT TO"))
    assert "MAIL FROM" not in shown
    assert "QUIT" not in shown
    assert said.answer not in shown
    assert "250 2.1.0" not in shown.partition("RCPT TO")[2], "the reply to what is left out stands before it"


@pytest.mark.parametrize("lang", SAID)
def test_the_key_fills_all_in(run: Run, tmp_path: Path, asking: str, lang: str) -> None:
    page = written(run, tmp_path, asking, "--paper", "key", "--lang", lang)
    shown, said = text_of(page), SAID[lang]
    assert page.count('class="filled"') == 2
    assert 'class="blank"' not in page
    assert all(text in shown for text in (*said.questions, said.answer, "MAIL FROM:<webmaster@example.com>", "QUIT"))


def test_where_nothing_is_asked_every_command_is_left_out_and_no_line_of_the_letter(run: Run, tmp_path: Path) -> None:
    page = written(run, tmp_path, "first-mail", "--paper", "worksheet")
    shown = text_of(page)
    assert page.count('class="blank"') == 6
    assert 'class="room"' not in page
    assert "Subject: Test mail" in shown
    assert not re.search(r"HELO|RCPT TO|DATA\b(?!,)", shown.partition("220 Connected")[2])


@pytest.mark.parametrize("lang", ["en", "ja"])
def test_each_line_is_explained_with_its_section(run: Run, tmp_path: Path, asking: str, lang: str) -> None:
    page = written(run, tmp_path, asking, "--paper", "explained", "--lang", lang)
    assert all(section in text_of(page) for section in ("RFC 5321 4.1.1.1", "RFC 5321 4.1.1.2", "RFC 5321 4.1.1.10"))
    assert all(text in text_of(page) for text in SAID[lang].notes)


@pytest.mark.parametrize("kind", ["", *SHEETS])
def test_several_are_one_file_with_a_list_in_front(run: Run, tmp_path: Path, kind: str) -> None:
    options = ("--paper", kind) if kind else ()
    page = written(run, tmp_path, "first-mail", "unknown-user", "spoofing", *options)
    targets = re.findall(r'<a href="#(.*?)">', page)
    assert len(targets) == 3
    assert all(f'id="{target}"' in page for target in targets)


def test_a_comparison_is_a_page(run: Run, tmp_path: Path) -> None:
    page = written(run, tmp_path, "spf-pass", "spf-fail", "--compare")
    assert page.count('<tr class="here">') == 1
    assert '<tr class="answer-differs">' in page
    assert '<tr class="alone">' in page
    shown = text_of(page)
    assert "does not permit 203.0.113.66" in shown
    assert shown.index("here they part") < shown.index("5.7.23")


@pytest.mark.parametrize("arguments", [("login", "--paper", "key"), ("login", "login", "--compare")])
def test_secrets_do_not_reach_paper(run: Run, tmp_path: Path, arguments: tuple[str, ...]) -> None:
    assert "ZXhhbXBsZQ==" not in written(run, tmp_path, *arguments)
    assert "ZXhhbXBsZQ==" in written(run, tmp_path, *arguments, "--keep-secrets")


@pytest.mark.parametrize("kind", SHEETS)
def test_nothing_on_a_sheet_runs_or_is_fetched(run: Run, tmp_path: Path, kind: str) -> None:
    page = written(run, tmp_path, "first-mail", "--paper", kind)
    assert "default-src 'none'" in page
    assert not re.search(r"<script|https?://|url\(|@import|\son\w+=", page)


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (("first-mail", "--paper", "key"), ".html"),
        (("first-mail", "--paper", "key", "--export", "a.svg"), ".html"),
        (("first-mail", "spoofing", "--export", "a.svg"), ".html"),
        (("first-mail", "spoofing", "--compare", "--export", "a.md"), ".html"),
        (("first-mail", "--paper", "quiz", "--export", "a.html"), "worksheet, key, explained"),
        (("first-mail", "spoofing", "--compare", "--paper", "key", "--export", "a.html"), "--compare"),
    ],
)
def test_what_does_not_go_together_is_said(run: Run, arguments: tuple[str, ...], named: str) -> None:
    ran = run("replay", *arguments)
    assert (ran.status, ran.err.count("\n")) == (2, 1)
    assert named in ran.err
