"""Words filled with what the code really gives: mistakes are provoked, and each is said in every language."""

from __future__ import annotations

from pathlib import Path

import pytest

from smtpsim.explain import LANGUAGES, words
from smtpsim.session.simulation import Turn, open_simulation
from smtpsim.spf.fault import SyntaxFault
from smtpsim.spf.parse import parse_record
from smtpsim.world.load import WorldFault, folder, load_world, shipped
from smtpsim.world.model import World

SAID = """\
NOSUCH
EHLO
EHLO a b
EHLO client.example.com
VRFY
MAIL
MAIL FROM <a@example.com>
MAIL FROM:
MAIL FROM:<a@example.com
MAIL FROM:a@example.com>
MAIL FROM:<a@b@example.com>
MAIL FROM:<a@[300.1.1.1]>
MAIL FROM:<a@example.com> SIZE=x
MAIL FROM:<a@example.com> NOSUCH
MAIL FROM:<a@example.com>x
MAIL FROM: a@example.com
RCPT TO:<>
RCPT TO:< @example.net>
RCPT TO:nobody@example.com
RCPT TO:test@hogefuga.com
RCPT TO:nobody@hogefuga.com
DATA now
DATA
Subject: hello

.
QUIT
NOOP"""


def turns(lines: str) -> list[Turn]:
    world = load_world(shipped())
    assert isinstance(world, World)
    made = [open_simulation(world)]
    for line in lines.split("\n"):
        made.append(made[-1].after.say(line))
    return made


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_session_full_of_mistakes(lang: str) -> None:
    say = words(lang)
    faults, fates = set(), set()
    for turn in turns(SAID):
        assert say(f"next.{turn.after.connection.state.phase}")
        assert turn.reply is None or say(f"reply.{turn.reply.key}")
        for fact in turn.facts:
            assert say(f"fact.{fact.key}")
        for found in turn.faults:
            text = say(f"fault.{found.key}", column=found.column, found=found.found)
            assert f"{found.column}" in text or "{column}" not in say.section("fault")[found.key]
            faults.add(found.key)
        for fate in turn.fates:
            assert fate.recipient in say(f"fate.{fate.status}", **fate._asdict(), reason=fate.reason)
            fates.add(fate.status)
    assert len(faults) >= 10
    assert {"rejected", "delivered"} <= fates


BAD_RECORDS = (
    b"v=spf2",
    b"v=spf1 \xe3",
    b"v=spf1 \x1b",
    b"v=spf1 =x",
    b"v=spf1 ipv4:192.0.2.1",
    b"v=spf1 redirect:example.com",
    b"v=spf1 redirect=a.example redirect=b.example",
    b"v=spf1 all:x",
    b"v=spf1 include",
    b"v=spf1 include/24",
    b"v=spf1 ip4:192.0.2.0/024",
    b"v=spf1 ip4:192.0.2.0/33",
    b"v=spf1 ip4:192.0.2",
    b"v=spf1 ip6:2001:db8:::1",
    b"v=spf1 include:example",
    b"v=spf1 include:192.0.2.1",
    b"v=spf1 exists:%a.example.com",
    b"v=spf1 exists:%{d.example.com",
    b"v=spf1 exists:%{z}.example.com",
    b"v=spf1 exists:%{c}.example.com",
    b"v=spf1 exists:%{d0}.example.com",
)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("record", BAD_RECORDS)
def test_a_mistake_in_a_record(record: bytes, lang: str) -> None:
    found = parse_record(record)
    assert isinstance(found, SyntaxFault)
    text = words(lang)(f"spf.fault-{found.key}", column=found.column, found=found.found)
    assert str(found.column) in text
    assert found.found in text or "{found}" not in words(lang).section("spf")[f"fault-{found.key}"]


HOST = """\
addresses = ["192.0.2.999"]
domains = "example.com"
relay-for = ["192.0.2.1/24"]
extensions = ["nosuch"]
mechanisms = ["NOSUCH"]
policies = ["nosuch", "spf"]
surplus = 1

[about]
en = 1

[limits]
size = "large"

[policy.spf]
fail = "perhaps"

[replies]
nosuch = "x"
"""


@pytest.fixture
def broken(tmp_path: Path) -> tuple[WorldFault, ...]:
    for name, text in {
        "world.toml": 'title = "x"\nclock = "now"\n[start]\nhost = "nobody"\nclient-ip = "x"\n',
        "hosts/a.example.toml": HOST,
        "hosts/b.example.toml": 'addresses = ["192.0.2.1"]\ndomains = ["example.com"]\nusers = 1\n',
        "hosts/c.example.toml": 'addresses = ["192.0.2.1"]\ndomains = ["example.com"]\n',
        "hosts/d.example.toml": "addresses = [\n",
        "hosts/e.example.toml": "\n",
        "zones/a.zone": "a.example. IN A x\n",
    }.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    (tmp_path / "zones/b.zone").write_bytes(b"\xff")
    faults = load_world(folder(str(tmp_path)))
    assert not isinstance(faults, World)
    return faults


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_world_full_of_mistakes(broken: tuple[WorldFault, ...], lang: str) -> None:
    for found in broken:
        text = words(lang)(f"world.{found.key}", **found.values)
        assert found.values.get("found", "") in text
    assert len({found.key for found in broken}) >= 17
