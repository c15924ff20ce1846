"""IMAP's IDLE on a real connection: what happens in the mailbox is told at once, unasked (RFC 2177)."""

from __future__ import annotations

import asyncio
import smtplib
from pathlib import Path

import pytest

from smtpsim.app.serve.limits import Limits
from smtpsim.app.serve.recorder import Recorder
from smtpsim.explain import words
from tests.app.conftest import Run
from tests.app.serve.conftest import LOOPBACK, Client, Running, Start

READER = "yuki@bigmail.example"
RECENT = b"RECENT\r\n"


def send(running: Running) -> None:
    with smtplib.SMTP(LOOPBACK, running.ports["smtp"], timeout=30) as client:
        client.sendmail("webmaster@example.com", [READER], b"Subject: hello\r\n\r\nx\r\n")


def reader(running: Running) -> Client:
    """A client that has opened its inbox."""
    client = running.greeted("imap")
    client.says(b"a LOGIN yuki example\r\n")
    assert client.says(b"b SELECT INBOX\r\n", until=b"completed\r\n").endswith(
        b"b OK [READ-WRITE] SELECT completed\r\n"
    )
    return client


def idling(running: Running) -> Client:
    client = reader(running)
    assert client.says(b"c IDLE\r\n").startswith(b"+ ")
    return client


@pytest.fixture
def running(start: Start) -> Running:
    return start("smtp", "imap", accept_any=False)


def test_mail_is_told_to_all_who_wait_for_it(running: Running) -> None:
    first, second = idling(running), idling(running)
    send(running)
    assert first.reads(RECENT) == b"* 1 EXISTS\r\n* 1 RECENT\r\n"
    assert second.reads(RECENT).startswith(b"* 1 EXISTS\r\n")
    send(running)
    assert first.reads(RECENT).startswith(b"* 2 EXISTS\r\n")
    assert first.says(b"DONE\r\n").startswith(b"c OK")


def test_what_came_between_the_last_command_and_idle_is_told_too(running: Running) -> None:
    client = reader(running)
    send(running)
    assert client.says(b"d IDLE\r\n", until=RECENT).endswith(b"* 1 EXISTS\r\n* 1 RECENT\r\n")


def test_what_another_session_does_is_told(running: Running) -> None:
    send(running)
    client, other = idling(running), reader(running)
    other.says(b"c STORE 1 +FLAGS (\\Deleted)\r\n", until=b"completed\r\n")
    assert client.reads().startswith(b"* 1 FETCH (FLAGS (")
    other.says(b"d EXPUNGE\r\n", until=b"completed\r\n")
    assert client.reads() == b"* 1 EXPUNGE\r\n"


def order(running: Running, line: str) -> None:
    async def ordered() -> object:
        return running.server.order(line, words("en"))

    assert asyncio.run_coroutine_threadsafe(ordered(), running.loop).result(10) is None


def test_mail_that_waited_in_a_queue_is_told_when_it_comes(running: Running) -> None:
    order(running, ":fault rcpt 451 next at mx.bigmail.example")
    client = idling(running)
    send(running)
    assert not running.server.owner.world.mailboxes[READER].length
    order(running, ":wait 4h")
    assert client.reads(RECENT).startswith(b"* 1 EXISTS\r\n")


def test_many_mails_to_one_who_waits_are_no_commands_of_his(start: Start) -> None:
    running = start("smtp", "imap", accept_any=False, limits=Limits(commands=5))
    client = idling(running)
    for number in range(1, 8):
        send(running)
        assert client.reads(RECENT).startswith(f"* {number} EXISTS\r\n".encode())
    assert client.says(b"DONE\r\n").startswith(b"c OK")


def test_the_dialogue_is_recorded_and_replays(running: Running, tmp_path: Path, run: Run) -> None:
    running.server.observers.append(Recorder(str(tmp_path), ()))
    client = idling(running)
    send(running)
    client.reads(RECENT)
    client.says(b"DONE\r\n")
    client.says(b"d LOGOUT\r\n", until=b"d OK LOGOUT completed\r\n")
    client.close()
    assert running.sessions(0) == 0
    asyncio.run_coroutine_threadsafe(asyncio.sleep(0), running.loop).result(10)  # its end has run to the end
    (file,) = (file for file in tmp_path.iterdir() if "IDLE" in file.read_text())
    assert "> c IDLE\n< + idling\n<-* 1 EXISTS\n< * 1 RECENT\n> DONE\n< c OK" in file.read_text()
    assert run("replay", "--check", str(file)).status == 0
