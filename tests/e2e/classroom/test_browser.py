"""A class in a real Chromium: joining, a whole mail, an input method, resizing, coming back, the wall."""

from __future__ import annotations

import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import NamedTuple

import pytest
from selenium.webdriver import Chrome
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from tests.e2e.html.conftest import BROWSER, DRIVER, another_browser, chrome, log

__all__ = ["chrome"]

collect_ignore = [] if BROWSER and DRIVER else [__file__]

PATIENCE = 30
TERMINAL = (
    "const shown = window.smtpsimTerminal.buffer.active; const lines = [];"
    "for (let at = 0; at < shown.length; at++) lines.push(shown.getLine(at).translateToString(true));"
    "return lines.join('\\n')"
)


class Running(NamedTuple):
    url: str
    code: str
    wall: str


@pytest.fixture
def running() -> Iterator[Running]:
    """A class, in Japanese as a class in Japan has it."""
    with held("hello", "--lang", "ja") as found:
        yield found


@contextmanager
def held(*options: str) -> Iterator[Running]:
    """A class that runs."""
    process = subprocess.Popen(
        [sys.executable, "-m", "smtpsim", "class", "--listen", "127.0.0.1:0", *options],
        stdout=subprocess.PIPE,
        stdin=subprocess.DEVNULL,
        text=True,
    )
    assert process.stdout is not None
    said = [process.stdout.readline() for _ in range(3)]
    url, code = re.search(r"http://[\d.:]+", said[0]), re.search(r"\d{6}", said[0])
    assert url
    assert code
    try:
        yield Running(url[0], code[0], said[2].split()[-1])
    finally:
        process.terminate()
        process.communicate(timeout=20)


def until(seen: Callable[[], bool], told: Callable[[], object]) -> None:
    end = time.monotonic() + PATIENCE
    while not seen():
        assert time.monotonic() < end, told()


class Page:
    """A pupil's page."""

    def __init__(self, chrome: Chrome) -> None:
        self.chrome = chrome

    @property
    def text(self) -> str:
        found: str = self.chrome.execute_script(TERMINAL)
        return found

    def see(self, text: str) -> None:
        until(lambda: text in self.text, lambda: self.text)

    def key(self, *keys: str) -> None:
        self.chrome.find_element(By.CSS_SELECTOR, ".xterm-helper-textarea").send_keys(*keys)

    def enter(self, line: str, then: str) -> None:
        self.key(line, Keys.ENTER)
        self.see(then)

    def input_method(self, text: str) -> None:
        """Text that is composed first and then put in, as an input method does."""
        composing = {"text": text, "selectionStart": len(text), "selectionEnd": len(text)}
        self.chrome.execute_cdp_cmd("Input.imeSetComposition", composing)
        self.chrome.execute_cdp_cmd("Input.insertText", {"text": text})


@pytest.fixture
def joined(chrome: Chrome, running: Running) -> Page:
    """Somebody has joined by the keyboard alone."""
    chrome.set_window_size(1280, 900)
    chrome.get(running.url)
    chrome.execute_script("localStorage.clear()")
    chrome.get(running.url)
    chrome.switch_to.active_element.send_keys(running.code, Keys.TAB)
    chrome.switch_to.active_element.send_keys("花子", Keys.ENTER)
    until(lambda: bool(chrome.find_elements(By.CSS_SELECTOR, ".xterm-helper-textarea")), lambda: chrome.page_source)
    page = Page(chrome)
    page.see("220 Connected")
    return page


def test_a_whole_mail_with_an_input_method_and_without(joined: Page) -> None:
    joined.enter("EHLO cgi.example.com", "250 HELP")
    joined.enter("MAIL FROM:<webmaster@example.com>", "2.1.0")
    joined.enter("RCPT TO:<test@hogefuga.com>", "2.1.5")
    joined.enter("DATA", "354")
    joined.key("Subject: =?utf-8?B?44GT44KT44Gr44Gh44Gv?=", Keys.ENTER, Keys.ENTER)
    joined.input_method("こんにちは")
    joined.see("こんにちは")
    joined.key(Keys.ENTER)
    joined.enter(".", "250 2.0.0")
    assert "こんにちは" in joined.text
    assert [entry["message"] for entry in log(joined.chrome, "browser")] == []


