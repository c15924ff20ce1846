"""The API over HTTP: what it tells, what can be ordered, and who is turned away."""

from __future__ import annotations

import asyncio
import json
import smtplib
import threading
from base64 import b64encode
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from email.message import EmailMessage
from http.client import HTTPConnection, HTTPResponse
from typing import Any

import pytest
from rpds import List

from smtpsim.app.serve import searching
from smtpsim.app.serve.api import PART, Api
from smtpsim.app.serve.letters import Arrival, Letters
from smtpsim.app.serve.pages import asset
from smtpsim.app.serve.searching import SEARCHED_OCTETS, Index, folded
from smtpsim.explain import LANGUAGES, words
from smtpsim.world.load import shipped_world
from smtpsim.world.mailbox import Mailbox, StoredMail
from smtpsim.world.model import DeliveryStatus, Outcome
from tests.app.serve.test_process import serving


class Http:
    """A client of the API, and of SMTP beside it."""

    def __init__(self, ports: dict[str, int]) -> None:
        self.ports = ports

    @contextmanager
    def asks(self, method: str, path: str, body: object = None, **headers: str) -> Iterator[HTTPResponse]:
        connection = HTTPConnection("127.0.0.1", self.ports["http"], timeout=10)
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        if body is not None:
            named.setdefault("Content-Type", "application/json")
        connection.request(method, path, None if body is None else json.dumps(body), named)
        with closing(connection), connection.getresponse() as answer:
            yield answer

    def json(self, path: str, method: str = "GET", body: object = None, status: int = 200) -> Any:
        with self.asks(method, path, body) as answer:
            found = answer.read()
            assert answer.status == status, found
            return json.loads(found) if found else None

    def sends(self, to: str = "bob@y.example", subject: str = "Grüße") -> None:
        message = EmailMessage()
        message["From"], message["To"], message["Subject"] = "Ann <ann@x.example>", to, subject
        message.set_content("hello\n")
        message.add_alternative("<h1>Hi</h1><script>alert(1)</script>", subtype="html")
        message.add_attachment(b"abc", maintype="application", subtype="pdf", filename="a.pdf")
        with smtplib.SMTP("127.0.0.1", self.ports["smtp"], timeout=10) as client:
            client.login("joe", "not-to-be-seen")
            client.send_message(message)


@pytest.fixture(scope="module")
def running() -> Iterator[Http]:
    options = ("--accept-any", "--listen", "127.0.0.1:0", "--http", "127.0.0.1:0", "--clock", "held")
    with serving(*options) as (_, ports):
        yield Http(ports)


@pytest.fixture
def http(running: Http) -> Http:
    running.json("/api/reset", "POST", status=204)
    return running


def test_a_mail_with_all_that_is_known_of_it(http: Http) -> None:
    http.sends()
    row = http.json("/api/messages")["messages"][0]
    assert (row["from"], row["subject"], row["mailbox"]) == ("Ann <ann@x.example>", "Grüße", "bob@y.example")
    mail = http.json(f"/api/messages/{row['number']}")
    assert mail["envelope"] == {"from": "ann@x.example", "to": ["bob@y.example"]}
    assert {one["kind"] for one in mail["verdicts"]} >= {"spf", "dkim", "dmarc"}
    assert mail["text"] == "hello"
    assert [(one["type"], one["name"]) for one in mail["parts"]] == [
        ("text/plain", None),
        ("text/html", None),
        ("application/pdf", "a.pdf"),
    ]
    with http.asks("GET", f"/api/messages/{row['number']}/parts/2") as part:
        assert (part.read(), part.headers["Content-Disposition"]) == (b"abc", "attachment")
    with http.asks("GET", f"/api/messages/{row['number']}/source") as source:
        assert source.read().startswith(b"Return-Path: <ann@x.example>\r\n")
        assert source.headers.get_content_type() == "text/plain"


def test_the_html_of_a_mail_may_do_nothing(http: Http) -> None:
    http.sends()
    number = http.json("/api/messages")["messages"][0]["number"]
    with http.asks("GET", f"/api/messages/{number}/html") as html:
        assert b"<script>" in html.read()
        assert html.headers["Content-Security-Policy"].startswith("sandbox; default-src 'none';")
        assert html.headers["X-Content-Type-Options"] == "nosniff"


def test_a_session_and_its_page(http: Http) -> None:
    http.sends()
    session = http.json("/api/sessions")["sessions"][0]
    whole = http.json(f"/api/sessions/{session['number']}")
    said = [line["text"] for line in whole["dialogue"] if line["who"] == "client"]
    assert said[-1].upper() == "QUIT"
    with http.asks("GET", f"/sessions/{session['number']}/page") as page:
        shown = page.read()
        assert page.status == 200
    assert b"Ann" in shown
    assert "not-to-be-seen" not in json.dumps(whole)
    assert b"not-to-be-seen" not in shown


