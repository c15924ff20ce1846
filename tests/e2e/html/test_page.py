"""The exported page in a real browser: it moves by keys and slider, shows what each step did, and lets nothing in."""

from __future__ import annotations

import base64
import re

import pytest
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import WebDriverWait

from tests.e2e.html.conftest import Exported, Page

PATIENCE = 20

EVIL = """\
# title: <script>document.title='run'</script><img src=x onerror="document.title='run'">
# about: <b id=bold>bold</b> & <script>document.title='run'</script>
$ telnet smtp.example.com smtp
220 hi
> HELO <img/src=x/onerror=document.title='run'>
501 no
# note: <b id=bold>no</b> & "quoted" ${script} $style </li></ol></template><script>document.title='run'</script>
> HELO a
250 hi
> MAIL FROM:<webmaster@example.com>
250 ok
> RCPT TO:<test@hogefuga.com>
250 ok
> DATA
354 go
> Subject: </template><script>document.title='run'</script><svg onload=document.title='run'>
> X-Comment: --><!-- ]]> </style></title><iframe src="https://example.com/">
>
> .
250 ok
> QUIT
221 bye
"""


def test_it_opens_from_a_file_and_asks_for_nothing_else(exported: Exported) -> None:
    page = exported("first-mail")
    assert page.chrome.title == "The first mail"
    assert page.requests() == [page.file.as_uri()]
    assert page.complaints() == []
    assert page.step() == 0
    assert page.lines() == ["220 Connected"]


def test_keys_move_through_the_steps(exported: Exported) -> None:
    page = exported("first-mail")
    for key, step in (
        (Keys.ARROW_RIGHT, 1),
        (" ", 2),
        (Keys.ARROW_LEFT, 1),
        (Keys.END, 12),
        (Keys.ARROW_RIGHT, 12),
        (Keys.ARROW_LEFT, 11),
        (Keys.HOME, 0),
        (Keys.ARROW_LEFT, 0),
    ):
        page.press(key)
        assert page.step() == step
    assert page.complaints() == []


def test_lines_and_panel_are_those_of_the_step(exported: Exported) -> None:
    page = exported("first-mail")
    page.press(*[Keys.ARROW_RIGHT] * 3)
    assert "step 3 of 12" in page.text("#place")
    page.press(Keys.ARROW_RIGHT)
    assert "From here on the message" in page.text("#told .note"), "a note is told at the step that it belongs to"
    page.press(Keys.ARROW_LEFT)
    assert page.lines()[-2:] == ["RCPT TO:<test@hogefuga.com>", "250 okay"]
    assert "<test@hogefuga.com>" in page.texts("#shown .changed .value")
    page.press(Keys.ARROW_LEFT)
    assert "test@hogefuga.com" not in page.text("#shown")
    assert page.lines()[-1] == "250 okay"
    page.press(Keys.END)
    assert "delivered" in page.text("#shown")


@pytest.mark.parametrize("name", ["first-mail", "spoofing", "imap", "mailing-list"])
def test_every_step_shows_the_panel_that_was_exported(exported: Exported, name: str) -> None:
    """Forwards, backwards and by jumps the same step is the same; the last is the panel for paper."""
    page = exported(name)
    steps = page.count(".step")
    forwards = []
    for _ in range(steps):
        forwards.append(page.js("document.getElementById('shown').innerHTML"))
        page.press(Keys.ARROW_RIGHT)
    for step in reversed(range(steps)):
        assert page.js("document.getElementById('shown').innerHTML") == forwards[step]
        page.press(Keys.ARROW_LEFT)
    page.press(Keys.END)
    assert page.texts("#shown .value") == page.texts("#last .value")


def test_buttons_and_slider(exported: Exported) -> None:
    page = exported("first-mail")
    for name, step in (("forward", 1), ("forward", 2), ("back", 1), ("end", 12), ("first", 0)):
        page.click(name)
        assert page.step() == step
    page.click("forward")
    page.press(" ")
    assert page.step() == 2, "space presses the button that has the focus, once"
    page.js("document.getElementById('slider').focus()")
    page.press(Keys.ARROW_RIGHT, Keys.ARROW_RIGHT)
    assert page.step() == 4
    page.chrome.execute_script("arguments[0].value = 7; arguments[0].dispatchEvent(new Event('input'))", page.slider())
    assert page.step() == 7
    assert page.js("document.getElementById('slider').ariaValueText") == "step 7 of 12"


