"""What is kept: nothing that was answered 250 is missing or doubled after kill -9, and a restart goes on."""

from __future__ import annotations

import os
import pickle
import random
import smtplib
import sqlite3
import threading
import tracemalloc
from pathlib import Path

import pytest
from rpds import List

from smtpsim.app.serve.clock import clock
from smtpsim.app.serve.keeping import FILE, Keeper
from smtpsim.app.serve.owner import Owner
from smtpsim.protocol.smtp.framing import Line
from smtpsim.session.simulation import open_simulation
from smtpsim.world.accept_any import accepting_any
from smtpsim.world.load import shipped_world
from smtpsim.world.mailbox import StoredMail
from smtpsim.world.model import World
from smtpsim.world.queue import wait
from smtpsim.world.transport import run_queue
from tests.app.conftest import Run
from tests.app.serve.test_process import serving

ROUNDS = int(os.environ.get("SMTPSIM_KILLS", "5"))
"""How often the process is killed: `SMTPSIM_KILLS=100` takes minutes."""


def taking_all() -> World:
    world = shipped_world()
    return accepting_any(world, world.hosts["smtp.example.com"])


def kept(folder: Path, world: World | None = None) -> tuple[Owner, Keeper]:
    owner, keeper = Owner(world or taking_all(), clock("held", 0)), Keeper(str(folder))
    owner.keep_by(keeper)
    return owner, keeper


def send(owner: Owner, to: str, host: str = "smtp.example.com", number: int = 0) -> int:
    """The code of the last reply."""
    turn = owner.open(lambda world: open_simulation(world, world.hosts[host]))
    lines = ("EHLO c.example", "MAIL FROM:<a@x.example>", f"RCPT TO:<{to}>", "DATA", f"Subject: {number}", "", ".")
    for line in lines:
        turn = owner.take(turn.after, Line(line.encode()))
    assert turn.reply is not None
    return turn.reply.code


def test_mailboxes_flags_and_the_clock_are_as_they_were(tmp_path: Path) -> None:
    owner, keeper = kept(tmp_path)
    for number in range(5):
        assert send(owner, f"u{number % 2}@y.example", number=number) == 250
    owner.replace(owner.world._replace(now=owner.world.now + 1000))
    keeper.close()
    again, keeper = kept(tmp_path)
    assert again.world.now == owner.world.now
    assert again.world.serial == owner.world.serial
    for name in ("u0@y.example", "u1@y.example"):
        assert again.world.mailboxes[name] == owner.world.mailboxes[name]
    assert send(again, "u0@y.example") == 250
    assert [mail.uid for mail in again.world.mailboxes["u0@y.example"].mails] == [4, 3, 2, 1]
    keeper.close()


def test_what_is_removed_stays_removed(tmp_path: Path) -> None:
    owner, keeper = kept(tmp_path)
    for number in range(3):
        send(owner, "u@y.example", number=number)
    box = owner.world.mailboxes["u@y.example"]
    emptied = box._replace(mails=box.mails.drop_first(), octets=0)
    owner.replace(owner.world._replace(mailboxes=owner.world.mailboxes.insert(box.name, emptied)))
    keeper.close()
    again, keeper = kept(tmp_path)
    assert [mail.uid for mail in again.world.mailboxes["u@y.example"].mails] == [2, 1]
    keeper.close()


def test_the_queue_goes_on(tmp_path: Path) -> None:
    """The next host greylists: the letter waits over the restart, and is delivered after it."""
    owner, keeper = kept(tmp_path, shipped_world())
    assert send(owner, "mio@patient.example") == 250
    assert len(owner.world.queue) == 1
    keeper.close()
    again, keeper = kept(tmp_path, shipped_world())
    assert list(again.world.queue) == list(owner.world.queue)
    again.replace(wait(again.world, 3600, run_queue))
    assert again.world.mailboxes["mio@patient.example"].length == 1
    assert not again.world.queue
    keeper.close()
    last, keeper = kept(tmp_path, shipped_world())
    assert last.world.mailboxes["mio@patient.example"].length == 1
    assert not last.world.queue
    keeper.close()