def test_searching(http: Http) -> None:
    for number in range(30):
        http.sends(f"u{number}@y.example", f"letter {number}")
    assert http.json("/api/messages?q=letter%2017")["total"] == 1
    assert http.json("/api/messages?to=u3@y.example")["messages"][0]["subject"] == "letter 3"
    found = http.json("/api/messages?q=letter&limit=10&offset=25")
    assert (found["total"], len(found["messages"])) == (30, 5)
    boxes = http.json("/api/mailboxes?q=u1&limit=3&offset=1")
    assert (boxes["total"], [box["mails"] for box in boxes["mailboxes"]]) == (11, [1, 1, 1])
    assert [box["name"] for box in boxes["mailboxes"]] == [f"u{number}@y.example" for number in (11, 12, 13)]
    assert http.json("/api/messages?q=HELLO&limit=1")["total"] == 30
    assert http.json("/api/messages?q=alert")["total"] == 0


def search_row(octets: bytes) -> Callable[[str], bool]:
    arrival = Arrival(1, "bob@y.example", StoredMail("A", "a@x.example", octets), None)
    index = Index()
    return lambda wanted: index.finds(arrival, folded(wanted))


FOLDED = "From: Ann <ann@x.example>\r\nSubject: =?utf-8?q?Gr=C3=BC=C3=9Fe?=\r\n"
ENCODED = "Content-Transfer-Encoding: base64\r\n\r\n" + b64encode("Der Schlüssel liegt hier.".encode()).decode()


@pytest.mark.parametrize(
    ("body", "wanted", "found"),
    [
        ("\r\nThe key is\r\nunder the mat.", "KEY IS UNDER", True),
        ("\r\nThe key", "bob@y", True),
        ("\r\nThe key", "grüsse", True),
        ("\r\nThe key", "keys", False),
        ("\r\nThe key", "ann@x.example> gr", False),
        (f"Content-Type: text/plain; charset=utf-8\r\n{ENCODED}", "SCHLÜSSEL", True),
        ("Content-Transfer-Encoding: quoted-printable\r\n\r\nunder=\r\n the mat", "under the mat", True),
        ("Content-Type: text/html\r\n\r\n<p class=hidden>under <b>the</b> mat", "under the mat", True),
        ("Content-Type: text/html\r\n\r\n<p class=hidden>under the mat", "hidden", False),
        ("Content-Type: text/plain\r\nContent-Disposition: attachment\r\n\r\nunder", "under", False),
        ("\r\n" + "x" * (SEARCHED_OCTETS - 150) + " near", "near", True),
        ("\r\n" + "x" * SEARCHED_OCTETS + " far", "far", False),
    ],
)  # fmt: skip
def test_bodies_are_searched_as_they_are_read(body: str, wanted: str, found: bool) -> None:
    assert search_row(f"{FOLDED}{body}\r\n".encode())(wanted) is found


def test_texts_are_kept_within_bounds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(searching, "MOST_CHARACTERS", 1000)
    index = Index()
    for number in range(100):
        mail = StoredMail(f"M{number}", "", b"Subject: x\r\n\r\n" + b"word " * 20 + b"%d\r\n" % number)
        assert index.finds(Arrival(number, "b@y.example", mail, None), f"word {number}")
    assert 500 < index._characters <= 1000
    assert sum(map(len, index._texts.values())) == index._characters


def test_so_many_octets_of_mail_are_remembered() -> None:
    """The newest ones, also where clients have deleted them since; the last one however long it is."""
    letters, world = Letters(most_octets=100), shipped_world()
    box = Mailbox("b@y.example", "")
    for uid, octets in enumerate((40, 40, 40, 200), 1):
        full = box._replace(mails=List([StoredMail(f"M{uid}", "", b"x" * octets, uid)]))
        world = world._replace(mailboxes=world.mailboxes.insert(full.name, full))
        letters.happened(world, [Outcome("A", full.name, DeliveryStatus.DELIVERED, 0, "", mailbox=full.name)])
        assert [arrival.number for arrival in letters.arrivals] == {3: [2, 3], 4: [4]}.get(uid, list(range(1, uid + 1)))


def test_a_search_lets_others_have_their_turn() -> None:
    """Ten parts of a search leave the loop ten times, and find what fits, the newest first."""
    mail = StoredMail("A", "a@x.example", b"Subject: hello\r\n\r\n")
    letters, turns = Letters(), list[int]()
    letters.arrivals.extend(Arrival(number, "b@y.example", mail, None) for number in range(10 * PART))
    api = Api.__new__(Api)
    api._letters, api._index = letters, Index()

    async def others() -> None:
        while True:
            turns.append(len(api._index._rows))
            await asyncio.sleep(0)

    async def searched() -> list[Arrival]:
        beside = asyncio.create_task(others())
        found = await api._fitting("", "hello", gone=lambda: False)
        beside.cancel()
        return found

    found = asyncio.run(searched())
    assert [arrival.number for arrival in found] == list(reversed(range(10 * PART)))
    assert turns == [PART * part for part in range(1, 11)]
    assert asyncio.run(api._fitting("", "hello", gone=lambda: True)) == found[:PART]


