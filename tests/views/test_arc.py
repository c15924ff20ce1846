"""ARC in the panel, on the page of a hop, and in JSON."""

from __future__ import annotations

import json

import pytest

from smtpsim.explain import LANGUAGES, words
from smtpsim.kernel.finding import Finding
from smtpsim.render.json import turn_line
from smtpsim.session.simulation import Turn
from smtpsim.views.hop import hop
from smtpsim.views.panel import panel
from smtpsim.views.row import Mark, Panel, Row
from smtpsim.views.sections.arc import arc_rows
from tests.auth.arc.chains import sealed
from tests.world.authenticating import HOST, YUKI, login, said, sent

EN = words("en")
WEBMASTER = "webmaster@example.com"
PASS = "x@pass.spf.example"
UNBELIEVED = f":policy {HOST} arc trusted example.net"


def rows(shown: Panel, key: str = "") -> list[Row]:
    return [row for section in shown.sections if key in ("", section.key) for row in section.rows]


def text(shown: list[Row]) -> str:
    return "\n".join(f"{row.label} {row.value} {row.remark}" for row in shown)


def listed(*before: str, lang: str = "en") -> str:
    """The page of the dialogue by which the list's letter comes to bigmail.example."""
    before = (*before, login(WEBMASTER))
    world = sent(
        WEBMASTER, "walks@circle.example", author=WEBMASTER, host="smtp.example.com", before=before
    ).after.world
    return text(rows(hop(world.hops[2], world, words(lang))))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_of_a_hop_tells_the_status_the_instance_and_the_sealer(lang: str) -> None:
    page = listed(lang=lang)
    assert "ARC pass  i=1  circle.example" in page
    assert "i=1  circle.example  cv=none spf=pass, dkim=pass, dmarc=pass" in page
    assert words(lang)("arc.trusted") in page
    assert words(lang)("dmarc.overridden", passed="SPF example.com, DKIM example.com") in page


def test_and_who_is_not_trusted() -> None:
    page = listed(UNBELIEVED)
    assert "not trusted here, so that the chain tells nothing: circle.example" in page
    assert "overridden" not in page


def test_and_that_it_did_not_pass_before_either() -> None:
    world = sent(
        WEBMASTER,
        "walks@circle.example",
        author=WEBMASTER,
        host="smtp.example.com",
        before=(":dns set example.com TXT v=spf1 -all",),
    ).after.world
    assert "it did not pass before either" in text(rows(hop(world.hops[2], world, EN)))


def typed(letter: bytes) -> Turn:
    turn = sent(PASS, YUKI, author=PASS)
    return said(turn, f"MAIL FROM:<{PASS}>", f"RCPT TO:<{YUKI}>", "DATA", *letter.decode().split("\r\n")[:-1], ".")


def arc(turn: Turn) -> Finding:
    (finding,) = (one for one in turn.after.connection.findings if one.kind == "arc")
    return finding


def test_the_panel_has_a_section_with_the_seals_the_last_one_first() -> None:
    shown = rows(panel(typed(sealed(times=2)), EN), "arc")
    assert [row.value for row in shown if row.key.startswith("seal-")] == [
        "i=2  example.com  cv=pass",
        "i=1  example.com  cv=none",
    ]
    assert (shown[0].value, shown[0].mark) == ("pass  i=2  example.com", Mark.GOOD)


def test_a_broken_chain_is_marked_and_says_where() -> None:
    shown = rows(panel(typed(sealed(times=2).replace(b"i=1; mx.example.net", b"i=1; mx.example.org")), EN), "arc")
    assert (shown[0].value, shown[0].mark) == ("fail  i=2  example.com", Mark.BAD)
    assert "a seal does not fit" in shown[0].remark
    assert [row.mark for row in shown if row.key.startswith("seal-")] == [Mark.BAD, Mark.NONE]


def test_what_is_malformed_is_told() -> None:
    assert "ARC-Seal" in text(list(arc_rows([arc(typed(b"ARC-Seal: x\r\n" + sealed()))], EN)))


def test_before_the_letter_it_is_still_to_come() -> None:
    turn = said(sent(PASS, YUKI, author=PASS), f"MAIL FROM:<{PASS}>")
    (row,) = rows(panel(turn, EN), "arc")
    assert (row.value, row.mark) == ("not yet", Mark.WAIT)


def test_json_has_the_sets() -> None:
    turn = typed(sealed(times=2))
    findings = {finding["kind"]: finding for finding in json.loads(turn_line(turn))["state"]["checks"]}
    assert (findings["arc"]["result"], findings["arc"]["domain"], findings["arc"]["term"]) == (
        "pass",
        "example.com",
        "i=2",
    )
    (trace,) = findings["arc"]["trace"]
    assert [(one["instance"], one["status"], one["good"]) for one in trace["sets"]] == [
        (1, "none", True),
        (2, "pass", True),
    ]
    assert trace["untrusted"] == ["example.com"]
    assert trace["sets"][0]["results"][0] == {
        "method": "spf",
        "result": "pass",
        "properties": {"smtp.mailfrom": "ann@example.com"},
    }
    assert findings["dmarc"]["trace"][0]["override"] is None
