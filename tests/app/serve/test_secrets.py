"""What a server writes down of its sessions holds nothing that AUTH sent."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from smtpsim.app.serve.log import JsonLog
from smtpsim.app.serve.recorder import Recorder
from smtpsim.app.serve.service import Client
from smtpsim.app.serve.session import Session
from smtpsim.session.simulation import open_simulation
from smtpsim.world.load import shipped_world
from tests.transcript.log_ins import LOG_INS, told


@pytest.mark.parametrize("said", LOG_INS)
@pytest.mark.parametrize("host", ["smtp.example.com", "mx.docomo.ne.jp"])
def test_neither_the_log_nor_the_record_tells_a_secret(tmp_path: Path, said: tuple[str, ...], host: str) -> None:
    world = shipped_world()
    greeting = open_simulation(world, world.hosts[host])
    session = Session(1, "smtp", Client("192.0.2.10"), greeting, kept=True)
    written = io.StringIO()
    log, recorder = JsonLog(written), Recorder(str(tmp_path), ())
    simulation = greeting.after
    for line in ("EHLO a.example", *said, "NOOP"):
        turn = simulation.say(line)
        session.heard(turn, ())
        log.heard(session, turn)
        simulation = turn.after
    recorder.ended(session)
    (file,) = tmp_path.iterdir()
    text = written.getvalue() + file.read_text(encoding="utf-8")
    assert not told(text)
    assert "> NOOP" in text
    assert [json.loads(line)["client"] for line in written.getvalue().splitlines()][-1] == "NOOP"
