"""Webhooks: a real HTTP server on loopback is told, and django-anymail reads that as it reads what services send."""

from __future__ import annotations

import asyncio
import json
import smtplib
import ssl
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, NamedTuple

import pytest
from django.conf import settings
from django.test import RequestFactory

from smtpsim.app.serve.service import Client
from smtpsim.app.serve.session import Session
from smtpsim.app.serve.webhooks.events import HEADER_OCTETS, Event, Events, Mail
from smtpsim.app.serve.webhooks.hook import FORMS, MOST_WAITING, Hook, loopback_url
from smtpsim.session.simulation import open_simulation
from smtpsim.testing import SmtpServer
from smtpsim.world.load import shipped_world
from tests.app.conftest import Run
from tests.app.serve.test_http import Http
from tests.app.serve.test_process import serving

if not settings.configured:
    settings.configure()

from anymail.webhooks.amazon_ses import AmazonSESTrackingWebhookView
from anymail.webhooks.sendgrid import SendGridTrackingWebhookView

VIEWS = {"ses": AmazonSESTrackingWebhookView, "sendgrid": SendGridTrackingWebhookView}


class Posted(NamedTuple):
    path: str
    headers: Mapping[str, str]
    body: bytes


class Listener:
    """A program that is told. It answers with the `statuses` in their order, then with 200."""

    def __init__(self) -> None:
        self.posted: list[Posted] = []
        self.statuses: list[int] = []
        self.more = threading.Condition()

    def wait(self, count: int) -> list[Posted]:
        with self.more:
            assert self.more.wait_for(lambda: len(self.posted) >= count, 10), self.posted
            return self.posted[:count]

    def events(self, form: str, count: int) -> list[Any]:
        """What django-anymail finds in them, once there are so many."""
        read: list[Any] = []
        with self.more:
            assert self.more.wait_for(lambda: len(self._read(form, read)) >= count, 10), read
        return read

    def _read(self, form: str, read: list[Any]) -> list[Any]:
        read[:] = [event for post in self.posted for event in anymail(form, post)]
        return read


def anymail(form: str, post: Posted) -> list[Any]:
    """The events that django-anymail reads in a request; a view of it without its settings."""
    view = VIEWS[form].__new__(VIEWS[form])
    headers = {f"HTTP_{name.upper().replace('-', '_')}": value for name, value in post.headers.items()}
    request = RequestFactory().post(post.path, post.body, post.headers["content-type"], **headers)
    if form == "ses":
        view.validate_request(request)
    found: list[Any] = view.parse_events(request)
    return found


@pytest.fixture
def listener() -> Iterator[tuple[Listener, str]]:
    """A program that is told, and its URL."""
    told = Listener()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            with told.more:
                status = told.statuses.pop(0) if told.statuses else 200
                told.posted.append(Posted(self.path, {k.lower(): v for k, v in self.headers.items()}, body))
                told.more.notify_all()
            self.send_response(status)
            self.send_header("Location", "http://192.0.2.1/")
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:
            return

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.05,))
        thread.start()
        yield told, f"http://127.0.0.1:{server.server_port}/hook"
        server.shutdown()
        thread.join()


@contextmanager
def service(*options: str) -> Iterator[Http]:
    """The sending service of the shipped world; STARTTLS and logging in are left to the client."""
    host = ("--host", "email-smtp.us-east-1.amazonses.com", "--listen", "127.0.0.1:0", "--http", "127.0.0.1:0")
    with serving(*host, "--clock", "held", *options) as (_, ports):
        yield Http(ports)


def sent(http: Http, *recipients: str) -> None:
    """A mail of the bookshop's to each."""
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    with smtplib.SMTP("127.0.0.1", http.ports["smtp"], timeout=10) as client:
        client.starttls(context=context)
        client.login("info@bookshop.example", "example")
        for recipient in recipients:
            head = f"From: Books <info@bookshop.example>\r\nTo: {recipient}\r\nMessage-ID: <1@x>\r\n"
            letter = f"{head}Subject: =?utf-8?q?=C3=A9?=\r\n\r\nhello\r\n"
            client.sendmail("info@bookshop.example", [recipient], letter)


