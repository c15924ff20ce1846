"""What MAIL and RCPT have in common: keyword, colon, path and parameters (RFC 5321 4.1.1.2, 4.1.1.3)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from smtpsim.kernel.address import Path
from smtpsim.protocol.smtp.extension import ParameterCheck
from smtpsim.protocol.smtp.fault import Fault, fault
from smtpsim.protocol.smtp.parameters import Parameter, read_parameters
from smtpsim.protocol.smtp.path import read_path
from smtpsim.protocol.smtp.service import Service
from smtpsim.protocol.smtp.step import Command


class Wrong(NamedTuple):
    """Why an envelope line is refused: the reply's key, the fault, and the value of the reply's text."""

    reply: str
    fault: Fault
    name: str = ""


class EnvelopeLine(NamedTuple):
    path: Path
    parameters: tuple[Parameter, ...]
    remarks: tuple[Fault, ...]


class Form(NamedTuple):
    """How a verb's line looks and is refused: its keyword, and the keys of the replies.

    `by_fault` names replies of single faults of the path; all others get `bad_path`.
    """

    keyword: str
    syntax: str
    bad_path: str
    by_fault: Mapping[str, str]


def read_envelope_line(command: Command, form: Form) -> EnvelopeLine | Wrong:
    """Read `FROM:<path> parameters` or `TO:<path> parameters`."""
    colon = re.compile(rf"{form.keyword}([ \t]*):", re.IGNORECASE).match(command.argument)
    if not colon:
        return Wrong(form.syntax, _keyword_fault(command, form.keyword))
    if colon.group(1):
        return Wrong("bad-syntax", fault("space-before-colon", command.start + len(form.keyword) + 1))
    found = read_path(command.line, command.start + colon.end())
    if isinstance(found, Fault):
        return _wrong_path(form, found)
    parameters = read_parameters(command.line, found.end)
    if isinstance(parameters, Fault):
        key = "parameter-unknown" if parameters.key == "parameter-syntax" else form.bad_path
        return Wrong(key, parameters, parameters.found)
    return EnvelopeLine(found.path, parameters, found.remarks)


def _wrong_path(form: Form, found: Fault) -> Wrong:
    if found.key == "path-missing":
        return Wrong(form.syntax, found)
    if found.key == "display-name":
        return Wrong("parameter-unknown", found, found.found)
    return Wrong(form.by_fault.get(found.key, form.bad_path), found)


def _keyword_fault(command: Command, keyword: str) -> Fault:
    if command.argument.upper().startswith(keyword):
        return fault("colon-missing", command.start + len(keyword) + 1)
    return fault("keyword-missing", command.start + 1, keyword)


def check_parameters(
    parameters: tuple[Parameter, ...], known: Mapping[str, ParameterCheck], service: Service
) -> Wrong | tuple[Fault, ...]:
    """The first parameter that is refused, or what is odd about them."""
    odd: tuple[Fault, ...] = ()
    seen: set[str] = set()
    for parameter in parameters:
        name, value, column = parameter
        if name not in known:
            return Wrong("parameter-unknown", fault("parameter-unknown", column, name), name)
        ruling = known[name](parameter, service)
        if ruling.refusal:
            return Wrong(ruling.refusal, fault("parameter-value", column, value or ""), name)
        if name in seen:
            twice = fault("parameter-twice", column, name)
            if ruling.once:
                return Wrong("parameter-syntax", twice, name)
            odd += (twice,)
        if ruling.odd:
            odd += (fault("parameter-value", column, value or ""),)
        seen.add(name)
    return odd


def utf8_domain(path: Path, announced: bool) -> Wrong | None:
    """A domain beyond ASCII needs the SMTPUTF8 parameter of MAIL (RFC 6531 3.3)."""
    if announced or path.domain.isascii():
        return None
    return Wrong("utf8-not-announced", fault("utf8-not-announced", 0, path.domain))
