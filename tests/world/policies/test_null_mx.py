"""The policy `null_mx`: no mail from a domain that takes none (RFC 7505 4.2)."""

from __future__ import annotations

import pytest

from smtpsim.kernel.dns import MX, Status
from smtpsim.world.model import World
from tests.world.policies.dialogues import SHIPPED, connected, say, with_policies

SILENT = SHIPPED._replace(zones=SHIPPED.zones.with_record("silent.example", "MX", MX(0, "")))
BESIDE = SHIPPED._replace(zones=SILENT.zones.with_record("silent.example", "MX", MX(10, "mx.silent.example")))
DOWN = SHIPPED._replace(zones=SILENT.zones.with_failure("silent.example", Status.SERVFAIL))


@pytest.mark.parametrize(
    ("world", "sender", "code"),
    [
        (SILENT, "ann@silent.example", 550),
        (SILENT, "ann@SILENT.example", 550),
        (SILENT, "ann@other.silent.example", 250),
        (SILENT, "", 250),
        (SILENT, "ann@hogefuga.com", 250),
        (SILENT, "ann@nowhere.invalid", 250),
        (BESIDE, "ann@silent.example", 250),  # not alone, it means nothing (RFC 7505 3)
        (DOWN, "ann@silent.example", 250),
    ],
)
def test_only_a_null_mx_is_refused(world: World, sender: str, code: int) -> None:
    said = say(connected(with_policies(("null_mx", {}), world=world)).after, "EHLO a.example", f"MAIL FROM:<{sender}>")
    assert said.codes == (250, code)


def test_the_reply_has_the_code_of_the_rfc() -> None:
    simulation = connected(with_policies(("null_mx", {}), world=SILENT)).after.say("EHLO a.example").after
    reply = simulation.say("MAIL FROM:<ann@silent.example>").reply
    assert reply is not None
    assert (reply.code, reply.enhanced, reply.ref.rfc) == (550, "5.7.27", 7505)


def test_where_the_policy_is_off_the_mail_is_taken() -> None:
    said = say(connected(with_policies(world=SILENT)).after, "EHLO a.example", "MAIL FROM:<ann@silent.example>")
    assert said.codes == (250, 250)