def test_a_link_names_its_step(exported: Exported) -> None:
    page = exported("first-mail")
    page.press(*[Keys.ARROW_RIGHT] * 5)
    WebDriverWait(page.chrome, PATIENCE).until(lambda chrome: chrome.current_url.endswith("#5"))
    page.open("#9")
    assert page.step() == 9
    page.open("#nonsense")
    assert page.step() == 0
    page.open("#999")
    assert page.step() == 12


def test_what_a_stranger_wrote_is_text(exported: Exported) -> None:
    page = exported(EVIL)
    steps = page.count(".step")
    for _ in range(steps):
        page.press(Keys.ARROW_RIGHT)
        assert page.count("img, iframe, svg, #bold") == 0
        assert page.count("script") == 1
    assert page.chrome.title == "<script>document.title='run'</script><img src=x onerror=\"document.title='run'\">"
    assert page.text("h1") == page.chrome.title
    assert page.text("header p") == "<b id=bold>bold</b> & <script>document.title='run'</script>"
    assert "HELO <img/src=x/onerror=document.title='run'>" in page.lines()
    assert "</template><script>document.title='run'</script><svg" in page.text("#shown")
    assert page.requests() == [page.file.as_uri()]
    assert page.complaints() == []


def test_the_policy_lets_no_other_script_in(exported: Exported) -> None:
    page = exported("first-mail")
    page.chrome.execute_cdp_cmd(
        "Runtime.evaluate",
        {
            "expression": "const s = document.createElement('script'); s.textContent = 'document.title = 1';"
            "document.body.append(s); document.body.setAttribute('style', 'color: red');"
            "fetch('https://example.com/').catch(() => 0); new Image().src = 'https://example.com/x.png';"
        },
    )
    assert page.chrome.title == "The first mail"
    assert page.js("getComputedStyle(document.body).color") != "rgb(255, 0, 0)"
    refused = "\n".join(page.complaints())
    assert all(kind in refused for kind in ("script-src", "style-src", "default-src")), refused


def _contrast(page: Page, selector: str) -> float:
    """How much the text stands out from what is behind it (WCAG 2.2, 1.4.3)."""
    return float(
        page.js(
            """((selector) => {
            const rgb = (text) => text.match(/[\\d.]+/g).slice(0, 3).map((n) => n / 255)
              .map((c) => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
            const light = (text) => { const [r, g, b] = rgb(text); return 0.2126 * r + 0.7152 * g + 0.0722 * b; };
            const node = document.querySelector(selector);
            let behind = node;
            while (getComputedStyle(behind).backgroundColor === "rgba(0, 0, 0, 0)") behind = behind.parentElement;
            const pair = [getComputedStyle(node).color, getComputedStyle(behind).backgroundColor].map(light);
            return (Math.max(...pair) + 0.05) / (Math.min(...pair) + 0.05);
            })("""
            + repr(selector)
            + ")"
        )
    )


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_everything_can_be_read_in_light_and_in_dark(exported: Exported, scheme: str) -> None:
    page = exported("spoofing")
    page.media(scheme=scheme)
    dark = page.js("matchMedia('(prefers-color-scheme: dark)').matches")
    assert dark == (scheme == "dark")
    page.press(Keys.END)
    for selector in (
        ".step:not([aria-current]) .client code",
        ".step:not([aria-current]) .server code",
        ".server.bad code",
        ".letter code",
        "[aria-current] .client code",
        "[aria-current] .number",
        "h2",
        "#shown .value",
        "#shown .label",
        "#shown .bad .mark",
        "#shown .remark",
        "#told .next, #told .value",
        "#place",
        "#keys",
    ):
        assert _contrast(page, selector) >= 4.5, selector
    paper = page.js("getComputedStyle(document.body).backgroundColor")
    assert (sum(map(int, re.findall(r"\d+", paper))) < 150) == dark