SIMULATOR = "simulator.amazonses.com"
RECIPIENTS = ("success", "bounce", "complaint", "suppressionlist")
KINDS = {
    "ses": ["delivered", "bounced", "delivered", "complained", "bounced"],
    "sendgrid": ["delivered", "bounced", "delivered", "complained", "rejected"],
}


@pytest.mark.parametrize("form", FORMS)
def test_a_program_is_told_what_became_of_each_mail(listener: tuple[Listener, str], form: str) -> None:
    told, url = listener
    with service("--webhook", url, "--webhook-form", form) as http:
        sent(http, *(f"{name}@{SIMULATOR}" for name in RECIPIENTS))
        events = told.events(form, 5)
    assert [event.event_type for event in events] == KINDS[form]
    names = [event.recipient.partition("@")[0] for event in events]
    assert names == ["success", "bounce", "complaint", "complaint", "suppressionlist"]
    assert events[1].mta_response.endswith("550 5.1.1 user unknown")
    assert events[0].mta_response.startswith("250 ")
    assert events[4].reject_reason == "bounced"
    assert events[2].message_id == events[3].message_id
    assert len({event.event_id for event in events}) == 5


def typed(host: str, *lines: str) -> list[Event]:
    """The events of a dialogue with a host of the shipped world."""
    world, events, told = shipped_world(), Events(), list[Event]()
    turn = open_simulation(world, world.hosts[host])
    session = Session(1, "smtp", Client("192.0.2.10"), turn, kept=False)
    events.told.append(told.append)
    for line in ("EHLO cgi.example.com", "MAIL FROM:<a@example.com>", *lines):
        turn = turn.after.say(line)
        events.heard(session, turn)
        events.happened(turn.after.world, turn.fates)
    return told


LETTER = ("To: b@y.example", "From: Ann <a@example.com>", "Message-ID: <1@x>", "Subject: =?utf-8?q?=C3=A9?=")


def test_the_form_of_ses() -> None:
    (event,) = typed("mx.hogefuga.com", "RCPT TO:<test@hogefuga.com>", "DATA", *LETTER, "", "hello", ".")
    headers, notification = FORMS["ses"].headers([event]), json.loads(FORMS["ses"].body([event]))
    assert headers["x-amz-sns-topic-arn"] == notification["TopicArn"]
    found = json.loads(notification["Message"])
    assert (found["eventType"], found["delivery"]["recipients"]) == ("Delivery", ["test@hogefuga.com"])
    assert found["mail"]["messageId"] == event.mail.id.lower()
    assert (found["mail"]["source"], found["mail"]["destination"]) == ("a@example.com", ["test@hogefuga.com"])
    assert found["mail"]["headersTruncated"] is False
    assert found["mail"]["commonHeaders"] == {
        "from": ["Ann <a@example.com>"],
        "to": ["b@y.example"],
        "messageId": "<1@x>",
        "subject": "é",
    }


def test_a_long_header_is_cut() -> None:
    long = (f"X-Long: {number:0500}" for number in range(30))
    (event,) = typed("mx.hogefuga.com", "RCPT TO:<test@hogefuga.com>", "DATA", *LETTER, *long, "", ".")
    mail = json.loads(json.loads(FORMS["ses"].body([event]))["Message"])["mail"]
    assert mail["headersTruncated"] is True
    assert mail["headers"][0] == {"name": "To", "value": "b@y.example"}
    assert sum(len(field["name"]) + len(field["value"]) + 4 for field in mail["headers"]) <= HEADER_OCTETS
    assert len(mail["headers"]) > 15


def test_what_is_refused_for_good_is_told_and_what_is_refused_for_now_is_not() -> None:
    names = ("probe+rcpt451", "nobody", "no\udcff\x1bone")
    told = typed("mx.fault.example", *(f"RCPT TO:<{name}@fault.example>" for name in names))
    assert [event.kind for event in told] == ["reject"] * len(told)
    assert told[0].recipient == "nobody@fault.example"
    assert told[0].status == "5.1.1"
    for form in FORMS.values():
        assert "\x1b" not in form.body(told)
        form.body(told).encode()


def test_a_letter_that_is_refused_is_told_for_each_recipient() -> None:
    names = ("probe+message554", "probe")
    told = typed("mx.fault.example", *(f"RCPT TO:<{name}@fault.example>" for name in names), "DATA", *LETTER, "", ".")
    assert [(event.kind, event.recipient) for event in told] == [("reject", f"{name}@fault.example") for name in names]


