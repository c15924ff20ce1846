"""The pages that open in the panel's place."""

from __future__ import annotations

import pytest

from smtpsim.explain import words
from smtpsim.render.rows import row_lines
from smtpsim.session.simulation import Turn
from smtpsim.views.code import code, last_reply
from smtpsim.views.hosts import host_page, hosts
from smtpsim.views.queue import queue
from smtpsim.views.row import Mark, Panel
from smtpsim.views.topics import TOPICS
from tests.shell.commands.orders import run
from tests.views.conftest import Said

EN = words("en")


def values(page: Panel) -> list[str]:
    return [row.value for section in page.sections for row in section.rows]


def mail(subject: str, *body: str) -> tuple[str, ...]:
    begin = ("HELO cgi.example.com", "MAIL FROM:<webmaster@example.com>", "RCPT TO:<test@hogefuga.com>", "DATA")
    return (*begin, f"Subject: {subject}", "", *body, ".")


def test_a_queue(said: Said) -> None:
    assert values(queue(said().now.after.world, EN)) == ["Nothing waits."]
    broken = run(said().now.after, ":dns fail hogefuga.com timeout")
    assert isinstance(broken, Turn)
    simulation = broken.after
    for line in mail("late"):
        simulation = simulation.say(line).after
    (section,) = queue(simulation.world, EN).sections
    (row,) = section.rows
    assert (row.value, row.mark) == ("test@hogefuga.com", Mark.WAIT)
    assert "smtp.example.com" in row.remark
    assert "2026-04-01 09:30:00" in row.remark


def test_hosts_show_who_is_talked_to(said: Said) -> None:
    simulation = said(host="mx.example.net").now.after
    here = [row.value for section in hosts(simulation, EN).sections for row in section.rows if row.mark is Mark.GOOD]
    assert here == ["mx.example.net"]


def test_hosts_take_a_line_each_and_one_is_told_of_at_length(said: Said) -> None:
    simulation = said(host="mx.example.net").now.after
    (table,) = hosts(simulation, EN).sections
    assert [row.value for row in table.rows[:-1]] == sorted(simulation.world.hosts)
    assert {len(list(lines)) for lines in row_lines(table._replace(rows=table.rows[:-1]), 60)} == {1}
    (one,) = host_page(simulation.world.hosts["mx.example.net"], simulation, EN).sections
    assert one.title == "mx.example.net"
    assert any("carol@example.net" in row.value for row in one.rows)


def test_the_last_reply_at_length(said: Said) -> None:
    page = last_reply(said("EHLO cgi.example.com", "MAIL FROM a@b").now, EN)
    shown = values(page)
    assert shown[0].startswith("501 5.5.4 ")
    assert any(text.startswith("column 10: ") for text in shown)
    assert EN("explain.code-501") in shown


@pytest.mark.parametrize(
    ("asked", "keys"),
    [
        ("550", ["code-550", "class-5", "second-5"]),
        ("5.7.1", ["enhanced-5.7.1", "class-5", "subject-7"]),
        ("4.9.9", ["class-4"]),
        ("550 5.7.1 Relaying denied", ["code-550", "class-5", "second-5", "enhanced-5.7.1", "subject-7"]),
        ("550-5.7.1", ["code-550", "class-5", "second-5", "enhanced-5.7.1", "subject-7"]),
        ("size", ["extension-size", "parameter-SIZE"]),
        ("SIZE=100", ["extension-size", "parameter-SIZE"]),
        ("8bitmime", ["extension-eightbitmime"]),
        ("eightbitmime", ["extension-eightbitmime"]),
        ("data", ["verb-DATA"]),
        ("MAIL FROM:<a@b>", ["verb-MAIL"]),
        ("Rcpt To:", ["verb-RCPT"]),
        ("STARTTLS", ["verb-STARTTLS", "extension-starttls"]),
        ("auth", ["verb-AUTH", "extension-auth", "parameter-AUTH"]),
    ],
)
def test_what_a_word_means(asked: str, keys: list[str]) -> None:
    page = code(asked, EN)
    assert page is not None
    words_of_the_field = {"size": "size", "STARTTLS": "tls"}
    topic = words_of_the_field.get(asked)
    at_length = [EN(f"paragraph.{topic}"), EN(f"picture.{topic}"), TOPICS[topic]] if topic else []
    assert values(page) == [EN(f"explain.{key}") for key in keys] + at_length


@pytest.mark.parametrize("asked", ["999", "5.7", "x", "", "FROM", "\x1b"])
def test_what_nobody_knows(asked: str) -> None:
    assert code(asked, EN) is None
