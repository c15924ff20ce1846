"""`replay --check`, of one file and of several, its table, and JUnit XML."""

from __future__ import annotations

import io
from pathlib import Path
from xml.etree import ElementTree

import pytest

from smtpsim.app.environment import Environment
from smtpsim.app.replay.checks import progress
from smtpsim.render.cells import width
from tests.app.conftest import Run

GOOD = "$ telnet mx.hogefuga.com smtp\n220 hi\n> NOOP\n250 ok\n> QUIT\n221 bye\n"
DIFFERS = """\
$ telnet mx.hogefuga.com smtp
220 hi
> EHLO a.example
250 hi
> MAIL FROM:<a@example.com>
250 ok
> RCPT TO:<nosuch@hogefuga.com>
250 2.1.5 ok
> RCPT TO:<test@hogefuga.com>
550 5.7.1 \x01relaying <denied> & more
"""


def files(folder: Path, **texts: str) -> list[str]:
    written = []
    for name, text in texts.items():
        path = folder / f"{name}.txt"
        path.write_text(text)
        written.append(str(path))
    return written


def test_a_difference_has_both_sides_and_their_reasons(run: Run, tmp_path: Path) -> None:
    ran = run("replay", *files(tmp_path, a=DIFFERS), "--check", variables={"COLUMNS": "80"})
    assert ran.status == 1
    assert ":8: RCPT TO:<nosuch@hogefuga.com>: recorded 250, answered 550" in ran.out
    assert "policy mailbox" in ran.out
    assert "policy relay" in ran.out
    assert "550 5.1.1 <nosuch@hogefuga.com> User unknown" in ran.out
    assert "EHLO" not in ran.out.replace("HELO, EHLO", "")
    assert "\x01" not in ran.out


@pytest.mark.parametrize("lang", ["en", "ja"])
@pytest.mark.parametrize(("columns", "two"), [(80, False), (100, True), (140, True)])
def test_two_columns_where_there_is_room(run: Run, tmp_path: Path, columns: int, two: bool, lang: str) -> None:
    names = files(tmp_path, a=DIFFERS)
    ran = run("replay", *names, "--check", "--lang", lang, variables={"COLUMNS": str(columns)})
    shown = [line for line in ran.out.splitlines() if names[0] not in line]
    assert any(" │ " in line for line in shown) is two
    assert all(width(line) <= columns for line in shown)


def test_without_a_check_differences_are_told_and_do_not_fail(run: Run, tmp_path: Path) -> None:
    ran = run("replay", *files(tmp_path, a=DIFFERS))
    assert ran.status == 0
    dialogue, _, after = ran.out.partition("\n\n")
    assert dialogue.splitlines()[-1] == "250 2.1.5 Recipient ok"
    assert "2 of 5 replies" in after
    assert run("replay", *files(tmp_path, a=GOOD)).out == GOOD.partition("\n")[2].replace(
        "220 hi", "220 mx.hogefuga.com ESMTP smtpsim"
    ).replace("250 ok", "250 Ok").replace("221 bye", "221 mx.hogefuga.com closing connection")


def test_several_files_end_with_a_table(run: Run, tmp_path: Path) -> None:
    names = files(tmp_path, good=GOOD, differs=DIFFERS)
    ran = run("replay", *names, "--check")
    lines = ran.out.splitlines()
    assert ran.status == 1
    assert [line.split()[1:3] for line in lines[-3:-1]] == [["3", "0"], ["5", "2"]]
    assert lines[-1] == "2 files: 1 as recorded, 1 that differ, 0 unreadable"
    assert not any(line.startswith(f"{names[0]}:") for line in lines)


@pytest.mark.parametrize("outputs", [["--check"], ["--check", "--panel"], []])
def test_a_file_that_cannot_be_read_stops_no_other(run: Run, tmp_path: Path, outputs: list[str]) -> None:
    names = files(tmp_path, good=GOOD, empty="", differs=DIFFERS)
    ran = run("replay", *names, *outputs)
    assert ran.status == 2
    assert ran.err.count("\n") == 1
    assert ran.err.startswith(f"smtpsim: {names[1]}:")
    assert "policy mailbox" in ran.out


def test_junit(run: Run, tmp_path: Path) -> None:
    names = files(tmp_path, good=GOOD, differs=DIFFERS, empty="")
    written = tmp_path / "out.xml"
    assert run("replay", *names, "--junit", str(written)).status == 2
    root = ElementTree.fromstring(written.read_bytes())
    suite = root[0]
    assert (root.tag, suite.tag) == ("testsuites", "testsuite")
    for element in (root, suite):
        assert {key: element.get(key) for key in ("tests", "failures", "errors")} == {
            "tests": "3",
            "failures": "1",
            "errors": "1",
        }
    cases = suite.findall("testcase")
    assert [case.get("name") for case in cases] == names
    assert all(case.get("classname") and case.get("time") is None for case in cases)
    assert [[child.tag for child in case] for case in cases] == [[], ["failure"], ["error"]]
    failure = cases[1][0]
    assert "2 of 5" in str(failure.get("message"))
    assert "\N{SYMBOL FOR START OF HEADING}relaying <denied> & more" in str(failure.text)


def test_the_same_check_gives_the_same_junit(run: Run, tmp_path: Path) -> None:
    first, second = tmp_path / "1.xml", tmp_path / "2.xml"
    for written in (first, second):
        assert run("replay", "first-mail", "bounce", "--junit", str(written)).status == 0
    assert first.read_bytes() == second.read_bytes()


def test_junit_that_cannot_be_written(run: Run, tmp_path: Path) -> None:
    ran = run("replay", "first-mail", "--junit", str(tmp_path / "no" / "out.xml"))
    assert (ran.status, ran.err.count("\n")) == (2, 1)


def test_pop3_and_imap_are_told_by_their_words(run: Run, tmp_path: Path) -> None:
    pop = "$ telnet pop.hogefuga.com pop3\n< +OK hi\n> USER test\n< -ERR no\n"
    imap = "$ telnet imap.hogefuga.com imap\n< * OK hi\n> a1 NOOP\n< a1 BAD no\n"
    ran = run("replay", *files(tmp_path, pop=pop, imap=imap), "--check")
    assert "recorded -ERR, answered +OK" in ran.out
    assert "recorded BAD, answered OK" in ran.out
    assert "RFC 1939 7" in ran.out


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(("stream", "shown"), [(Terminal(), True), (io.StringIO(), False)])
def test_the_progress_bar_is_for_terminals_and_on_standard_error(stream: io.StringIO, shown: bool) -> None:
    out = Terminal()
    environment = Environment(io.BytesIO(), io.BytesIO(), out, stream, {}, False)
    with progress(2, "checking", environment) as done:
        done()
        done()
    assert ("2/2" in stream.getvalue()) is shown
    assert out.getvalue() == ""
