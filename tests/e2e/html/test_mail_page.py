"""The page of `smtpsim serve --http` in a real browser: it follows what happens, and a mail's HTML can do nothing."""

from __future__ import annotations

import asyncio
import smtplib
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from email.message import EmailMessage

import pytest
from selenium.webdriver import Chrome
from selenium.webdriver.common.by import By

from smtpsim.app.serve.pages import mounted
from smtpsim.app.serve.server import Listen, Server, Wishes
from smtpsim.explain import words
from smtpsim.world.accept_any import accepting_any
from smtpsim.world.load import shipped_world
from smtpsim.world.mailbox import Mailbox, StoredMail
from tests.app.serve.test_process import serving

Found = Callable[[], object]


class Mailer:
    """The page in a browser, and a program that sends mail to the same server."""

    def __init__(self, chrome: Chrome, ports: dict[str, int]) -> None:
        self.chrome, self.ports = chrome, ports

    def open(self, lang: str = "en") -> None:
        self.chrome.get(f"http://127.0.0.1:{self.ports['http']}/?lang={lang}")

    def sends(self, subject: str, html: str = "") -> None:
        message = EmailMessage()
        message["From"], message["To"], message["Subject"] = "ann@x.example", "bob@y.example", subject
        message.set_content("hello\n")
        if html:
            message.add_alternative(html, subtype="html")
        with smtplib.SMTP("127.0.0.1", self.ports["smtp"], timeout=10) as client:
            client.send_message(message)

    def text(self, selector: str) -> str:
        found: str = self.chrome.execute_script("return document.querySelector(arguments[0]).innerText", selector)
        return found.strip()

    def rows(self, table: str = "mails") -> list[str]:
        script = f"return [...document.querySelectorAll('#{table} tbody tr')].map((row) => row.innerText)"
        found: list[str] = self.chrome.execute_script(script)
        return found

    def click(self, selector: str) -> None:
        """In one step: rows are put anew while mail comes."""
        self.chrome.execute_script("document.querySelector(arguments[0]).click()", selector)

    def until(self, holds: Found) -> None:
        """Wait until it holds, twenty seconds at most."""
        deadline = time.monotonic() + 20
        while not holds():
            assert time.monotonic() < deadline, holds
            time.sleep(0.05)


@pytest.fixture(scope="module")
def ports() -> Iterator[dict[str, int]]:
    with serving("--accept-any", "--listen", "127.0.0.1:0", "--http", "127.0.0.1:0") as (_, found):
        yield found


@pytest.fixture
def page(chrome: Chrome, ports: dict[str, int]) -> Mailer:
    found = Mailer(chrome, ports)
    found.open()
    return found


def test_a_mail_is_shown_while_it_comes(page: Mailer) -> None:
    page.until(lambda: page.text("#live") == "live")
    page.sends("The first <b>mail</b>")
    page.until(lambda: any("The first <b>mail</b>" in row for row in page.rows()))
    page.click("#mails tbody tr")
    page.until(lambda: page.text("#text") == "hello")
    assert "<ann@x.example>" in page.text("#facts")
    page.click("#views button:nth-child(3)")
    page.until(lambda: page.text("#text").startswith("Return-Path: <ann@x.example>"))


def test_html_runs_nothing(page: Mailer) -> None:
    page.sends("HTML", "<p id=seen>shown</p><script>document.getElementById('seen').textContent = 'run'</script>")
    page.until(lambda: any("HTML" in row for row in page.rows()))
    page.click("#mails tbody tr")
    page.until(lambda: page.text("#title") == "HTML")
    page.click("#views button:nth-child(4)")
    frame = page.chrome.find_element(By.ID, "frame")
    assert frame.get_attribute("sandbox") == ""
    page.chrome.switch_to.frame(frame)
    page.until(lambda: page.chrome.find_elements(By.ID, "seen"))
    assert page.text("#seen") == "shown"
    page.chrome.switch_to.default_content()