def test_waiting(http: Http) -> None:
    waiting = threading.Timer(0.3, http.sends)
    waiting.start()
    assert http.json("/api/wait?to=bob@y.example&timeout=10")["subject"] == "Grüße"
    waiting.join()
    assert http.json("/api/wait?timeout=1&to=nobody@y.example", status=408)["title"] == "Request Timeout"


def test_faults(http: Http) -> None:
    http.json("/api/faults", "POST", {"command": "RCPT", "reply": 452, "times": 1})
    with pytest.raises(smtplib.SMTPRecipientsRefused):
        http.sends()
    http.sends()
    http.json("/api/faults", "POST", {"command": ".", "reply": 554})
    assert http.json("/api/faults", "DELETE")["faults"] == []
    http.sends()


def test_dns_clock_and_policies(http: Http) -> None:
    http.json("/api/dns/x.example/TXT", "PUT", {"values": ["v=spf1 -all"]})
    http.sends()
    assert http.json("/api/messages")["messages"][0]["spf"] == "fail"
    http.json("/api/policies/spf", "PUT", {"fail": "reject"})
    with pytest.raises(smtplib.SMTPSenderRefused):
        http.sends()
    before = http.json("/api/clock")["now"]
    assert http.json("/api/clock", "POST", {"pass": "4h"})["now"] == before + 4 * 3600


@pytest.mark.parametrize(
    ("method", "path", "body", "status", "told"),
    [
        ("GET", "/api/messages/99999", None, 404, "no message 99999"),
        ("GET", "/api/messages?limit=x", None, 400, "limit"),
        ("GET", "/nowhere", None, 404, "Not Found"),
        ("PUT", "/api/sessions", {}, 405, "Method Not Allowed"),
        ("POST", "/api/faults", {"command": "NOOP"}, 422, "cannot fail"),
        ("POST", "/api/faults", {"command": "RCPT", "reply": "many"}, 422, "many"),
        ("POST", "/api/faults", [], 400, "object"),
        ("POST", "/api/orders", {"line": ":save /tmp/x"}, 422, "cannot be written"),
        ("POST", "/api/orders", {"line": ":nosuch"}, 422, "nosuch"),
        ("POST", "/api/orders", {"line": ":dns set a.example A \x1b"}, 422, "printable"),
        ("PUT", "/api/dns/x.example/A", {"values": ["not an address"]}, 422, "not an address"),
        ("PUT", "/api/policies/nosuch", {}, 404, "nosuch"),
        ("POST", "/api/clock", {"pass": "soon"}, 422, "soon"),
    ],
)
def test_errors_are_problem_details(http: Http, method: str, path: str, body: object, status: int, told: str) -> None:
    with http.asks(method, path, body) as answer:
        problem = json.loads(answer.read())
        assert answer.headers["Content-Type"].startswith("application/problem+json")
    assert (answer.status, problem["status"]) == (status, status)
    assert told in problem["detail"]


@pytest.mark.parametrize(
    "headers",
    [{"Host": "evil.example"}, {"Host": "127.0.0.1:1"}, {"Origin": "http://evil.example"}, {"Origin": "null"}],
)
@pytest.mark.parametrize("path", ["/", "/api/messages", "/openapi.json"])
def test_other_sites_are_turned_away(http: Http, headers: dict[str, str], path: str) -> None:
    with http.asks("GET", path, **headers) as answer:
        assert answer.status == 403


def test_a_form_of_another_site_orders_nothing(http: Http) -> None:
    with http.asks("POST", "/api/faults", {"command": "RCPT"}, Content_Type="text/plain") as answer:
        assert answer.status == 415


def test_events_come_when_something_happens(http: Http) -> None:
    with http.asks("GET", "/api/events") as feed:
        before = json.loads(feed.readline().removeprefix(b"data: "))
        feed.readline()
        http.sends()
        while (counts := json.loads(feed.readline().removeprefix(b"data: ")))["mails"] == before["mails"]:
            feed.readline()
    assert counts["mails"] == before["mails"] + 1


def test_every_route_is_described() -> None:
    described = json.loads(asset("openapi.json"))["paths"]
    told = {(method.upper(), path) for path, methods in described.items() for method in methods}
    api = Api.__new__(Api)
    assert {(method, path) for method, path, _ in api.routes()} == told


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_has_words_for_every_place(http: Http, lang: str) -> None:
    with http.asks("GET", f"/?lang={lang}") as answer:
        page = answer.read().decode()
        assert "script-src 'self'" in answer.headers["Content-Security-Policy"]
    assert f'<html lang="{lang}">' in page
    assert words(lang)("page-mail.nothing-yet") in page
    script = asset("mail.js")
    for name in (
        "no-subject",
        "envelope-from",
        "live",
        "gone",
        "text",
        "headers",
        "source",
        "html",
        "dialogue",
        "page",
    ):
        assert words(lang).has(f"page-mail.{name}")
        assert name in script
