"""`smtpsim explain`: the pocket reference on a pipe."""

from __future__ import annotations

from tests.app.conftest import Run


def test_alone_it_is_the_whole_pocket_reference(run: Run) -> None:
    ran = run("explain")
    assert ran.status == 0
    assert "── Reply codes" in ran.out
    assert "Backscatter is bounces to people who sent nothing" in " ".join(ran.out.split())
    assert "早見表" not in ran.out
    assert "── 用語" in run("explain", "--lang", "ja").out


def test_a_code_a_word_and_a_key(run: Run) -> None:
    assert "Refused by the server's rules" in run("explain", "550", "5.7.1").out
    assert "the postman" in run("explain", "envelope").out.casefold()
    assert "郵便屋さん" in run("explain", "エンベロープ", "--lang", "ja").out
    assert "RFC 5321 3.3" in run("explain", "colon-missing").out


def test_what_nobody_knows_is_one_line(run: Run) -> None:
    ran = run("explain", "nonsense")
    assert (ran.status, ran.out) == (2, "")
    assert ran.err.startswith("smtpsim: Nothing is known of nonsense;")
    assert ran.err.count("\n") == 1


def test_on_a_pipe_with_commands(run: Run) -> None:
    ran = run("--commands", source=b"HELO a.example\r\n:explain\r\n:explain more\r\n")
    shown = " ".join(ran.octets.decode().split())
    assert "A client opens with EHLO" in shown
    assert "you say which firm you come from" in shown
