"""Dialogues that real programs printed while they talked to real servers, read as their indexes say."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from smtpsim.transcript import Client, Content, Dialogue, Server, read, write

SAMPLES = Path(__file__).parent / "samples"
VARIANTS = Path(__file__).parent / "variants"
INDEX: dict[str, dict[str, Any]] = json.loads((SAMPLES / "index.json").read_text())
VARIANT_INDEX: dict[str, dict[str, Any]] = json.loads((VARIANTS / "index.json").read_text())
PATHS = sorted([*SAMPLES.glob("*.txt"), *VARIANTS.glob("*.txt")])
LETTER_NOT_SHOWN = {"sendmail-v-success.txt"}
"""Beside those that the index itself marks."""

CHANGES: dict[str, Callable[[bytes], bytes]] = {
    "as it is": lambda octets: octets,
    "LF": lambda octets: octets.replace(b"\r\n", b"\n"),
    "CRLF": lambda octets: octets.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n"),
    "BOM": lambda octets: b"\xef\xbb\xbf" + octets,
    "colours": lambda octets: octets.replace(b"\n", b"\x1b[0m\n").replace(b"250", b"\x1b[32m250\x1b[m"),
    "UTF-16": lambda octets: octets.decode().encode("utf-16"),
    "ISO-2022-JP": lambda octets: octets.decode().encode("iso2022_jp"),
    "no last newline": lambda octets: octets.rstrip(b"\r\n"),
    "indented": lambda octets: b"".join(b"    " + line for line in octets.splitlines(keepends=True)),
    "quoted": lambda octets: b"".join(b"> " + line for line in octets.splitlines(keepends=True)),
    "fenced": lambda octets: b"```\n" + octets.rstrip(b"\n") + b"\n```\n",
}


def found(octets: bytes) -> Dialogue:
    dialogue = read(octets)
    assert isinstance(dialogue, Dialogue), dialogue
    return dialogue


def commands(dialogue: Dialogue) -> list[str]:
    return [entry.text for entry in dialogue.entries if isinstance(entry, Client)]


def codes(dialogue: Dialogue) -> list[int]:
    return [entry.code for entry in dialogue.entries if isinstance(entry, Server)]


def letter(dialogue: Dialogue) -> int:
    return sum(isinstance(entry, Content) for entry in dialogue.entries)


def shown(expected: dict[str, Any], what: str) -> list[Any]:
    """What went over the wire without what the program did not print."""
    hidden = set(expected[f"hidden_{what}"])
    return [item for number, item in enumerate(expected[what]) if number not in hidden]


@pytest.mark.parametrize("name", INDEX)
def test_sample(name: str) -> None:
    expected = INDEX[name]
    dialogue = found((SAMPLES / name).read_bytes())
    assert commands(dialogue) == shown(expected, "commands")
    assert codes(dialogue) == shown(expected, "codes")
    if name not in LETTER_NOT_SHOWN and "shows" not in expected and expected["content_lines"] is not None:
        assert letter(dialogue) == expected["content_lines"]


@pytest.mark.parametrize("name", VARIANT_INDEX)
def test_variant(name: str) -> None:
    dialogue = found((VARIANTS / name).read_bytes())
    assert {
        "format": dialogue.format,
        "commands": commands(dialogue),
        "codes": codes(dialogue),
        "content_lines": letter(dialogue),
    } == VARIANT_INDEX[name]


@pytest.mark.parametrize("form", ["text", "json"])
@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.name)
def test_nothing_is_lost_in_our_own_forms(path: Path, form: str) -> None:
    dialogue = found(path.read_bytes())
    assert read(write(dialogue, form), format=form) == dialogue


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("name", INDEX)
def test_the_same_dialogue_in_another_coat(name: str, change: str) -> None:
    octets = (SAMPLES / name).read_bytes()
    plain = found(octets)
    dressed = found(CHANGES[change](octets))
    assert dressed.format == plain.format
    assert (commands(dressed), codes(dressed)) == (commands(plain), codes(plain))


@pytest.mark.parametrize("name", INDEX)
def test_every_entry_knows_its_line(name: str) -> None:
    dialogue = found((SAMPLES / name).read_bytes())
    numbers = [entry.line for entry in dialogue.entries]
    assert numbers == sorted(numbers)
    assert all(numbers)