def test_kill_9_at_any_moment_loses_and_doubles_nothing(tmp_path: Path) -> None:
    chance, answered = random.Random(1), set()
    for turn in range(ROUNDS):
        with serving("--accept-any", "--listen", "127.0.0.1:0", "--keep", str(tmp_path)) as (process, ports):
            end = threading.Timer(chance.uniform(0.02, 0.4), process.kill)
            if turn % 2:
                end.start()
            try:
                with smtplib.SMTP("127.0.0.1", ports["smtp"], timeout=10) as client:
                    for number in range(10_000):
                        name = f"{turn}-{number}"
                        client.sendmail("a@x.example", ["u@y.example"], f"Subject: {name}\r\n\r\n".encode())
                        answered.add(name)
                        if not turn % 2 and not number:
                            end.start()  # however slow the machine is, one mail has been answered in such a round
            except (smtplib.SMTPException, ConnectionError):
                pass
            end.cancel()
            process.kill()
            process.wait()
    assert answered
    owner, keeper = kept(tmp_path)
    subjects = [
        mail.octets.rpartition(b"Subject: ")[2].split(b"\r\n")[0].decode()
        for mail in owner.world.mailboxes["u@y.example"].mails
    ]
    keeper.close()
    assert len(subjects) == len(set(subjects))
    assert answered <= set(subjects)
    assert len(subjects) <= len(answered) + ROUNDS


def test_a_folder_is_for_one_process(tmp_path: Path, run: Run) -> None:
    _, keeper = kept(tmp_path)
    ran = run("serve", "--keep", str(tmp_path), "--listen", "127.0.0.1:0")
    keeper.close()
    assert ran.status == 2
    assert "another smtpsim keeps its world there" in ran.err
    (tmp_path / "file").write_text("x")
    assert run("serve", "--keep", str(tmp_path / "file")).status == 2
    assert run("serve", "--keep", str(tmp_path), "--own-world").status == 2


def test_a_file_of_a_stranger_calls_nothing(tmp_path: Path, run: Run) -> None:
    owner, keeper = kept(tmp_path)
    send(owner, "u@y.example")
    keeper.close()
    with sqlite3.connect(tmp_path / FILE) as store:
        store.execute("UPDATE mailboxes SET box = ?", (pickle.dumps(print),))
    store.close()
    owner, keeper = Owner(taking_all(), clock("held", 0)), Keeper(str(tmp_path))
    with pytest.raises(pickle.UnpicklingError, match=r"builtins\.print"):
        owner.keep_by(keeper)
    keeper.close()
    ran = run("serve", "--keep", str(tmp_path))
    assert (ran.status, ran.err.count("\n")) == (2, 1)
    assert "cannot be read" in ran.err


def filled(folder: Path, mails: int, octets: int) -> None:
    """A folder with one mailbox that holds so many mails."""
    owner, keeper = kept(folder)
    send(owner, "u@y.example")
    box = owner.world.mailboxes["u@y.example"]
    stored = List([StoredMail(f"M{uid}", "", b"x" * octets, uid) for uid in range(mails, 0, -1)])
    box = box._replace(mails=stored, octets=octets * mails, uid_next=mails + 1)
    owner.replace(owner.world._replace(mailboxes=owner.world.mailboxes.insert(box.name, box)))
    keeper.close()


def rows_of_the_next_mail(folder: Path) -> int:
    """How many rows the next mail to a mailbox writes or removes."""
    owner, keeper = kept(folder)
    before = keeper.rows_changed
    assert send(owner, "u@y.example") == 250
    changed = keeper.rows_changed - before
    keeper.close()
    return changed


def test_a_full_mailbox_costs_the_next_mail_no_rows(tmp_path: Path) -> None:
    few, many = tmp_path / "few", tmp_path / "many"
    filled(few, 1, 0)
    filled(many, 10_000, 100)
    assert rows_of_the_next_mail(many) == rows_of_the_next_mail(few)
    owner, keeper = kept(many)
    assert owner.world.mailboxes["u@y.example"].length == 10_001
    keeper.close()


def test_opening_holds_each_mail_once(tmp_path: Path) -> None:
    octets = 500 * 20_000
    filled(tmp_path, 500, 20_000)
    world = taking_all()
    tracemalloc.start()
    owner, keeper = kept(tmp_path, world)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    keeper.close()
    assert owner.world.mailboxes["u@y.example"].length == 500
    assert octets * 0.9 < peak < octets * 1.5