def test_the_window_may_change_and_the_connection_may_break(joined: Page, running: Running) -> None:
    joined.enter("HELO kept.example.com", "250 Hello")
    metrics = {"width": 700, "height": 500, "deviceScaleFactor": 1, "mobile": False}
    joined.chrome.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
    columns = "return window.smtpsimTerminal.cols"
    until(lambda: joined.chrome.execute_script(columns) < 100, lambda: joined.text)
    joined.see("HELO kept.example.com")
    joined.chrome.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
    joined.chrome.execute_script("socket.close()")
    joined.enter("NOOP", "250 Ok")
    joined.chrome.get(running.url)
    joined.see("HELO kept.example.com")


def test_the_wall_sees_a_lesson_done_and_what_was_typed(joined: Page, running: Running) -> None:
    joined.enter("HELO cgi.example.com", "250 Hello")
    joined.enter("QUIT", "221")
    chrome = joined.chrome
    chrome.switch_to.new_window("tab")
    chrome.get(running.wall)

    def row() -> str:
        found = chrome.find_elements(By.CSS_SELECTOR, "tbody tr")
        return found[0].text if found else ""

    until(lambda: "花子" in row() and "2/2" in row(), row)
    chrome.find_element(By.CSS_SELECTOR, "tbody tr").send_keys(Keys.ENTER)
    opened = chrome.find_element(By.ID, "one-dialogue")
    until(lambda: "> HELO cgi.example.com" in opened.text, lambda: chrome.page_source)
    chrome.find_element(By.ID, "hide").click()
    assert not chrome.find_element(By.ID, "one-alias").is_displayed()
    chrome.get(f"{running.url}/board")
    until(lambda: running.code in chrome.find_element(By.TAG_NAME, "body").text, lambda: chrome.page_source)
    assert "花子" not in chrome.page_source
    chrome.close()
    chrome.switch_to.window(chrome.window_handles[0])


def enter(chrome: Chrome, running: Running, alias: str) -> Page:
    """Somebody joins in the window that is open."""
    chrome.get(running.url)
    chrome.find_element(By.ID, "code").send_keys(running.code, Keys.TAB)
    chrome.switch_to.active_element.send_keys(alias, Keys.ENTER)
    page = Page(chrome)
    until(lambda: bool(chrome.find_elements(By.CSS_SELECTOR, ".xterm-helper-textarea")), lambda: chrome.page_source)
    page.see("220 ")
    return page


def test_two_browsers_in_one_world_and_who_wrote_to_whom(chrome: Chrome) -> None:
    """Bob, in a browser of his own, writes to Ann in Eve's name; she reads it, and the wall draws it. What is more than
    a page that the teacher may do is done there too: a step for all is refused where there is no lesson, and who is
    taken out is told so."""
    with held("--shared-world", "--lang", "en") as running, another_browser() as bobs:
        chrome.get(running.url)
        chrome.execute_script("localStorage.clear()")
        chrome.set_window_size(1280, 900)
        ann, bob = enter(chrome, running, "Ann"), enter(bobs, running, "Bob")
        log(chrome, "browser")  # what pages of other classes have complained about is gone then
        bob.enter("EHLO cgi.example.com", "250 HELP")
        bob.enter("MAIL FROM:<eve@class.example>", "2.1.0")
        bob.enter("RCPT TO:<ann@class.example>", "2.1.5")
        bob.enter("DATA", "354")
        bob.key("Subject: boo", Keys.ENTER, Keys.ENTER, "Guess who.", Keys.ENTER)
        bob.enter(".", "250 2.0.0")
        ann.see("You have mail")
        ann.enter(":inbox ann@class.example", "boo")
        chrome.switch_to.new_window("tab")
        chrome.get(running.wall)
        pairs = chrome.find_element(By.ID, "pairs")
        until(lambda: "Bob \u2192 Ann \u00d71" in pairs.text, lambda: pairs.text)
        assert len(chrome.find_elements(By.CSS_SELECTOR, "#drawn path.arrow")) == 1
        assert [label.text for label in chrome.find_elements(By.CSS_SELECTOR, "#drawn text")] == ["Ann", "Bob"]
        assert [entry["message"] for one in (chrome, bobs) for entry in log(one, "browser")] == []
        chrome.find_element(By.ID, "number").send_keys("2", Keys.ENTER)
        said = chrome.find_element(By.ID, "said")
        until(lambda: "no step 2" in said.text, lambda: said.text)
        chrome.find_elements(By.CSS_SELECTOR, "tbody tr")[1].send_keys(Keys.ENTER)
        until(lambda: chrome.find_element(By.ID, "one").is_displayed(), lambda: chrome.page_source)
        chrome.find_element(By.ID, "remove").send_keys(Keys.ENTER)
        chrome.switch_to.alert.accept()
        refused = bobs.find_element(By.ID, "refused")
        until(lambda: "taken you out" in refused.text, lambda: bobs.page_source)
        until(lambda: len(chrome.find_elements(By.CSS_SELECTOR, "tbody tr")) == 1, lambda: chrome.page_source)
        chrome.close()
        chrome.switch_to.window(chrome.window_handles[0])
        chrome.execute_script("localStorage.clear()")


