"""An SPF verdict as JSON data: everything is in it, and nothing that a terminal would obey."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

import pytest

from smtpsim.kernel.dns import MX, Answer, Record, Status
from smtpsim.render.spf_json import plain_verdict
from smtpsim.spf import check_host, mail_from_identity
from tests.spf.conftest import CLIENT, checked

ZONE = """\
example.com. TXT "v=spf1 a:none.example mx ~include:inc.example redirect=r.example"
example.com. MX 10 mx.example.com.
mx.example.com. A 198.51.100.1
inc.example. TXT "v=spf1 include:deep.example -all"
deep.example. TXT "v=spf1 ip4:10.0.0.0/8"
r.example. TXT "v=spf1 exists:%{ir}.bl.example -all exp=why.example"
why.example. TXT "You, %{c}, are not %{d}"
"""


def test_everything_is_there() -> None:
    plain = plain_verdict(checked(ZONE))
    assert json.loads(json.dumps(plain)) == plain
    assert {key: plain[key] for key in ("result", "reason", "domain", "term", "ref", "lookups", "voids")} == {
        "result": "fail",
        "reason": "matched",
        "domain": "example.com",
        "term": "-all",
        "ref": "RFC 7208 5.1",
        "lookups": 6,
        "voids": 2,
    }
    assert plain["explanation"] == plain["explained"]["text"] == "You, 192.0.2.10, are not r.example"
    (outer,) = plain["trace"]
    assert outer["query"]["records"] == [outer["record"]]
    assert outer["steps"][1] == {
        "term": "mx",
        "column": 23,
        "target": "example.com",
        "answers": [
            {
                "name": "example.com",
                "type": "MX",
                "status": "noerror",
                "records": ["10 mx.example.com"],
                "aliases": [],
            },
            {
                "name": "mx.example.com",
                "type": "A",
                "status": "noerror",
                "records": ["198.51.100.1"],
                "aliases": [],
            },
        ],
        "matched": False,
        "result": None,
        "reason": "no-match",
        "lookups": 2,
        "voids": 1,
        "ref": "RFC 7208 5.4",
        "nested": None,
    }
    assert outer["steps"][3]["nested"]["steps"][1]["term"] == "-all"


def test_a_fault() -> None:
    plain = plain_verdict(checked('example.com. TXT "v=spf1 a:1.2.3.4"'))
    assert plain["fault"] == plain["trace"][0]["fault"]
    assert plain["fault"] == {
        "key": "domain-is-address",
        "column": 10,
        "found": "1.2.3.4",
        "ref": "RFC 7208 7.1",
    }
    assert (plain["term"], plain["explained"]) == ("", None)


HOSTILE = "\x1b[31m\x9b\u202e\udcff\u2028"


def texts(plain: object) -> Iterator[str]:
    """All texts in JSON data, as a program has them that has read it."""
    if isinstance(plain, str):
        yield plain
    elif isinstance(plain, Mapping):
        yield from texts(list(plain.values()))
    elif isinstance(plain, list):
        for item in plain:
            yield from texts(item)


class Hostile:
    """Name servers that answer everything with control characters."""

    RECORDS: dict[str, Record] = {
        "TXT": b"v=spf1 a:%{l}.example mx:%{h} ptr exists:%{l}.x.example -all exp=%{l}.example",
        "A": "198.51.100.1",
        "MX": MX(10, f"mx{HOSTILE}.example"),
        "PTR": f"ptr{HOSTILE}.example",
    }

    def query(self, name: str, rdtype: str) -> Answer:
        return Answer(name, rdtype, Status.NOERROR, (self.RECORDS[rdtype],), (f"alias{HOSTILE}.example",))


@pytest.mark.parametrize(
    "sender", [f"{HOSTILE}@x.example", f"a@{HOSTILE}.example", "a@x.example", "\x1b[31m@x.example"]
)
def test_all_text_is_printable(sender: str) -> None:
    identity = mail_from_identity(sender, f"helo{HOSTILE}.example")
    verdict = check_host(CLIENT, identity.domain, identity.sender, f"helo{HOSTILE}.example", Hostile())
    assert all(text.isprintable() for text in texts(plain_verdict(verdict)))


def test_an_explanation_is_printable() -> None:
    zone = 'example.com. TXT "v=spf1 -all exp=why.example"\nwhy.example. TXT "%{s} of %{h}"'
    plain = plain_verdict(checked(zone, mail_from=f"{HOSTILE}@example.com", helo=f"{HOSTILE}.example"))
    assert plain["explained"]["key"] == "explained"
    assert all(text.isprintable() for text in texts(plain))


@pytest.mark.parametrize("octet", ["\\027", "\\007", "\\155", "\\255"])
def test_what_is_wrong_in_a_record_is_printable(octet: str) -> None:
    plain = plain_verdict(checked(f'example.com. TXT "v=spf1 {octet}[31ma -all"'))
    assert plain["fault"]["column"] == 8
    assert all(text.isprintable() for text in texts(plain))
