"""The outcome of a check as JUnit XML, as servers for continuous integration read it: a test suite a run, a test case
a file. There are no times in it: the same check gives the same file."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple
from xml.etree import ElementTree

from smtpsim.kernel.printable import printable

SUITE = "smtpsim replay"


class Case(NamedTuple):
    """A file. `failure` and `error` are one line, "" for none; `details` are the lines below the failure."""

    name: str
    failure: str = ""
    error: str = ""
    details: tuple[str, ...] = ()


def junit(cases: Sequence[Case]) -> bytes:
    """The XML document, UTF-8. What XML has no place for (controls, lone surrogates) is shown by a stand-in."""
    counts = {
        "tests": str(len(cases)),
        "failures": str(sum(bool(case.failure) for case in cases)),
        "errors": str(sum(bool(case.error) for case in cases)),
    }
    root = ElementTree.Element("testsuites", {"name": SUITE, **counts})
    suite = ElementTree.SubElement(root, "testsuite", {"name": SUITE, **counts, "skipped": "0"})
    for case in cases:
        _add(suite, case)
    ElementTree.indent(root)
    document: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return document + b"\n"


def _add(suite: ElementTree.Element, case: Case) -> None:
    element = ElementTree.SubElement(suite, "testcase", classname="smtpsim.replay", name=printable(case.name))
    for tag, kind, message in (("failure", "difference", case.failure), ("error", "unreadable", case.error)):
        if message:
            found = ElementTree.SubElement(element, tag, message=printable(message), type=kind)
            found.text = "\n".join(map(printable, case.details)) or None
