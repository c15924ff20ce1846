"""Every kind of mistake in an edited world is reported with its file and line."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from smtpsim.world.load import WorldFault, folder, load_world, shipped
from smtpsim.world.load.fault import FAULT_KEYS
from smtpsim.world.model import World

MX = "hosts/mx.hogefuga.com.toml"
NET = "hosts/mx.example.net.toml"
DOCOMO = "hosts/mx.docomo.ne.jp.toml"
AU = "hosts/mx.au.com.toml"
SMTP = "hosts/smtp.example.com.toml"
BIG = "hosts/mx.bigpost.example.toml"
CIRCLE = "hosts/mx.circle.example.toml"
SES = "hosts/email-smtp.ap-northeast-1.amazonses.com.toml"
SIMULATOR = "hosts/inbound.simulator.amazonses.com.toml"
MANIFEST = "world.toml"
ZONE = "zones/hogefuga.com.zone"
POLICY = "mta-sts/clinic.example.txt"
HERE = "<--"


class Edit(NamedTuple):
    """Put `new` for `old` in a file; the mistake stands on the line that holds the mark `<--`."""

    key: str
    file: str
    old: str
    new: str


EDITS = (
    # the file as a whole
    Edit("toml-syntax", MX, "[about]", "[about # <--"),
    Edit("toml-syntax", MX, 'domains = ["hogefuga.com"]', 'domains = "hogefuga.com # <--'),
    Edit("toml-syntax", MX, "[mailboxes]", "[limits] # <--"),
    Edit("toml-syntax", MX, 'test = "Test"', 'bob = "B"\nbob = "Bobby" # <--'),
    # keys
    Edit("key-unknown", MX, "[about]", "adresses = [] # <--\n[about]"),
    Edit("key-unknown", MX, "[limits]", "[limit] # <--\nsize = 1\n[limits]"),
    Edit("key-unknown", MX, "errors = 20", "error = 20 # <--"),
    Edit("key-unknown", MX, 'fail = "mark"', 'fails = "mark" # <--'),
    Edit("key-unknown", MX, "[policy.spf]", "[policy.nosuch] # <--\n[policy.spf]"),
    Edit("key-unknown", MANIFEST, "[start]", 'titel = "" # <--\n[start]'),
    Edit("key-unknown", MANIFEST, 'host = "', 'port = 25 # <--\nhost = "'),
    Edit("key-unknown", DOCOMO, 'permit = ["example.org"]', 'level = "low" # <--'),
    Edit("key-unknown", DOCOMO, 'permit = ["example.org"]', 'permits = ["example.org"] # <--'),
    Edit("mailbox-unknown", AU, "[subscribers.aoi]", "[subscribers.nobody] # <--"),
    Edit("not-a-flag", DOCOMO, 'permit = ["example.org"]', 'spoofing = "off" # <--'),
    Edit("not-a-table", DOCOMO, '[subscribers.hanako]\npermit = ["example.org"]', '[subscribers]\nhanako = "x" # <--'),
    Edit("key-missing", MANIFEST, '[start]\nhost = "smtp.example.com"', "[start] # <--"),
    Edit("key-missing", MX, 'addresses = ["198.51.100.25", "2001:db8:51::25"]', ""),
    Edit("key-missing", MX, 'addresses = ["198.51.100.25", "2001:db8:51::25"]', "addresses = [] # <--"),
    Edit("key-missing", MANIFEST, "clock = 2026-04-01T09:00:00Z", ""),
    # types
    Edit("not-a-text", MANIFEST, 'title = "The example Internet"', "title = 1 # <--"),
    Edit("not-a-text", MX, 'bob = "Bob"', "bob = true # <--"),
    Edit("not-a-text", MX, 'en = "the', 'ja2 = 1 # <--\nen = "the'),
    Edit("not-a-text", SMTP, 'mail-ok = "okay"', "mail-ok = 250 # <--"),
    Edit("not-a-text", MX, 'fail = "mark"', "fail = 1 # <--"),
    Edit("not-a-number", MX, "size = 10485760", 'size = "10 MB" # <--'),
    Edit("not-a-number", MX, "size = 10485760", "size = -1 # <--"),
    Edit("not-a-number", MX, "size = 10485760", "size = 1.5 # <--"),
    Edit("not-a-number", MX, "size = 10485760", "size = true # <--"),
    Edit("not-a-number", MX, "size = 10485760", "size = 0x8000000000000000 # <--"),
    Edit("not-a-list", MX, 'domains = ["hogefuga.com"]', 'domains = "hogefuga.com" # <--'),
    Edit("not-a-list", MX, 'domains = ["hogefuga.com"]', "domains = [1] # <--"),
    Edit("not-a-list", MX, "[about]", "mechanisms = { PLAIN = true } # <--\n[about]"),
    Edit("not-a-list", MX, "[mailboxes]", "[aliases]\nnobody = [] # <--\n[mailboxes]"),
    Edit("not-a-table", MX, "[about]", 'users = "alice" # <--\n[about]'),
    Edit("not-a-time", MANIFEST, "clock = 2026-04-01T09:00:00Z", 'clock = "2026-04-01" # <--'),
    Edit("not-a-time", MANIFEST, "clock = 2026-04-01T09:00:00Z", "clock = 2026-04-01 # <--"),
    Edit("clock-range", MANIFEST, "clock = 2026-04-01T09:00:00Z", "clock = 9999-12-31T00:00:00Z # <--"),
    Edit("clock-range", MANIFEST, "clock = 2026-04-01T09:00:00Z", "clock = 9001-01-01T00:00:00Z # <--"),
    Edit("clock-range", MANIFEST, "clock = 2026-04-01T09:00:00Z", "clock = 1970-01-01T00:00:00+00:01 # <--"),
    Edit("clock-range", MANIFEST, "clock = 2026-04-01T09:00:00Z", "clock = 0001-01-01T00:00:00+23:59 # <--"),
    # addresses and names
    Edit("not-an-address", MX, '"198.51.100.25"', '# <--\n"198.51.100.256"'),
    Edit("not-an-address", MX, '"2001:db8:51::25"]', '"fe80::1%eth0"] # <--'),
    Edit("not-an-address", MANIFEST, 'client-ip = "192.0.2.10"', 'client-ip = "localhost" # <--'),
    Edit("not-a-network", SMTP, 'relay-for = ["192.0.2.0/24"]', 'relay-for = ["192.0.2.1/24"] # <--'),
    Edit("not-a-network", SMTP, 'relay-for = ["192.0.2.0/24"]', 'relay-for = ["fe80::1%eth0/128"] # <--'),
    Edit("not-a-domain", MX, 'domains = ["hogefuga.com"]', 'domains = ["hogefuga.com."] # <--'),
    Edit("not-a-domain", MANIFEST, 'timeout = ["', 'timeout = [ # <--\n"a..b", "'),
    Edit("not-a-local-part", MX, 'bob = "Bob"', '"bob@hogefuga.com" = "Bob" # <--'),
    Edit("not-a-local-part", MX, 'bob = "Bob"', '"" = "Nobody" # <--'),
    Edit("not-a-mailbox", NET, 'moved = ["alice@hogefuga.com"]', 'moved = ["alice"] # <--'),
    Edit("not-a-sender", DOCOMO, 'permit = ["example.org"]', 'permit = ["@example.org"] # <--'),
    Edit("not-a-sender", DOCOMO, 'allow = ["hogefuga.com", ', 'allow = [ # <--\n"hoge fuga.com", '),
    Edit("not-a-word", AU, 'level = "high"', 'level = "higher" # <--'),
    Edit("not-a-word", DOCOMO, 'exempt = ["permit", "allow"]', 'exempt = ["permit", "deny"] # <--'),
    Edit("not-a-word", MX, "[about]", 'certificate-state = "old" # <--\n[about]'),
    Edit("not-a-flag", SMTP, "mta-sts = true", 'mta-sts = "yes" # <--'),
    Edit("not-a-word", CIRCLE, 'arc = "circle.example"', 'arc = "example.com" # <--'),
    Edit("not-a-word", MX, 'fail = "mark"', 'fail = "perhaps" # <--'),
    Edit("not-a-date", BIG, 'watched-from = "2026-05-01"', 'watched-from = "1 May" # <--'),
    Edit("not-a-domain", BIG, 'lists = ["zen.spamhaus.org"]', 'lists = ["zen..org"] # <--'),
    Edit("not-a-mailbox-here", BIG, 'traps = ["yumi@bigpost.example"]', 'traps = ["yumi@hogefuga.com"] # <--'),
    Edit("not-a-domain", MANIFEST, '[blocklists."zen.spamhaus.org"]', '[blocklists."zen..org"] # <--'),
    Edit("not-a-code", MANIFEST, "kept = 30", 'code = "192.0.2.1" # <--'),
    Edit("not-a-number", MANIFEST, "kept = 30", "kept = -30 # <--"),
    Edit("key-unknown", MANIFEST, "kept = 30", "keep = 30 # <--"),
    # sending services
    Edit("not-a-word", SES, 'suppression = "shared"', 'suppression = "global" # <--'),
    Edit("not-a-word", SES, 'users = ["shop@example.org"]', 'users = ["nobody@example.org"] # <--'),
    Edit("not-a-word", SIMULATOR, 'ooto = "answer"', 'ooto = "sleep" # <--'),
    Edit("not-a-domain", SES, 'domains = ["example.org"]', 'domains = ["example..org"] # <--'),
    Edit("not-a-domain", SES, 'mail-from = "bounce.example.org"', 'mail-from = "a@example.org" # <--'),
    Edit("no-id", SES, 'local = "0106019d-{id}-000000"', 'local = "0106019d" # <--'),
    Edit("no-volume", SES, "minimum = 10", "volume = 0 # <--"),
    Edit("key-unknown", SES, "minimum = 10", "minimal = 10 # <--"),
    # names of things
    Edit("extension-unknown", MX, 'extensions = ["pipelining"', 'extensions = ["pipelines" # <--\n'),
    Edit("extension-unknown", MX, 'extensions = ["pipelining"', 'extensions = ["../size" # <--\n'),
    Edit("policy-unknown", MX, '"relay", "mailbox"]', '"relays", "mailbox"] # <--'),
    Edit("mechanism-unknown", SMTP, '"LOGIN"', '"login"] # <--\n#'),
    Edit("reply-unknown", SMTP, 'mail-ok = "okay"', 'mail-okay = "okay" # <--'),
    Edit("host-unknown", MANIFEST, 'host = "smtp.example.com"', 'host = "smtp.example.org" # <--'),
    Edit("mailbox-unknown", NET, "erin = 1100", "nobody = 1000 # <--"),
    Edit("mailbox-unknown", NET, "erin = 1100", "erin = 1100\ninfo = 1000 # <--"),
    Edit("mailbox-twice", NET, 'erin = "Erin"', 'erin = "Erin"\nCarol = "Carol" # <--'),
    Edit("mailbox-twice", NET, "moved = [", "Dave = [ # <--\n"),
    Edit("mailbox-twice", NET, "moved = [", "INFO = [ # <--\n"),
    Edit("mailbox-twice", NET, "team = [", "carol = [ # <--\n"),
    Edit("mailbox-twice", NET, "team = [", "Info = [ # <--\n"),
    Edit("domain-twice", MX, 'domains = ["hogefuga.com"]', 'domains = ["Example.NET"] # <--'),
    Edit("address-twice", MX, '"198.51.100.25"', '"198.51.100.40", # <--\n "198.51.100.25"'),
    # signing and lists
    Edit("not-a-domain", SMTP, '[dkim."example.com"]', '[dkim."exa mple.com"] # <--'),
    Edit("not-a-selector", SMTP, 'selector = "k1"', 'selector = "k 1" # <--'),
    Edit("not-a-selector", SMTP, 'selector = "k1"', 'selector = "" # <--'),
    Edit("not-a-key-file", SMTP, 'key = "example.com.pem"', 'key = "../world.toml" # <--'),
    Edit("not-a-key-file", SMTP, 'key = "example.com.pem"', 'key = "" # <--'),
    Edit("key-unreadable", SMTP, 'key = "example.com.pem"', 'key = "nosuch.pem" # <--'),
    Edit("key-unknown", SMTP, 'selector = "k1"', 'selector = "k1"\nsize = 2048 # <--'),
    Edit("list-unknown", NET, 'news = "[news]"', 'nosuch = "[news]" # <--'),
    Edit("list-unknown", CIRCLE, 'songs = "dmarc"', 'nosuch = "dmarc" # <--'),
    Edit("not-a-word", CIRCLE, 'songs = "dmarc"', 'songs = "often" # <--'),
    Edit("not-https", CIRCLE, 'songs = "https://circle.example/leave"', 'songs = "http://circle.example" # <--'),
    Edit("not-one-line", NET, 'news = "[news]"', r'news = "[a\nb]" # <--'),
    # zones
    Edit("zone-syntax", ZONE, "MX    10 mx", "MX    ten mx ; <--"),
    Edit("zone-syntax", ZONE, "MX    10 mx", "MMX    10 mx ; <--"),
    Edit("cname-and-other-data", ZONE, '"v=spf1 a -all"', '"v=spf1 a -all"\nmx CNAME ns ; <--'),
)


def edited(copy: Path, edit: Edit) -> None:
    path = copy / edit.file
    text = path.read_text(encoding="utf-8")
    assert edit.old in text
    path.write_text(text.replace(edit.old, edit.new, 1), encoding="utf-8")


def marked(path: Path) -> int:
    """The line with the mark; 0 where none has it."""
    lines = path.read_text(encoding="utf-8").split("\n")
    return next((number for number, line in enumerate(lines, 1) if HERE in line), 0)


def faults_in(path: Path) -> tuple[WorldFault, ...]:
    loaded = load_world(folder(str(path)))
    return () if isinstance(loaded, World) else loaded


@pytest.mark.parametrize("edit", EDITS, ids=lambda edit: f"{edit.key}: {edit.new}")
def test_a_mistake_is_reported_where_it_is(copy: Path, edit: Edit) -> None:
    edited(copy, edit)
    path = copy / edit.file
    found = [(fault.file, fault.line, fault.key) for fault in faults_in(copy)]
    assert found == [(str(path), marked(path), edit.key)]


def test_all_mistakes_are_reported_in_the_order_of_files_and_lines(copy: Path) -> None:
    for edit in reversed(EDITS[4:]):
        if edit.old in (copy / edit.file).read_text(encoding="utf-8"):
            edited(copy, edit)
    faults = faults_in(copy)
    assert len(faults) >= 20
    assert list(faults) == sorted(faults, key=lambda fault: (fault.file, fault.line))


def test_every_broken_file_is_reported(copy: Path) -> None:
    files = [MX, MANIFEST, SMTP, ZONE, "zones/example.com.zone"]
    for file in files:
        (copy / file).write_text("= nonsense", encoding="utf-8")
    assert sorted(fault.file for fault in faults_in(copy)) == sorted(str(copy / file) for file in files)


def _without(name: str) -> Callable[[Path], None]:
    def damage(copy: Path) -> None:
        path = copy / name
        if path.is_dir():
            path.rename(copy / "elsewhere")
        else:
            path.unlink()

    return damage


def _a_folder(name: str) -> Callable[[Path], None]:
    def damage(copy: Path) -> None:
        _without(name)(copy)
        (copy / name).mkdir()

    return damage


def _a_file(name: str) -> Callable[[Path], None]:
    def damage(copy: Path) -> None:
        _without(name)(copy)
        (copy / name).write_text("")

    return damage


def _octets(name: str, octets: bytes) -> Callable[[Path], None]:
    def damage(copy: Path) -> None:
        (copy / name).write_bytes(octets + (copy / name).read_bytes())

    return damage


def _renamed(name: str, other: str) -> Callable[[Path], None]:
    def damage(copy: Path) -> None:
        (copy / name).rename(copy / other)

    return damage


def _copied(name: str, other: str) -> Callable[[Path], None]:
    def damage(copy: Path) -> None:
        (copy / other).write_bytes((copy / name).read_bytes())

    return damage


class Damage(NamedTuple):
    """Something that is wrong with the files themselves, and the one fault that it makes."""

    key: str
    file: str
    line: int
    do: Callable[[Path], None]


KEY = "keys/example.com.pem"
PEM = Path(shipped().path, KEY).read_bytes()
KEY_LINE = Path(shipped().path, SMTP).read_text(encoding="utf-8").split("\n").index('key = "example.com.pem"') + 1


def _bad_key(octets: bytes) -> Damage:
    """The line that names the key tells of it."""

    def damage(copy: Path) -> None:
        (copy / KEY).write_bytes(octets)

    return Damage("not-a-key", SMTP, KEY_LINE, damage)


DAMAGES = (
    Damage("unreadable", MANIFEST, 0, _without(MANIFEST)),
    Damage("unreadable", MANIFEST, 0, _a_folder(MANIFEST)),
    Damage("unreadable", MX, 0, _a_folder(MX)),
    Damage("unreadable", ZONE, 0, _a_folder(ZONE)),
    Damage("unreadable", "hosts", 0, _without("hosts")),
    Damage("unreadable", "hosts", 0, _a_file("hosts")),
    Damage("unreadable", "zones", 0, _without("zones")),
    Damage("no-hosts", "hosts", 0, _a_folder("hosts")),
    Damage("not-utf-8", MX, 2, _octets(MX, b"# one\n# \xe9\n")),
    Damage("not-utf-8", MANIFEST, 1, _octets(MANIFEST, b"\xff\xfet\x00")),
    Damage("not-utf-8", ZONE, 3, _octets(ZONE, b"; a\n; b\n; \x83e\n")),
    Damage("zone-too-long", ZONE, 2, _octets(ZONE, b"; a" + b"\n" + b";" * 4_000_000)),
    Damage("too-many-records", ZONE, 20_002, _octets(ZONE, b"\n" + b"x A 192.0.2.1\n" * 20_001)),
    Damage("not-a-domain", "hosts/mx hogefuga.toml", 0, _renamed(MX, "hosts/mx hogefuga.toml")),
    Damage("not-a-domain", "mta-sts/a clinic.txt", 0, _renamed(POLICY, "mta-sts/a clinic.txt")),
    Damage("not-utf-8", POLICY, 1, _octets(POLICY, b"\xff")),
    Damage("unreadable", POLICY, 0, _a_folder(POLICY)),
    Damage("toml-syntax", MANIFEST, 1, _octets(MANIFEST, b"\x1b[31m\n")),
    Damage("toml-syntax", MANIFEST, 3, _octets(MANIFEST, b"# one\n# two\nlong = " + b"9" * 5000 + b"\n")),
    Damage("toml-syntax", MX, 2, _octets(MX, b"# one\ndeep = " + b"[" * 9000 + b"]" * 9000 + b"\n")),
    Damage("toml-syntax", MX, 1, _octets(MX, b"deep = " + b"{a=" * 9000 + b"1" + b"}" * 9000 + b"\n")),
    Damage("key-unknown", MX, 1, _octets(MX, b".".join([b"a"] * 1500) + b" = 1\n")),
    Damage("host-twice", MX, 0, _copied(MX, "hosts/MX.hogefuga.com.toml")),
    _bad_key(b""),
    _bad_key(b"\xff"),
    _bad_key(PEM[:500]),
    _bad_key(PEM.replace(PEM.split(b"\n")[5] + b"\n", b"")),
    _bad_key(PEM.replace(b"PRIVATE", b"PUBLIC")),
)


@pytest.mark.parametrize("damage", DAMAGES, ids=lambda damage: f"{damage.key} {damage.file}")
def test_damaged_files(copy: Path, damage: Damage) -> None:
    damage.do(copy)
    found = [(fault.file, fault.line, fault.key) for fault in faults_in(copy)]
    assert found == [(str(copy / damage.file), damage.line, damage.key)]


@pytest.mark.parametrize("name", ["nowhere", "a-file"])
def test_no_such_folder_is_one_fault(tmp_path: Path, name: str) -> None:
    (tmp_path / "a-file").write_text("")
    path = str(tmp_path / name)
    assert [(fault.file, fault.line, fault.key) for fault in faults_in(tmp_path / name)] == [(path, 0, "unreadable")]


SPECIAL = {"not-regular", "key-not-regular", "too-large", "key-too-large"}
"""Files that are none, or too large: `tests/app/test_special_files.py` tries each."""


def test_every_kind_of_mistake_is_tested() -> None:
    told = {edit.key for edit in EDITS} | {damage.key for damage in DAMAGES} | {"not-a-flag"}
    assert told | SPECIAL == set(FAULT_KEYS)
