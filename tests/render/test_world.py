"""A world as lines of text."""

from __future__ import annotations

import re

import pytest
from rich.cells import cell_len

from smtpsim.explain import LANGUAGES, words
from smtpsim.kernel.dns import MX
from smtpsim.render.world import world_lines
from smtpsim.world.load import load_world, shipped
from smtpsim.world.model import World


@pytest.fixture(scope="module")
def world() -> World:
    loaded = load_world(shipped())
    assert isinstance(loaded, World)
    return loaded


def test_names_and_records_are_safe_to_print(world: World) -> None:
    """What stands in a zone file may come from anybody."""
    hostile = "a\x1b[31m\x9b.example"
    zones = world.zones.with_record(hostile, "MX", MX(10, hostile)).with_record(hostile, "TXT", b"\x1b]0;owned\x07")
    lines = list(world_lines(world._replace(zones=zones.with_record(hostile, "PTR", hostile)), words("en")))
    assert all(line.isprintable() for line in lines)
    assert sum("10 a\N{SYMBOL FOR ESCAPE}[31m\\x9b.example" in line for line in lines) == 1


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_discontinued_record_type_is_remarked_on(world: World, lang: str) -> None:
    lines = list(world_lines(world, words(lang)))
    record = next(number for number, line in enumerate(lines) if line.startswith("type99.spf.example"))
    assert lines[record].endswith('SPF   "v=spf1 ip4:192.0.2.0/24 -all"')
    assert lines[record + 1].strip() == f"! {words(lang)('trace.type99')}"
    assert sum("RFC 7208 3.1" in line for line in lines) == 1


def test_hosts_come_with_their_mailboxes_and_words(world: World) -> None:
    lines = list(world_lines(world, words("ja")))
    host = next(number for number, line in enumerate(lines) if line.startswith("mx.hogefuga.com  198.51.100.25"))
    assert world.hosts["mx.hogefuga.com"].about["ja"] in lines[host + 1]
    assert "alice@hogefuga.com" in "".join(lines[host : host + 7])


def test_whoever_may_log_in_and_where_the_mail_of_a_name_goes_is_told(world: World) -> None:
    text = "\n".join(world_lines(world, words("en")))
    assert "shop@example.org / example" in text
    assert "info \N{RIGHTWARDS ARROW} carol@example.net dave@example.net" in text
    assert "erin@example.net (1,100 B)" in text
    assert re.search("listens +IMAP", text)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_values_stand_below_each_other(world: World, lang: str) -> None:
    lines = list(world_lines(world, words(lang)))
    start = lines.index(next(line for line in lines if line.startswith("mx.example.net")))
    rows = lines[start + 2 : lines.index("", start)]
    say = words(lang)
    values = [row.partition(say(f"page.{key}"))[2].lstrip(" ") for row, key in zip(rows, KEYS, strict=True)]
    assert len({cell_len(row.removesuffix(value)) for row, value in zip(rows, values, strict=True)}) == 1


KEYS = ("listens", "domains", "holds", "aliases", "lists", "extensions", "policies")


def test_what_is_set_otherwise_than_usual_is_told(world: World) -> None:
    text = "\n".join(world_lines(world, words("en")))
    settings = [line.split(maxsplit=1)[1] for line in text.split("\n") if line.startswith("    settings")]
    for one in ("srs", "arc = circle.example", "mta-sts", "certificate-state = expired", "junk"):
        assert one in settings
