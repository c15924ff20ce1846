"""What is written is read again: whole where the format keeps everything, and else but for what it states to lose."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smtpsim.transcript import (
    Client,
    Command,
    Content,
    Dialogue,
    Directive,
    Entry,
    Note,
    Place,
    Server,
    Target,
    TranscriptFault,
    formats,
    read,
    write,
)
from smtpsim.transcript.format import EVERYTHING, ONE_LANGUAGE, Format
from smtpsim.transcript.losses import in_language, kept, lost
from tests.transcript.test_properties import DIALOGUES

SHIPPED = sorted((Path(__file__).parent.parent.parent / "transcripts").glob("*.txt"))
WRITTEN = [form for form in formats.every() if form.write]
EXACT = [form for form in WRITTEN if form.keeps >= ONE_LANGUAGE]

PIECE = st.text(st.characters(categories=["L", "N", "P", "S"]), min_size=1, max_size=8)
TEXT = st.lists(PIECE, min_size=1, max_size=4).map(" ".join).filter(lambda text: text.isprintable())
BODY = st.one_of(
    TEXT, st.sampled_from(["", ".", "..", ".x", "250 ok", "QUIT", "> x", "-> x", "C: x", "(x)", "# note: x"])
)
REMARKS = [place for place in Place if place is not Place.LINE]
NOTE = st.builds(
    Note,
    TEXT,
    st.sampled_from(["", "ja"]),
    st.just(0),
    st.sampled_from(REMARKS),
)
ORDER = st.sampled_from([Command(":wait 4h"), Command(":ip 203.0.113.66")])


def reply(code: int) -> st.SearchStrategy[Server]:
    return st.builds(Server, st.just(code), st.lists(TEXT, min_size=1, max_size=3).map(tuple))


def exchange(command: str, *codes: int) -> st.SearchStrategy[tuple[Entry, ...]]:
    said = TEXT.map(lambda text: Client(f"{command} {text}"))
    return st.tuples(said, st.sampled_from(codes).flatmap(reply))


LETTER = st.builds(
    lambda go, lines, end: (Client("DATA"), go, *map(Content, lines), Client("."), end),
    reply(354),
    st.lists(BODY, max_size=6),
    st.sampled_from([250, 451, 554]).flatmap(reply),
)
PART = st.one_of(
    exchange("EHLO", 250, 502),
    exchange("MAIL FROM:", 250, 451, 550),
    exchange("RCPT TO:", 250, 550),
    st.tuples(st.just(Client("STARTTLS")), reply(220)),
    LETTER,
    NOTE.map(lambda note: (note,)),
    ORDER.map(lambda order: (order,)),
)
SESSIONS = st.builds(
    lambda greeting, parts, title, target: Dialogue(
        (greeting, Client("EHLO a.example"), Server(250, ("hi",)), *(entry for part in parts for entry in part)),
        (*title, Directive("client", "192.0.2.10")),
        target,
    ),
    reply(220),
    st.lists(PART, max_size=6),
    st.one_of(st.just(()), TEXT.map(lambda text: (Directive("title", text),))),
    st.none() | st.just(Target("mx.example.com", "25")),
)
"""Dialogues as they are held: every command is answered, and the order of the lines tells where a letter is."""


def without_remarks(found: Dialogue | TranscriptFault) -> Dialogue:
    """What was said. Where notes are not kept as notes, their text may still stand in the file as a remark."""
    assert isinstance(found, Dialogue), found
    return Dialogue(tuple(entry for entry in found.entries if not isinstance(entry, Note)))


@pytest.mark.parametrize("form", WRITTEN, ids=lambda form: form.name)
@given(dialogue=SESSIONS)
def test_a_session_comes_back_but_for_what_is_stated(form: Format, dialogue: Dialogue) -> None:
    found = read(write(dialogue, form.name))
    assert isinstance(found, Dialogue)
    assert found.format == form.name
    shown = found if "notes" in form.keeps else without_remarks(found)
    assert shown == kept(dialogue, form.keeps)


@pytest.mark.parametrize("form", EXACT, ids=lambda form: form.name)
@given(dialogue=DIALOGUES)
def test_any_dialogue_comes_back(form: Format, dialogue: Dialogue) -> None:
    """Whatever the order of its entries is, and whatever octets stand in it."""
    assert read(write(dialogue, form.name), format=form.name) == kept(dialogue, form.keeps)


@pytest.mark.parametrize("form", EXACT, ids=lambda form: form.name)
@given(dialogue=DIALOGUES)
def test_writing_again_changes_nothing(form: Format, dialogue: Dialogue) -> None:
    once = write(dialogue, form.name)
    found = read(once, format=form.name)
    assert isinstance(found, Dialogue)
    assert write(found, form.name) == once


@pytest.mark.parametrize("form", WRITTEN, ids=lambda form: form.name)
@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_shipped_transcripts_are_recognised_in_every_format(form: Format, path: Path) -> None:
    dialogue = read(path.read_bytes())
    assert isinstance(dialogue, Dialogue)
    found = read(write(dialogue, form.name))
    assert isinstance(found, Dialogue)
    assert found.format == form.name
    codes = [entry.code for entry in found.entries if isinstance(entry, Server)]
    assert codes == [entry.code for entry in dialogue.entries if isinstance(entry, Server) and _told(entry, form)]


def _told(entry: Server, form: Format) -> bool:
    return entry.code > 0 or "limit-codes-only" not in form.limits


WHOLE = Dialogue(
    (
        Note("hi"),
        Note("やあ", "ja"),
        Client("NOOP"),
        Server(250, ("ok",)),
        Content("x"),
        Client("."),
        Command(":wait 1h"),
    ),
    (Directive("title", "T"), Directive("title.ja", "題"), Directive("client", "192.0.2.1")),
)


def test_what_is_lost_is_named() -> None:
    assert lost(WHOLE, EVERYTHING) == ()
    assert lost(WHOLE, ONE_LANGUAGE) == ("languages",)
    assert lost(WHOLE, frozenset({"commands"})) == ("replies", "content", "end", "notes", "orders", "settings")
    assert lost(Dialogue((Client("NOOP"),)), frozenset({"commands"})) == ()


@pytest.mark.parametrize(("lang", "title", "note"), [("en", "T", "hi"), ("ja", "題", "やあ"), ("fr", "T", "hi")])
def test_one_language(lang: str, title: str, note: str) -> None:
    chosen = in_language(WHOLE, lang)
    assert chosen.directives == (Directive("title", title), Directive("client", "192.0.2.1"))
    assert chosen.entries == (Note(note), *WHOLE.entries[2:])
    assert lost(chosen, ONE_LANGUAGE) == ()


def test_a_setting_for_readers_of_one_language_only() -> None:
    dialogue = Dialogue((), (Directive("about.ja", "題"), Directive("theme", "spf")))
    assert in_language(dialogue, "ja").directives == (Directive("about", "題"), Directive("theme", "spf"))
    assert in_language(dialogue, "en").directives == (Directive("theme", "spf"),)


def test_a_note_for_others_only_is_not_shown() -> None:
    assert in_language(Dialogue((Note("やあ", "ja"), Client("NOOP"))), "en") == Dialogue((Client("NOOP"),))
