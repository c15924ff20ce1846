"""A service is put together from the core and the extensions that a host names."""

from __future__ import annotations

import pytest

from smtpsim.protocol.smtp import extensions, offer
from smtpsim.protocol.smtp.offer import extension_names, without
from smtpsim.protocol.smtp.service import Limits
from tests.protocol.dialogue import FULL, HELLO, RCPT, Dialogue

NAMES = extensions.names()
RFCS = {
    "auth": 4954,
    "binarymime": 3030,
    "chunking": 3030,
    "dsn": 3461,
    "eightbitmime": 6152,
    "enhancedstatuscodes": 2034,
    "pipelining": 2920,
    "size": 1870,
    "smtputf8": 6531,
    "starttls": 3207,
}
"""The extensions that there must be at least, and where they come from."""


def test_every_file_is_an_extension_of_its_name() -> None:
    assert tuple(sorted(NAMES)) == NAMES
    assert RFCS.keys() <= set(NAMES)
    assert tuple(extensions.load(name).name for name in NAMES) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_each_extension_alone(name: str) -> None:
    extension = extensions.load(name)
    service = offer.service("mx.example.net", [name])
    assert service.offers(extension.keyword)
    assert extension.ref.rfc == RFCS.get(name, extension.ref.rfc)
    keywords = [line.split(" ")[0] for line in Dialogue(service).reply(*HELLO).lines]
    assert keywords[1:] == [extension.keyword, "HELP"]
    assert {verb.name for verb in extension.verbs} <= service.verbs.keys()
    assert extension.single <= extension.mail.keys() | extension.rcpt.keys()


@pytest.mark.parametrize("name", ["", "nosuch", "..size", "size.x", "__init__", "os"])
def test_unknown_extensions(name: str) -> None:
    with pytest.raises(LookupError):
        offer.service("mx.example.net", [name])


def test_limits_of_a_host_that_states_none() -> None:
    assert offer.service("mx.example.net").limits == Limits(size=10_485_760, recipients=1000, errors=20)


def test_switching_off() -> None:
    less = without(FULL, "chunking", "auth", "nosuch")
    assert extension_names(less) == tuple(name for name in NAMES if name not in ("chunking", "auth"))
    assert "BDAT" not in less.verbs
    assert extension_names(without(FULL)) == NAMES


def test_what_the_host_states_is_kept_when_something_is_switched_off() -> None:
    mine = offer.service("mx.example.net", NAMES, Limits(size=5), ("PLAIN",), {"noop": "Yes?"})
    less = without(mine, "dsn")
    assert (less.limits, less.mechanisms, dict(less.texts)) == (Limits(size=5), ("PLAIN",), {"noop": "Yes?"})


def test_the_words_of_the_host() -> None:
    mine = offer.service(
        "mx.example.net",
        ["enhancedstatuscodes"],
        texts={"connected": "{server} ready\nNo spam", "mail-ok": "{address}, okay", "noop": "a\r\x1b[2J{nobody}"},
    )
    dialogue = Dialogue(mine)
    assert dialogue.step.reply is not None
    assert dialogue.step.reply.wire() == "220-mx.example.net ready\r\n220 No spam\r\n"
    assert dialogue.reply(*HELLO, "MAIL FROM:<ann@example.com>").lines == ("2.1.0 ann@example.com, okay",)
    assert dialogue.reply("NOOP").lines == ("2.0.0 a\\x{0D}\\x{1B}[2J{nobody}",)


def test_a_fixed_reply_is_the_same_object_each_time() -> None:
    dialogue = Dialogue()
    assert dialogue.reply("NOOP") is dialogue.reply("NOOP")
    assert dialogue.reply(*RCPT, "NOOP").lines == ("2.0.0 Ok",)
