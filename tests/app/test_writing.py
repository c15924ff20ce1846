"""What is written to files: conversion, exports by the ending of the name, and what is said to be lost."""

from __future__ import annotations

from pathlib import Path

import pytest

from smtpsim.shell.exporting import known_endings
from smtpsim.transcript import Client, Dialogue, Note, Server, formats, read
from smtpsim.transcript.files import writable
from smtpsim.transcript.format import EVERYTHING
from tests.app.conftest import Run

LOGIN = "ZXhhbXBsZQ=="
"""A password of the shipped world in base64, as the transcript `login` has it."""


@pytest.mark.parametrize("form", writable())
def test_convert_to_every_format(run: Run, form: str) -> None:
    ran = run("transcript", "convert", "first-mail", "--to", form)
    assert ran.status == 0
    found = read(ran.octets)
    assert isinstance(found, Dialogue)
    assert found.format == form
    assert [entry.code for entry in found.entries if isinstance(entry, Server)][-1] == 221
    loaded = formats.load(form)
    assert loaded is not None
    assert (ran.err == "") == (loaded.keeps == EVERYTHING)
    assert ran.err.count("\n") == (loaded.keeps != EVERYTHING) + bool(loaded.shows)


@pytest.mark.parametrize(
    ("lang", "told"),
    [("en", ("settings", "notes")), ("ja", ("設定", "注記"))],
)
@pytest.mark.parametrize("form", ["swaks", "rfc"])
def test_what_is_lost_is_said(run: Run, form: str, lang: str, told: tuple[str, str]) -> None:
    """What is only shown is told apart from what is not there."""
    ran = run("transcript", "convert", "first-mail", "--to", form, "--lang", lang)
    assert ran.status == 0
    lost, shown = ran.err.splitlines()
    assert (lost.startswith("smtpsim: "), lost.endswith(f": {told[0]}")) == (True, True)
    assert shown.endswith(f": {told[1]}")


def test_nothing_is_said_where_nothing_is_lost(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "x.txt"
    file.write_text("220 hi\n> NOOP\n250 ok\n")
    assert run("transcript", "convert", str(file), "--to", "swaks").err == ""


@pytest.mark.parametrize(
    ("lang", "title", "other"), [("en", "The first mail", "はじめての"), ("ja", "はじめてのメール", "The")]
)
def test_a_handout_is_in_one_language(run: Run, lang: str, title: str, other: str) -> None:
    handout = run("transcript", "convert", "first-mail", "--to", "markdown", "--lang", lang).octets.decode()
    assert f"\n# {title}\n" in handout
    assert other not in handout
    assert "\n> RCPT TO:<test@hogefuga.com>\n250 " in handout


@pytest.mark.parametrize("form", ["markdown", "cast", "swaks"])
def test_secrets_are_masked(run: Run, form: str) -> None:
    assert LOGIN.encode() not in run("transcript", "convert", "login", "--to", form).octets


def test_formats_are_listed_with_what_they_lose(run: Run) -> None:
    out = run("transcript", "formats").out
    names = [line.split()[0] for line in out.splitlines() if not line.startswith(" ")]
    assert tuple(names) == formats.names()
    assert max(map(len, out.splitlines())) <= 100
    swaks = next(line for line in out.splitlines() if line.startswith("swaks"))
    assert "read, written" in swaks
    assert "does not keep settings" in swaks
    assert "shows notes, simulator commands to people" in out
    assert "keeps everything" in next(line for line in out.splitlines() if line.startswith("json"))
    assert "すべて残ります" in run("transcript", "formats", "--lang", "ja").out


@pytest.mark.parametrize("ending", [ending for form in formats.every() for ending in form.endings])
def test_a_replay_is_exported_as_the_ending_says(run: Run, tmp_path: Path, ending: str) -> None:
    file = tmp_path / f"mail{ending}"
    ran = run("replay", "first-mail", "--export", str(file))
    assert (ran.status, ran.out, ran.err) == (0, "", f"{file}: written\n")
    found = read(file.read_bytes())
    assert isinstance(found, Dialogue)
    assert ending in (loaded.endings if (loaded := formats.load(found.format)) else ())
    assert found.directive("title") == "The first mail"
    assert Note("From here on the message, header and body; nobody on the way reads it.") in found.entries
    again = run("replay", str(file), "--check")
    assert again.status == 0, again.out


@pytest.mark.parametrize("ending", [ending for ending in known_endings() if ending not in (".eml", ".mbox")])
def test_what_was_typed_into_auth_is_not_exported(run: Run, tmp_path: Path, ending: str) -> None:
    file = tmp_path / f"login{ending}"
    assert run("replay", "login", "--export", str(file)).status == 0
    shown = file.read_text()
    if ending == ".html":
        shown = shown[: shown.index("<template")]
    assert LOGIN not in shown


def test_the_same_replay_is_exported_to_the_byte(run: Run, tmp_path: Path) -> None:
    for ending in known_endings():
        files = [tmp_path / f"{name}{ending}" for name in "ab"]
        for file in files:
            assert run("replay", "bounce", "--export", str(file)).status == 0
        assert files[0].read_bytes() == files[1].read_bytes(), ending


def test_a_page_of_a_replay(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "mail.HTML"
    assert run("replay", "first-mail", "--export", str(file), "--lang", "ja").status == 0
    text = file.read_text(encoding="utf-8")
    assert text.startswith('<!doctype html>\n<html lang="ja">')
    assert "<title>はじめてのメール</title>" in text
    assert "Web サーバーが自社の" in text
    assert "A web server hands" not in text


def test_the_exported_dialogue_is_the_one_that_was_played(run: Run, tmp_path: Path) -> None:
    source, file = tmp_path / "x.txt", tmp_path / "y.txt"
    source.write_text("$ telnet smtp.example.com smtp\n220 hi\n# note: look\n> NOOP\n250 fine\n")
    assert run("replay", str(source), "--export", str(file)).status == 0
    found = read(file.read_bytes())
    assert isinstance(found, Dialogue)
    greeting, *more = found.entries
    assert greeting == Server(220, ("Connected",))
    assert more[:2] == [Note("look"), Client("NOOP")]


@pytest.mark.parametrize("form", ["html", "telnet", "nothing"])
def test_a_format_that_is_not_written(run: Run, form: str) -> None:
    ran = run("transcript", "convert", "first-mail", "--to", form)
    assert (ran.status, ran.octets, ran.err.count("\n")) == (2, b"", 1)
    assert f"'{form}'" in ran.err
    assert "--export FILE.html" in ran.err