def test_sessions_with_their_dialogues(page: Mailer) -> None:
    page.sends("For the session")
    page.click("#tab-sessions")
    page.until(lambda: page.rows("sessions"))
    page.click("#sessions tbody tr")
    page.until(lambda: "250" in page.text("#text"))
    page.click("#views button:first-child")
    frame = page.chrome.find_element(By.ID, "frame")
    page.until(frame.is_displayed)
    page.chrome.switch_to.frame(frame)
    page.until(lambda: page.chrome.find_elements(By.CSS_SELECTOR, "section, article, main"))
    page.chrome.switch_to.default_content()


def test_searching_and_japanese(page: Mailer) -> None:
    page.sends("needle")
    page.sends("hay")
    page.until(lambda: any("hay" in row for row in page.rows()))
    page.chrome.find_element(By.ID, "search").send_keys("needle")
    page.until(lambda: len(page.rows()) == 1 and "needle" in page.rows()[0])
    page.open("ja")
    assert page.text("#tab-sessions") == "セッション"


@contextmanager
def holding(mails: int) -> Iterator[dict[str, int]]:
    """The page of a server whose mailboxes hold so many mails, in this process: nothing goes by SMTP."""
    world = shipped_world()
    world = accepting_any(world, world.hosts[world.start.host])
    boxes = [Mailbox(f"user{number}@y.example", "") for number in range(50)]
    for number in range(mails):
        at = number % len(boxes)
        fields = f"From: Ann <ann@x.example>\r\nTo: {boxes[at].name}\r\nSubject: letter {number}\r\n"
        text = f"{fields}\r\nThe text of the letter.\r\nWord{number} is in this one alone.\r\n"
        boxes[at] = boxes[at].with_mail(StoredMail(f"M{number}", "ann@x.example", text.encode(), 0, number))
    world = world._replace(mailboxes=world.mailboxes.update({box.name: box for box in boxes}))
    ready, loops, stop, ports = threading.Event(), list[asyncio.AbstractEventLoop](), asyncio.Event(), dict[str, int]()

    async def serve() -> None:
        server = Server(Wishes((Listen("smtp", "127.0.0.1", 0),), clock="held"), world)
        site = mounted(server, Listen("http", "127.0.0.1", 0), (), words("en"))
        await server.start()
        ports.update(smtp=server.bound[0].number, http=await site.start())
        loops.append(asyncio.get_running_loop())
        ready.set()
        await stop.wait()
        await site.stop()
        await server.stop()

    thread = threading.Thread(target=lambda: asyncio.run(serve()))
    thread.start()
    assert ready.wait(20)
    yield ports
    loops[0].call_soon_threadsafe(stop.set)
    thread.join()


def test_ten_thousand_mails(chrome: Chrome) -> None:
    """A page of them is asked for and shown at a time; a word of one body finds it."""
    with holding(10_000) as ports:
        page = Mailer(chrome, ports)
        page.open()
        page.until(lambda: page.text("#range") == "1–100 of 10,000")
        assert len(page.rows()) == 100
        assert "letter 9999" in page.rows()[0]
        page.click("#older")
        page.until(lambda: page.text("#range") == "101–200 of 10,000")
        assert "letter 9899" in page.rows()[0]
        assert len(page.rows()) == 100
        page.sends("One more")
        page.until(lambda: page.text("#range") == "101–200 of 10,001")
        page.chrome.find_element(By.ID, "search").send_keys("word77 IS in")
        page.until(lambda: len(page.rows()) == 1 and "letter 77" in page.rows()[0])
        page.click("#mails tbody tr")
        page.until(lambda: "Word77 is in this one alone." in page.text("#text"))
        assert not page.chrome.find_element(By.ID, "paging").is_displayed()
        page.chrome.find_element(By.ID, "search").clear()
        page.chrome.find_element(By.ID, "search").send_keys(" ")
        page.chrome.find_element(By.ID, "mailbox").send_keys("user7@y.example\n")
        page.until(lambda: page.text("#range") == "1–100 of 200")
        assert {"user7@y.example" in row for row in page.rows()} == {True}
        page.chrome.get("about:blank")
