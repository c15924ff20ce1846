"""A real Chromium, headless, that sees an exported page as a person's browser does. It drives where chromium and
chromedriver are installed (the CI installs them)."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from selenium.webdriver import Chrome, ChromeOptions
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webelement import WebElement

from smtpsim.app.main import main

BROWSER, DRIVER = shutil.which("chromium"), shutil.which("chromedriver")
collect_ignore = [] if BROWSER and DRIVER else ["test_page.py", "test_mail_page.py"]

FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
)


class Page:
    """An exported page in the browser."""

    def __init__(self, chrome: Chrome, file: Path) -> None:
        self.chrome, self.file = chrome, file
        self.open()

    def open(self, step: str = "") -> None:
        self.chrome.get("about:blank")
        self.chrome.get(f"{self.file.as_uri()}{step}")

    def media(self, medium: str = "", scheme: str = "light") -> None:
        features = [{"name": "prefers-color-scheme", "value": scheme}]
        self.chrome.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": medium, "features": features})

    def size(self, width: int, height: int) -> None:
        metrics = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False}
        self.chrome.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)

    def js(self, expression: str) -> Any:
        return self.chrome.execute_script(f"return {expression}")

    def press(self, *keys: str) -> None:
        """Keys go to whatever has the focus."""
        for key in keys:
            self.chrome.switch_to.active_element.send_keys(key)

    def click(self, name: str) -> None:
        self.chrome.find_element(By.ID, name).click()

    def slider(self) -> WebElement:
        return self.chrome.find_element(By.ID, "slider")

    def text(self, selector: str) -> str:
        """What can be seen of the first such element."""
        return self.chrome.find_element(By.CSS_SELECTOR, selector).text

    def seen(self, selector: str) -> bool:
        return self.chrome.find_element(By.CSS_SELECTOR, selector).is_displayed()

    def lines(self) -> list[str]:
        """The lines of the dialogue that can be seen."""
        seen = "[...document.querySelectorAll('.line')].filter((line) => line.offsetParent)"
        return [str(line) for line in self.js(f"{seen}.map((line) => line.lastChild.textContent)")]

    def texts(self, selector: str) -> list[str]:
        """What stands in all such elements, seen or not."""
        found = self.js(f"[...document.querySelectorAll({selector!r})].map((node) => node.textContent)")
        return [" ".join(text.split()) for text in found]

    def count(self, selector: str) -> int:
        return int(self.js(f"document.querySelectorAll({selector!r}).length"))

    def step(self) -> int:
        return int(self.js("document.querySelector('[aria-current=step]').querySelector('.number').textContent"))

    def complaints(self) -> list[str]:
        """What the browser's console says: errors, warnings, and what the policy refused."""
        return [str(entry["message"]) for entry in log(self.chrome, "browser")]

    def requests(self) -> list[str]:
        """The addresses that were asked for since the last look, but for the browser's own."""
        events = (json.loads(entry["message"])["message"] for entry in log(self.chrome, "performance"))
        sent = (event["params"] for event in events if event["method"] == "Network.requestWillBeSent")
        addresses = (str(params["request"]["url"]) for params in sent)
        return [address for address in addresses if not address.startswith(("chrome:", "about:"))]


def log(chrome: Chrome, kind: str) -> list[dict[str, Any]]:
    """What was logged since the last look."""
    found: list[dict[str, Any]] = chrome.execute("getLog", {"type": kind})["value"]
    return found


@pytest.fixture(scope="session")
def chrome() -> Iterator[Chrome]:
    with another_browser() as chrome:
        yield chrome


@contextmanager
def another_browser() -> Iterator[Chrome]:
    """A browser that knows nothing of any other."""
    options = ChromeOptions()
    options.binary_location = BROWSER or ""
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    with TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        for flag in (*FLAGS, f"--user-data-dir={folder}"):
            options.add_argument(flag)
        with Chrome(options=options, service=Service(DRIVER)) as chrome:
            yield chrome


Exported = Callable[..., Page]


@pytest.fixture
def exported(chrome: Chrome, tmp_path: Path) -> Iterator[Exported]:
    """Export a transcript, a shipped one by its name or else a text, and open the page."""

    def made(transcript: str, *options: str) -> Page:
        source, file = tmp_path / "typed.txt", tmp_path / "page.html"
        if "\n" in transcript:
            source.write_text(transcript)
            transcript = str(source)
        assert main(("replay", transcript, "--export", str(file), *options)) == 0
        return Page(chrome, file)

    chrome.get("about:blank")
    log(chrome, "browser")
    log(chrome, "performance")
    yield made
    chrome.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "", "features": []})
    chrome.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
    chrome.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})
