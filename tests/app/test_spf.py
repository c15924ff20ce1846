"""`smtpsim spf`: the verdict, the deciding term, and where the records come from."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.app.conftest import Run

ZONE = """$ORIGIN zone.example.
@ TXT "v=spf1 a:host.zone.example -all"
host A 192.0.2.77
old SPF "v=spf1 -all"
"""


@pytest.fixture
def zone(tmp_path: Path) -> str:
    file = tmp_path / "zone.example.zone"
    file.write_text(ZONE)
    return str(file)


@pytest.mark.parametrize(
    ("ip", "sender", "result"),
    [
        ("192.0.2.10", "ann@pass.spf.example", "pass"),
        ("2001:db8::1", "ann@pass.spf.example", "pass"),
        ("192.0.2.10", "ann@fail.spf.example", "fail"),
        ("192.0.2.10", "ann@softfail.spf.example", "softfail"),
        ("192.0.2.10", "ann@neutral.spf.example", "neutral"),
        ("192.0.2.10", "ann@none.spf.example", "none"),
        ("192.0.2.10", "ann@temperror.spf.example", "temperror"),
        ("192.0.2.10", "ann@permerror.spf.example", "permerror"),
        ("192.0.2.10", "ann@many.spf.example", "permerror"),
        ("192.0.2.10", "ann@voids.spf.example", "permerror"),
    ],
)
def test_each_result(run: Run, ip: str, sender: str, result: str) -> None:
    assert run("spf", ip, sender).out.splitlines()[1].startswith(f"{result}: ")
    assert json.loads(run("spf", ip, sender, "--json").out)["result"] == result


def test_the_deciding_term_is_pointed_at(run: Run) -> None:
    lines = run("spf", "192.0.2.10", "ann@include.spf.example").out.splitlines()
    record = next(line for line in lines if "v=spf1" in line)
    pointer = lines[lines.index(record) + 1]
    start = pointer.index("^")
    assert record[start : start + pointer.count("^")] == "include:pass.spf.example"


def test_a_syntax_fault_is_pointed_at(run: Run) -> None:
    lines = run("spf", "192.0.2.10", "a@b.example", "--record", "v=spf1 ip4:1.2.3 -all").out.splitlines()
    record = next(line for line in lines if "v=spf1" in line)
    pointer = lines[lines.index(record) + 1]
    assert record[pointer.index("^") :].startswith("1.2.3")


def test_the_null_sender_is_postmaster_at_helo(run: Run) -> None:
    told = json.loads(run("spf", "192.0.2.25", "", "--helo", "smtp.example.com", "--json").out)
    assert (told["domain"], told["result"]) == ("smtp.example.com", "pass")


def test_a_zone_file_answers(run: Run, zone: str) -> None:
    assert json.loads(run("spf", "192.0.2.77", "x@zone.example", "--zone", zone, "--json").out)["result"] == "pass"
    assert json.loads(run("spf", "192.0.2.78", "x@zone.example", "--zone", zone, "--json").out)["result"] == "fail"


def test_a_broken_zone_file_is_one_line(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "broken.zone"
    file.write_text("$ORIGIN zone.example.\n@ A 192.0.2.1\n@ A not-an-address\n")
    ran = run("spf", "192.0.2.1", "x@zone.example", "--zone", str(file))
    assert (ran.status, ran.err.count("\n")) == (2, 1)
    assert f"{file}:3:" in ran.err


def test_an_unpublished_record_is_tried(run: Run) -> None:
    draft = "v=spf1 include:amazonses.com -all"
    ran = run("spf", "198.51.100.130", "shop@example.org", "--record", draft, "--json")
    assert json.loads(ran.out)["result"] == "pass"
    assert json.loads(run("spf", "198.51.100.130", "shop@example.org", "--json").out)["result"] == "fail"


@pytest.mark.parametrize("sender", ["\x1b[31m@x.example", "a@\udcff\x9b.example", "\u202ea@x.example"])
def test_json_is_safe_to_print(run: Run, sender: str) -> None:
    out = run("spf", "192.0.2.1", sender, "--helo", "\x1b\udcff.example", "--json").out
    assert out.removesuffix("\n").isprintable()
    assert out.encode()
    assert json.loads(out)["result"] == "none"


def test_a_mapped_address_is_the_one_in_it(run: Run) -> None:
    lines = run("spf", "::ffff:192.0.2.10", "ann@pass.spf.example").out.splitlines()
    assert "192.0.2.10" in lines[0]
    assert "ffff" not in lines[0]
    assert lines[1].startswith("pass: ")


def test_the_discontinued_type_is_remarked_on(run: Run, zone: str) -> None:
    assert "RFC 7208 3.1" in run("spf", "192.0.2.1", "x@old.zone.example", "--zone", zone).out
    assert "RFC 7208 3.1" not in run("spf", "192.0.2.1", "x@zone.example", "--zone", zone).out
