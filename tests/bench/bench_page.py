"""What 10,000 mails cost the page of `smtpsim serve --http`, beside 100: the first list, a word looked for in all
bodies for the first time and again, and opening one, in a real Chromium. Prints JSON: milliseconds, ratios of one run.

    python -m tests.bench.bench_page [--mails 10000]
"""

from __future__ import annotations

import argparse
import json
import tempfile
import time
from collections.abc import Callable

from selenium.webdriver import Chrome, ChromeOptions
from selenium.webdriver.chrome.service import Service

from tests.e2e.html.conftest import BROWSER, DRIVER, FLAGS
from tests.e2e.html.test_mail_page import Mailer, holding


def timed(page: Mailer, act: Callable[[], None], holds: Callable[[], object]) -> float:
    begun = time.perf_counter()
    act()
    page.until(holds)
    return (time.perf_counter() - begun) * 1000


def looked_for(page: Mailer, word: str) -> float:
    """The search field as if typed at once; the page waits 150 ms for more keys before it asks."""
    script = "const f = document.getElementById('search'); f.value = arguments[0]; f.dispatchEvent(new Event('input'))"

    def typed() -> None:
        page.chrome.execute_script(script, word)

    number = word.removeprefix("Word").removesuffix(" is")
    return timed(page, typed, lambda: len(page.rows()) == 1 and f"letter {number}" in page.rows()[0])


def measured(chrome: Chrome, mails: int) -> dict[str, float]:
    with holding(mails) as ports:
        page = Mailer(chrome, ports)
        found = {
            "first_list": timed(page, page.open, lambda: len(page.rows()) == min(100, mails)),
            "search": looked_for(page, "Word77 is"),
            "search_again": looked_for(page, "Word55 is"),
        }
        found["open"] = timed(page, lambda: page.click("#mails tbody tr"), lambda: "Word55 is" in page.text("#text"))
        chrome.get("about:blank")
    return found


def main() -> None:
    options = argparse.ArgumentParser()
    options.add_argument("--mails", type=int, default=10_000)
    given = options.parse_args()
    settings = ChromeOptions()
    settings.binary_location = BROWSER or ""
    with tempfile.TemporaryDirectory() as folder:
        for flag in (*FLAGS, f"--user-data-dir={folder}"):
            settings.add_argument(flag)
        with Chrome(options=settings, service=Service(DRIVER)) as chrome:
            measured(chrome, 100)
            few, many = measured(chrome, 100), measured(chrome, given.mails)
    ratios = {f"{name}_over_100_mails": round(many[name] / few[name], 1) for name in few}
    print(json.dumps({**{f"{name}_ms": round(took) for name, took in many.items()}, **ratios}))


if __name__ == "__main__":
    main()
