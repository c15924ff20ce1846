"""SPF in a real terminal: the verdicts, the steps that fold, what a change of the DNS does, and what SPF cannot see."""

from __future__ import annotations

import re

import pytest

from tests.e2e.repl.conftest import Start
from tests.e2e.repl.terminal import Terminal

SHOP = ("EHLO email-smtp.ap-northeast-1.amazonses.com", "MAIL FROM:<shop@example.org>")
INCLUDED = ":dns set example.org TXT v=spf1 ip4:192.0.2.200 include:amazonses.com -all"
CHAIN = ("HELO cgi.example.com", "MAIL FROM:<a@redirect.spf.example>")


def at_net(start: Start, *lines: str, client: str = "192.0.2.10", columns: int = 120, rows: int = 36) -> Terminal:
    terminal = start("--host", "mx.example.net", "--client-ip", client, columns=columns, rows=rows)
    terminal.enter(*lines)
    terminal.step(len(lines))
    return terminal


def test_the_verdicts_come_one_by_one(start: Start) -> None:
    terminal = at_net(start)
    terminal.wait("HELO ~ not yet  MAIL FROM ~ not yet")
    terminal.enter(*CHAIN)
    terminal.wait("HELO ✓ pass  MAIL FROM ✓ pass  From: ~ not yet")


def test_the_steps_fold_and_unfold_on_a_key(start: Start) -> None:
    terminal = at_net(start, *CHAIN)
    terminal.wait("SPF (steps folded away: 8)")
    assert "office.spf.example TXT:" not in terminal.text
    terminal.press("f7")
    screen = terminal.wait("office.spf.example TXT:")
    assert "look-ups 1/10, void 0/2" in screen
    assert re.search(r"│── SPF ─", screen.splitlines()[2])
    terminal.press("pagedown")
    terminal.wait("redirect.spf.example: pass")
    terminal.enter("RCPT TO:<carol@example.net>")
    terminal.step(3)
    terminal.press("f3")
    terminal.wait("look-ups 1/10, void 0/2")
    terminal.press("f7")
    terminal.wait("SPF (steps folded away: 8)")


def test_on_a_small_screen_the_steps_are_a_page(start: Start) -> None:
    terminal = at_net(start, *CHAIN, columns=80, rows=24)
    assert "F7  SPF" in terminal.text
    terminal.press("f7")
    terminal.wait("SPF, step by step")
    terminal.press("pagedown", "pagedown")
    terminal.wait("redirect.spf.example: pass")
    terminal.press("f7")
    terminal.wait("220 mx.example.net")


def test_the_whole_panel_on_a_small_screen_unfolds_and_scrolls(start: Start) -> None:
    terminal = at_net(start, *CHAIN, columns=80, rows=24)
    terminal.press("f2", "f7")
    screen = terminal.wait("column 8; asks for cgi.example.com")
    assert "── SPF ─" in screen.splitlines()[2]
    terminal.press("pagedown", "pagedown")
    terminal.wait("── Outcome ─")


@pytest.mark.parametrize(("columns", "rows"), [(120, 36), (100, 30), (80, 24)])
def test_a_change_of_the_dns_says_what_it_did(start: Start, columns: int, rows: int) -> None:
    terminal = at_net(start, *SHOP, client="198.51.100.130", columns=columns, rows=rows)
    assert "SPF check failed" in terminal.text
    terminal.enter(INCLUDED)
    screen = terminal.wait("SPF: MAIL FROM was fail, now pass")
    assert re.search(r"▸.* v=spf1 ip4:192.0.2.200 include:amazonses.com|▸  DNS .*v=spf1 ip4:", screen)
    if columns == 120:
        assert "▸✓ MAIL FROM  pass  example.org  was fail, now pass" in screen
        assert "v=spf1 ip4:192.0.2.200 -all  taken out" in screen
    else:
        assert "MAIL FROM ✓ pass (was fail)" in screen
    terminal.press("f3", "f4")
    terminal.wait("SPF: MAIL FROM was fail, now pass")
    terminal.enter("MAIL FROM:<shop@example.org>")
    screen = terminal.step(4)
    assert "was fail" not in screen


def test_another_address_turns_the_verdict_round(start: Start) -> None:
    terminal = start(LANG="ja_JP.UTF-8")
    terminal.enter("HELO cgi.example.com", "MAIL FROM:<webmaster@example.com>", ":ip 203.0.113.66")
    terminal.wait("MAIL FROM は pass から fail に変わりました")


def test_a_look_alike_beside_a_pass(start: Start) -> None:
    lines = ("EHLO mx.arnazon.co.jp", "MAIL FROM:<order-update@arnazon.co.jp>")
    screen = at_net(start, *lines, client="203.0.113.80").text
    assert "look-alike ! amazon.co.jp" in screen
    assert re.search(r"   arnazon\.co\.jp\n.*   am·azon\.co\.jp\n.*    \^\^", screen)


def test_forwarding_breaks_spf(start: Start) -> None:
    terminal = start()
    terminal.enter("HELO cgi.example.com", "MAIL FROM:<webmaster@example.com>", "RCPT TO:<moved@example.net>", "DATA")
    terminal.enter("Subject: x", "", ".")
    terminal.step(7)
    terminal.wait("→ mx.hogefuga.com → [alice@hogefuga.com]")
    terminal.enter(":hop 2")
    terminal.wait("What mx.hogefuga.com found")
    terminal.wait("MAIL FROM  fail  example.com")
    terminal.wait("forwarding breaks SPF")
    terminal.press("f7")
    terminal.wait("look-ups 0/10, void 0/2")