@pytest.mark.parametrize("form", FORMS)
def test_a_test_suite_has_its_program_told(listener: tuple[Listener, str], form: str) -> None:
    told, url = listener
    with SmtpServer(webhook=url, webhook_form=form) as server:
        with smtplib.SMTP(server.host, server.port, timeout=10) as client:
            client.sendmail("a@x.example", ["bob@y.example"], b"Subject: x\r\n\r\nhello\r\n")
            server.fail("RCPT", reply=550)
            with pytest.raises(smtplib.SMTPRecipientsRefused):
                client.sendmail("a@x.example", ["ann@y.example"], b"Subject: x\r\n\r\nhello\r\n")
        events = told.events(form, 2)
    assert [(event.event_type, event.recipient) for event in events] == [
        ("delivered", "bob@y.example"),
        ("rejected", "ann@y.example"),
    ]


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        ({"webhook": "http://hooks.example.com/"}, "hooks.example.com"),
        ({"webhook": "http://127.0.0.1/", "webhook_form": "mailgun"}, "mailgun.* is none of ses, sendgrid"),
    ],
)
def test_a_test_suite_tells_nobody_elsewhere(settings: dict[str, str], told: str) -> None:
    with pytest.raises(ValueError, match=told):
        SmtpServer(webhook=settings["webhook"], webhook_form=settings.get("webhook_form", "ses"))


def test_webhooks_by_the_api(listener: tuple[Listener, str]) -> None:
    told, url = listener
    secret = url.replace("http://", "http://joe:secret@")
    with service() as http:
        assert http.json("/api/webhooks") == {"webhooks": []}
        added = http.json("/api/webhooks", "POST", {"url": secret, "form": "sendgrid"}, 201)
        assert added == {"url": url, "form": "sendgrid", "sent": 0, "waiting": 0, "dropped": 0}
        sent(http, f"success@{SIMULATOR}")
        assert told.wait(1)[0].headers["authorization"].startswith("Basic ")
        assert http.json("/api/webhooks")["webhooks"][0]["url"] == url
        for body in ({"url": "http://192.0.2.1/"}, {"url": url, "form": "mailgun"}, {"url": 5}):
            http.json("/api/webhooks", "POST", body, 422)
        for _ in range(9):
            http.json("/api/webhooks", "POST", {"url": url}, 201)
        assert "already" in http.json("/api/webhooks", "POST", {"url": url}, 409)["detail"]
        http.json("/api/webhooks", "DELETE", status=204)
        sent(http, f"success@{SIMULATOR}")
        assert http.json("/api/webhooks") == {"webhooks": []}
    assert len(told.posted) == 1


EVENT = Event(1, "delivery", 0, Mail("A", 0, "a@x.example", ("b@y.example",)), "b@y.example")


def work(hook: Hook, until: Any) -> None:
    """Let a hook work until it has come so far."""

    async def run() -> None:
        task = asyncio.create_task(hook.work())
        for _ in range(500):
            if until():
                break
            await asyncio.sleep(0.01)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)

    asyncio.run(run())


@pytest.mark.parametrize(
    ("statuses", "sent", "dropped"),
    [([], 1, 0), ([500, 302], 1, 0), ([500, 404, 503], 0, 1)],
    ids=["taken", "at the third try", "never"],
)
def test_what_is_not_taken_is_tried_again_and_then_dropped(
    listener: tuple[Listener, str], statuses: list[int], sent: int, dropped: int
) -> None:
    told, url = listener
    told.statuses = statuses.copy()
    hook = Hook(url, "ses", pauses=(0.01, 0.01))
    hook.tell(EVENT)
    work(hook, lambda: hook.sent + hook.dropped)
    assert (hook.sent, hook.dropped) == (sent, dropped)
    assert len(told.posted) == len(statuses) + sent
    assert len({post.headers["x-amz-sns-message-id"] for post in told.posted}) == 1


def test_nobody_listens() -> None:
    hook = Hook("http://127.0.0.1:9/", "ses", pauses=(0.01,))
    hook.tell(EVENT)
    work(hook, lambda: hook.dropped)
    assert (hook.sent, hook.dropped, hook.waiting) == (0, 1, 0)


