"""What of a dialogue a format does not keep: said to the person before it is missed, and checked by the tests."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

from smtpsim.transcript.dialogue import Client, Command, Content, Dialogue, Directive, Entry, Note, Server

_LANGUAGE = re.compile(r"(.+)\.([a-z]{2,3}(?:-[a-z0-9]+)*)")

_HAS: Mapping[str, Callable[[Dialogue], bool]] = {
    "commands": lambda dialogue: any(isinstance(entry, Client) for entry in dialogue.entries),
    "replies": lambda dialogue: any(isinstance(entry, Server) for entry in dialogue.entries),
    "content": lambda dialogue: any(isinstance(entry, Content) for entry in dialogue.entries),
    "end": lambda dialogue: Client(".") in dialogue.entries,
    "notes": lambda dialogue: any(isinstance(entry, Note) for entry in dialogue.entries),
    "orders": lambda dialogue: any(isinstance(entry, Command) for entry in dialogue.entries),
    "settings": lambda dialogue: bool(dialogue.directives or dialogue.target),
    "languages": lambda dialogue: any(isinstance(entry, Note) and entry.lang for entry in dialogue.entries),
}
"""By the names of `EVERYTHING`: whether a dialogue has such a part."""


def lost(dialogue: Dialogue, keeps: frozenset[str]) -> tuple[str, ...]:
    """The parts that this dialogue has and a format that keeps these does not."""
    return tuple(part for part in not_kept(keeps) if _HAS[part](dialogue))


def not_kept(keeps: frozenset[str]) -> tuple[str, ...]:
    """The parts of any dialogue that a format that keeps these does not, in the order in which they are told. Which
    language a note is in need not be told where no note is kept."""
    return tuple(part for part in _HAS if part not in keeps and (part != "languages" or "notes" in keeps))


def kept(dialogue: Dialogue, keeps: frozenset[str]) -> Dialogue:
    """What comes back of a dialogue from a format that keeps these parts."""
    entries = tuple(_entries(dialogue, keeps))
    if "settings" in keeps:
        return replace(dialogue, entries=entries)
    return Dialogue(entries)


def _entries(dialogue: Dialogue, keeps: frozenset[str]) -> Iterator[Entry]:
    for entry in dialogue.entries:
        if _part(entry) not in keeps:
            continue
        if isinstance(entry, Note) and "languages" not in keeps:
            entry = replace(entry, lang="")
        yield entry


def _part(entry: Entry) -> str:
    return "end" if entry == Client(".") else _PARTS[type(entry)]


_PARTS: Mapping[type[Entry], str] = {
    Client: "commands",
    Server: "replies",
    Content: "content",
    Note: "notes",
    Command: "orders",
}


def in_language(dialogue: Dialogue, lang: str) -> Dialogue:
    """The dialogue for readers of one language: its title and notes in that language, or, where there are none,
    those that are meant for everyone. Between two other entries the notes of one language tell the same as those of
    another, so they are chosen together."""
    return replace(
        dialogue,
        entries=tuple(_one_language(dialogue.entries, lang)),
        directives=tuple(_settings(dialogue, lang)),
    )


def shown_in(dialogue: Dialogue, keeps: frozenset[str], lang: str) -> Dialogue:
    """The dialogue for a format that keeps these parts: in one language, where it cannot tell languages apart."""
    return dialogue if "languages" in keeps else in_language(dialogue, lang)


def _one_language(entries: tuple[Entry, ...], lang: str) -> Iterator[Entry]:
    notes: list[Note] = []
    for entry in entries:
        if isinstance(entry, Note):
            notes.append(entry)
            continue
        yield from _chosen(notes, lang)
        notes = []
        yield entry
    yield from _chosen(notes, lang)


def _chosen(notes: list[Note], lang: str) -> Iterator[Note]:
    return (replace(note, lang="") for note in in_one_language(notes, lang))


def in_one_language(notes: Sequence[Note], lang: str) -> Iterator[Note]:
    """Of notes that stand together those for readers of one language: at each place theirs, or else everyone's."""
    own = {note.place for note in notes if note.lang == lang.lower()}
    return (note for note in notes if note.lang == (lang.lower() if note.place in own else ""))


def _settings(dialogue: Dialogue, lang: str) -> Iterator[Directive]:
    """Each setting once: `title.ja` in the place of `title` for readers of Japanese, and for nobody else."""
    keys = {directive.key for directive in dialogue.directives}
    for directive in dialogue.directives:
        key, value = directive.key, directive.value
        base, meant = _of_language(key)
        if not meant:
            yield Directive(key, dialogue.directive(f"{key}.{lang}", value))
        elif meant == lang and base not in keys:
            yield Directive(base, value)


def _of_language(key: str) -> tuple[str, str]:
    """The key of a setting and the language that it is for, "" for everyone."""
    match = _LANGUAGE.fullmatch(key)
    return (match[1], match[2]) if match else (key, "")