def test_on_paper_stand_the_whole_dialogue_and_the_last_panel(exported: Exported) -> None:
    page = exported("first-mail")
    page.press(Keys.ARROW_RIGHT)
    page.media("print", scheme="dark")
    assert page.lines()[0] == "220 Connected"
    assert page.lines()[-1] == "Connection closed."
    assert "delivered" in page.text("#last")
    assert not page.seen("#shown")
    assert page.js("document.getAnimations().length") == 0, "nothing is printed half faded in"
    assert not page.seen("#controls")
    assert page.js("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    printed = page.chrome.execute_cdp_cmd("Page.printToPDF", {})["data"]
    assert base64.b64decode(printed).startswith(b"%PDF")


def test_without_script_everything_can_be_read(exported: Exported) -> None:
    page = exported("first-mail")
    page.chrome.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    page.open()
    body = page.text("body")
    assert "220 Connected" in body
    assert "221 bye." in body
    assert "From here on the message" in body
    assert "delivered" in page.text("#last")
    assert not page.seen("#controls")


def test_the_focus_goes_round_and_is_seen(exported: Exported) -> None:
    """Every stop can be left with the next Tab; all of them show where they are."""
    page = exported("first-mail")
    stops = []
    for _ in range(9):
        page.press(Keys.TAB)
        stops.append(page.js("document.activeElement.id"))
        if stops[-1]:
            assert page.js("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    wanted = ["dialogue", "panel", "told", "first", "back", "slider", "forward", "end"]
    assert stops[: len(wanted)] == wanted
    assert stops[len(wanted)] in ("", "dialogue")


def test_a_screen_reader_is_told_what_changed(exported: Exported) -> None:
    page = exported("first-mail")
    page.press(Keys.ARROW_RIGHT, Keys.ARROW_RIGHT)
    status = page.js("document.querySelector('[role=status]').textContent")
    assert status.startswith("step 2 of 12. MAIL and RCPT fill in the envelope")
    assert "client: MAIL FROM:<webmaster@example.com> server: 250 okay" in status
    assert "changed: MAIL FROM <webmaster@example.com>" in status
    assert page.js("document.querySelector('[role=status]').ariaLive") == "polite"
    tree = page.chrome.execute_cdp_cmd("Accessibility.getFullAXTree", {})["nodes"]
    named = {(node["role"]["value"], node.get("name", {}).get("value", "")) for node in tree if not node["ignored"]}
    assert {
        ("region", "Dialogue"),
        ("region", "What it did"),
        ("navigation", "Steps"),
        ("button", "one step on"),
        ("slider", "step"),
        ("heading", "The first mail"),
    } <= named
    assert {role for role, name in named if role in ("button", "slider", "region", "navigation") and not name} == set()
    assert "banner" in {role for role, _ in named}
    assert "main" in {role for role, _ in named}


def test_it_speaks_japanese(exported: Exported) -> None:
    page = exported("first-mail", "--lang", "ja")
    assert page.js("document.documentElement.lang") == "ja"
    assert page.chrome.title == "はじめてのメール"
    assert "Web サーバーが自社の" in page.text("#told")
    assert "A web server hands" not in page.text("body")
    page.press(Keys.END)
    assert "15 / 15" in page.text("#place")


SIZES = [(1920, 1080), (1280, 720), (768, 1024), (360, 740), (740, 360), (320, 480)]


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_nothing_runs_out_of_the_window(exported: Exported, width: int, height: int) -> None:
    page = exported("spoofing")
    page.size(width, height)
    page.press(Keys.END)
    assert page.js("document.documentElement.scrollWidth") <= width
    for part in ("dialogue", "panel"):
        box = f"document.getElementById('{part}')"
        assert page.js(f"{box}.scrollWidth <= {box}.clientWidth")


def test_a_password_is_not_on_the_page(exported: Exported) -> None:
    """What the simulator itself tells of its own users may stand there; what was typed does not."""
    page = exported("login")
    typed = page.texts("#steps code")
    assert "********" in typed
    assert not any("ZXhhbXBsZQ" in line for line in typed)
