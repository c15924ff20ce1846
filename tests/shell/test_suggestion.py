"""Did you mean? Names that nothing has, in both languages."""

from __future__ import annotations

from pathlib import Path

import pytest

from smtpsim.explain import words
from smtpsim.kernel.failure import Failure
from smtpsim.session.change import Wrong
from smtpsim.shell.opening import Choice, open_session
from smtpsim.shell.reading import read_dialogue
from smtpsim.shell.suggestion import corrected, sentence
from tests.shell.conftest import Begin

NEAR = [
    # the line, and the line that was meant
    (":conect mx.example.net", ":connect mx.example.net"),
    (":inbx", ":inbox"),
    (":connect mx.hogefga.com", ":connect mx.hogefuga.com"),
    (":host mx.exmaple.net", ":host mx.example.net"),
    (":hosts mx.hogefga.com", ":hosts mx.hogefuga.com"),
    (":inbox tset@hogefuga.com", ":inbox test@hogefuga.com"),
    (":explain enveloop", ":explain envelope"),
    (":theme drak", ":theme dark"),
    (":policy greylst on", ":policy greylist on"),
]


@pytest.mark.parametrize(("line", "meant"), NEAR)
def test_the_line_that_was_meant_is_offered(begin: Begin, line: str, meant: str) -> None:
    answer = begin().command(line)
    assert isinstance(answer, Wrong)
    assert corrected(line, answer) == (meant,)
    name = meant.split()[-1] if line.split()[0] == meant.split()[0] and "policy" not in meant else ""
    for lang, asks in (("en", "Did you mean "), ("ja", "もしかして: ")):
        assert f"{asks}{name}" in sentence(answer, words(lang))


def test_all_there_is_is_listed_where_nothing_is_like_it(begin: Begin) -> None:
    answer = begin().command(":xyzzy")
    assert isinstance(answer, Wrong)
    assert corrected(":xyzzy", answer) == ()
    assert ":connect" in sentence(answer, words("en"))


@pytest.mark.parametrize(
    ("name", "meant"), [("first-mial", "first-mail"), ("spoofin", "spoofing"), ("sesion.txt", "session.txt")]
)
def test_transcripts_and_files(name: str, meant: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "session.txt").write_text("220 hi\n")
    monkeypatch.chdir(tmp_path)
    with pytest.raises(Failure, match=f"did you mean .*{meant}"):
        read_dialogue(name, "", words("en"))


def test_formats_and_hosts() -> None:
    with pytest.raises(Failure, match="did you mean swaks"):
        read_dialogue("first-mail", "swaks1", words("en"))
    with pytest.raises(Failure, match=r"did you mean mx\.hogefuga\.com"):
        open_session(Choice(host="mx.hogefug.com"), words("en"))