def test_the_queue_is_bounded_and_sendgrid_sends_many_at_once(listener: tuple[Listener, str]) -> None:
    told, url = listener
    hook = Hook(url, "sendgrid")
    for number in range(MOST_WAITING + 50):
        hook.tell(EVENT._replace(number=number))
    assert (hook.waiting, hook.dropped) == (MOST_WAITING, 50)
    work(hook, lambda: hook.sent == MOST_WAITING)
    assert [len(json.loads(post.body)) for post in told.posted] == [100] * 10


@pytest.mark.parametrize(
    ("url", "found"),
    [
        ("http://127.0.0.1:8000/hook?a=b", "http://127.0.0.1:8000/hook?a=b"),
        ("http://localhost:8000/", "http://127.0.0.1:8000/"),
        ("http://u:p@localhost/", "http://u:p@127.0.0.1/"),
        ("http://[::1]:8000/", "http://[::1]:8000/"),
        ("http://192.0.2.1:8000/", ""),
        ("http://127.example.com/", ""),
        ("http://127.0.0.1.example.com/", ""),
        ("http://127.0.0.1@192.0.2.1/", ""),
        ("http://localhost@192.0.2.1/", ""),
        ("http://2130706433/", ""),
        ("https://127.0.0.1/", ""),
        ("ftp://127.0.0.1/", ""),
        ("http://[::1/", ""),
        ("http://127.0.0.1:99999/", ""),
        ("http://127.0.0.1/\x1b", ""),
        ("127.0.0.1:8000", ""),
        ("", ""),
    ],
)
def test_only_programs_on_this_machine_are_told(url: str, found: str) -> None:
    assert loopback_url(url) == found


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (("--webhook", "http://hooks.example.com/"), "--webhook: 'http://hooks.example.com/' is not on this machine"),
        (("--webhook", "http://127.0.0.1/", "--webhook-form", "mailgun"), "'mailgun' is none of ses, sendgrid"),
        (("--webhook", "http://127.0.0.1/") * 11, "--webhook: 10 at most"),
    ],
)
def test_wrong_webhooks_are_told_in_one_line(run: Run, options: tuple[str, ...], told: str) -> None:
    ran = run("serve", *options)
    assert (ran.status, ran.err.count("\n")) == (2, 1)
    assert told in ran.err


def bounced(reply: str, final_delay: bool = False, held: bool = False) -> dict[str, Any]:
    """Types, sub-types and statuses of a bounce with this reply, in both forms."""
    event = EVENT._replace(kind="bounce", reply=reply, final_delay=final_delay, held=held)
    ses = json.loads(json.loads(FORMS["ses"].body([event]))["Message"])["bounce"]
    grid = json.loads(FORMS["sendgrid"].body([event]))[0]
    kinds = (ses["bounceType"], ses["bounceSubType"], ses["bouncedRecipients"][0]["status"])
    return {"ses": kinds, "sendgrid": (grid["event"], grid.get("type"), grid.get("bounce_classification"))}


@pytest.mark.parametrize(
    ("reply", "more", "ses", "sendgrid"),
    [
        ("550 5.1.1 unknown", {}, ("Permanent", "General", "5.1.1"), ("bounce", "bounce", "Invalid Address")),
        ("552 5.2.2 full", {}, ("Transient", "MailboxFull", "5.2.2"), ("bounce", "bounce", "Mailbox Unavailable")),
        ("554 5.6.0 no", {}, ("Transient", "ContentRejected", "5.6.0"), ("bounce", "blocked", "Content")),
        ("550 5.7.1 no", {}, ("Permanent", "General", "5.7.1"), ("bounce", "blocked", "Reputation")),
        ("no such domain 5.6.7.8", {}, ("Permanent", "General", "5.0.0"), ("bounce", "blocked", "Unclassified")),
        (
            "given up after 5 days: 450 4.2.0 later",
            {"final_delay": True},
            ("Transient", "General", "4.4.7"),
            ("bounce", "blocked", "Unclassified"),
        ),
        (
            "Permanent/OnAccountSuppressionList",
            {"held": True},
            ("Permanent", "OnAccountSuppressionList", "5.1.1"),
            ("dropped", None, None),
        ),
    ],
)
def test_bounces_are_classified(reply: str, more: dict[str, bool], ses: object, sendgrid: object) -> None:
    assert bounced(reply, **more) == {"ses": ses, "sendgrid": sendgrid}
