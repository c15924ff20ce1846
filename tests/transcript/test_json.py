"""The dialogue as JSON Lines: the contract's shape, its faults, and that nothing is lost."""

from __future__ import annotations

import json

import pytest

from smtpsim.transcript import (
    Client,
    Command,
    Content,
    Dialogue,
    Directive,
    Note,
    Server,
    Target,
    TranscriptFault,
    read,
    write,
)

WHOLE = Dialogue(
    (
        Server(220, ("hi",)),
        Client("EHLO x"),
        Server(250, ("mx", "SIZE 1")),
        Content("テスト"),
        Content(".dot"),
        Note("look"),
        Note("見る", "ja"),
        Command(":wait 4h"),
        Client("\udc80\x1b\x9b\u2028"),
    ),
    (Directive("title", "T"),),
    Target("mx.example.com", "smtp"),
)

OBJECTS = [
    {"who": "directive", "key": "title", "value": "T"},
    {"who": "connect", "host": "mx.example.com", "port": "smtp"},
    {"who": "server", "code": 220, "lines": ["hi"]},
    {"who": "client", "text": "EHLO x"},
    {"who": "server", "code": 250, "lines": ["mx", "SIZE 1"]},
    {"who": "content", "text": "テスト"},
    {"who": "content", "text": ".dot"},
    {"who": "note", "text": "look"},
    {"who": "note", "text": "見る", "lang": "ja"},
    {"who": "command", "text": ":wait 4h"},
    {"who": "client", "text": "\udc80\x1b\x9b\u2028"},
]


def test_shape() -> None:
    lines = write(WHOLE, "json").decode().splitlines()
    assert [json.loads(line) for line in lines] == OBJECTS
    assert "テスト" in lines[5]
    assert all(line.isprintable() for line in lines)


def test_comes_back_with_line_numbers() -> None:
    dialogue = read(write(WHOLE, "json"))
    assert dialogue == WHOLE
    assert isinstance(dialogue, Dialogue)
    assert [entry.line for entry in dialogue.entries] == list(range(3, 12))


def test_blank_lines_and_unknown_fields_are_passed_over() -> None:
    assert read(b'\n{"who": "client", "text": "NOOP", "at": 1.5}\n\n') == Dialogue((Client("NOOP"),))


def test_a_second_connection_is_a_command() -> None:
    line = b'{"who": "connect", "host": "a", "port": "25"}\n'
    assert read(line + line) == Dialogue((Command(":connect a:25"),), (), Target("a", "25"))


@pytest.mark.parametrize(
    ("line", "key", "field"),
    [
        ("nonsense", "json-syntax", ""),
        ("[1]", "json-syntax", ""),
        ("[" * 100_000, "json-syntax", ""),
        ('{"who": "nobody", "text": "x"}', "json-field", "who"),
        ('{"who": ["client"], "text": "x"}', "json-field", "who"),
        ('{"text": "x"}', "json-field", "who"),
        ('{"who": "client"}', "json-field", "text"),
        ('{"who": "client", "text": 1}', "json-field", "text"),
        ('{"who": "client", "text": "\\ud800"}', "json-field", "text"),
        ('{"who": "command", "text": "wait"}', "json-field", "text"),
        ('{"who": "server", "code": "250", "lines": ["x"]}', "json-field", "code"),
        ('{"who": "server", "code": true, "lines": ["x"]}', "json-field", "code"),
        ('{"who": "server", "code": 99, "lines": ["x"]}', "json-field", "code"),
        ('{"who": "server", "code": 250, "lines": []}', "json-field", "lines"),
        ('{"who": "server", "code": 250, "lines": [1]}', "json-field", "lines"),
        ('{"who": "note", "text": "x", "lang": 1}', "json-field", "lang"),
        ('{"who": "directive", "key": "note", "value": "x"}', "json-field", "key"),
        ('{"who": "directive", "key": "two words", "value": "x"}', "json-field", "key"),
        ('{"who": "connect", "host": "a b", "port": "25"}', "json-field", "host"),
        ('{"who": "connect", "host": "-x", "port": "25"}', "json-field", "host"),
    ],
)
def test_fault(line: str, key: str, field: str) -> None:
    values = (("field", field),) if field else ()
    octets = f'{{"who": "client", "text": "NOOP"}}\n{line}\n'.encode()
    assert read(octets, name="x", format="json") == TranscriptFault(2, key, values, "x")