def test_a_wrong_code_is_told(chrome: Chrome, running: Running) -> None:
    chrome.get(running.url)
    chrome.execute_script("localStorage.clear()")
    chrome.get(running.url)
    wrong = "000000" if running.code != "000000" else "000001"
    chrome.switch_to.active_element.send_keys(wrong, Keys.TAB)
    chrome.switch_to.active_element.send_keys("太郎", Keys.ENTER)
    until(lambda: "コードが違います" in chrome.find_element(By.ID, "refused").text, lambda: chrome.page_source)


@pytest.fixture
def phone(chrome: Chrome, running: Running) -> Iterator[Chrome]:
    """Somebody has joined on a phone."""
    metrics = {"width": 390, "height": 844, "deviceScaleFactor": 2, "mobile": True}
    chrome.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
    chrome.get(running.url)
    chrome.execute_script("localStorage.clear()")
    chrome.get(running.url)
    chrome.find_element(By.ID, "code").send_keys(running.code)
    chrome.find_element(By.ID, "alias").send_keys("太郎", Keys.ENTER)
    until(lambda: "220 Connected" in chrome.find_element(By.ID, "dialogue").text, lambda: chrome.page_source)
    log(chrome, "browser")  # what pages of other classes have complained about is gone then
    yield chrome
    chrome.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})


def test_a_phone_has_a_plain_form_of_the_same_session(phone: Chrome, running: Running) -> None:
    line, dialogue = phone.find_element(By.ID, "line"), phone.find_element(By.ID, "dialogue")

    def said(text: str, *then: str) -> None:
        line.send_keys(text, Keys.ENTER)
        until(lambda: all(one in dialogue.text for one in (text, *then)), lambda: dialogue.text)

    assert not phone.find_element(By.ID, "terminal").is_displayed()
    assert dialogue.get_attribute("aria-live") == "polite"
    said("EHLO cgi.example.com", "250 HELP")
    said("MAIL FROM:<webmaster@example.com>")
    said("RCPT TO:<test@hogefuga.com>")
    said("DATA", "354")
    line.send_keys(Keys.ENTER)
    Page(phone).input_method("こんにちは")
    line.send_keys(Keys.ENTER)
    until(lambda: "こんにちは" in dialogue.text, lambda: dialogue.text)
    phone.find_element(By.ID, "line").send_keys(".")
    phone.find_element(By.CSS_SELECTOR, "#say button").click()
    until(lambda: "250 2.0.0" in dialogue.text, lambda: dialogue.text)
    phone.find_element(By.ID, "panel-title").click()
    until(lambda: "cgi.example.com" in phone.find_element(By.ID, "sections").text, lambda: phone.page_source)
    wide = "return document.documentElement.scrollWidth <= window.innerWidth"
    assert phone.execute_script(wide)
    phone.execute_script("socket.close()")
    until(lambda: not phone.find_element(By.ID, "state").text, lambda: phone.page_source)
    said("NOOP", "250 2.0.0")
    phone.find_element(By.ID, "form").click()
    Page(phone).see("NOOP")
    assert [entry["message"] for entry in log(phone, "browser")] == []
    phone.execute_script("localStorage.clear()")
