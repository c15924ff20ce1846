"""The `[sending]` table of a host, and what is taken when it says little."""

from __future__ import annotations

from smtpsim.world.load.fault import WorldFault
from smtpsim.world.load.sending import read_sending
from smtpsim.world.load.table import Report, Table
from smtpsim.world.sending.account import Account, Limits


def table(faults: list[WorldFault], **data: object) -> Table:
    return Table(data, Report("x.toml", "", faults))


def test_without_the_table_a_host_is_no_sending_service() -> None:
    assert read_sending(table([]), "x.example", ()) is None


def test_an_empty_table_is_a_service_with_the_usual_settings() -> None:
    faults: list[WorldFault] = []
    sending = read_sending(table(faults, sending={}), "x.example", ())
    assert sending is not None
    assert faults == []
    assert (sending.region, sending.suppression, sending.helo, sending.return_domain) == (
        "x.example",
        "shared",
        "x.example",
        "x.example",
    )
    assert (sending.local, sending.feedback, sending.simulator, sending.limits) == ("{id}", "complaints", "", Limits())


def test_everything_can_be_said() -> None:
    faults: list[WorldFault] = []
    accounts = {
        "a": {"users": ["A@x.example"], "domains": ["A.example"], "mail-from": "Bounce.a.example", "own-list": False}
    }
    limits = {"volume": 50, "minimum": 5, "bounce-review": 1, "bounce-pause": 2, "complaint-review": 3}
    data = {
        "region": "one", "suppression": "vendor", "accounts": accounts, "helo": "Out.x.example",
        "return-domain": "r.x.example", "local": "B+{id}", "feedback": "FBL", "simulator": "sim.example",
        "limits": {**limits, "complaint-pause": 4, "patience": 9},
    }  # fmt: skip
    sending = read_sending(table(faults, sending=data), "x.example", ("a@x.example",))
    assert sending is not None
    assert faults == []
    assert sending.accounts == {"a": Account("a", ("a@x.example",), ("a.example",), "bounce.a.example", False)}
    assert sending.limits == Limits(50, 5, 1, 2, 3, 4, 9)
    assert (sending.helo, sending.local, sending.feedback) == ("out.x.example", "b+{id}", "fbl")
    assert sending.return_domains == ("r.x.example", "bounce.a.example")
    assert sending.account_of("a@x.example") == sending.accounts["a"]
    assert (sending.simulated("ooto+x@sim.example"), sending.simulated("ooto@x.example")) == ("ooto", "")
