"""What MAIL and RCPT have in common: keyword, colon, path and parameters (RFC 5321 4.1.1.2, 4.1.1.3)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from smtpsim.kernel.address import Path
from smtpsim.kernel.fault import Fault, Remarks
from smtpsim.protocol.smtp.fault import fault
from smtpsim.protocol.smtp.grammar import FULL_WIDTH
from smtpsim.protocol.smtp.parameters import Parameter, read_parameters
from smtpsim.protocol.smtp.path import read_path
from smtpsim.protocol.smtp.service import Command, ParameterCheck, Service
from smtpsim.protocol.smtp.state import State


class Wrong(NamedTuple):
    """Why an envelope line is refused: the reply's key, the fault, and the value of the reply's text."""

    reply: str
    fault: Fault
    name: str = ""


class EnvelopeLine(NamedTuple):
    """A line that is well formed; the path begins at `column`."""

    path: Path
    column: int
    parameters: tuple[Parameter, ...]
    remarks: Remarks


class Form(NamedTuple):
    """How a verb's line looks and is refused: its keyword, the keys of the replies, and the keys of the faults that
    the verb has words of its own for.

    `by_fault` names replies of single faults of the path; all others get `bad_path`. `missing` is the fault of a
    line without an address, `several` that of a line with more than one.
    """

    keyword: str
    opening: re.Pattern[str]
    syntax: str
    bad_path: str
    by_fault: Mapping[str, str]
    missing: str
    several: str


def opening(keyword: str) -> re.Pattern[str]:
    """The keyword and its colon; what stands between them is the first group."""
    return re.compile(rf"{keyword}([ \t]*):", re.IGNORECASE)


def read_envelope_line(command: Command, form: Form) -> EnvelopeLine | Wrong:
    """Read `FROM:<path> parameters` or `TO:<path> parameters`."""
    opened = form.opening.match(command.line, command.start)
    if not opened:
        return Wrong(form.syntax, _keyword_fault(command, form.keyword))
    if opened.group(1):
        return Wrong("bad-syntax", fault("space-before-colon", opened.start(1) + 1))
    start = opened.end()
    if start == len(command.line):
        return Wrong(form.syntax, fault(form.missing, start + 1))
    line = _read(command.line, start, form)
    if isinstance(line, EnvelopeLine):
        return line
    second = _SECOND_ADDRESS.search(command.line, start)
    return line._replace(fault=fault(form.several, second.start(1) + 1, second.group(1))) if second else line


def _read(line: str, start: int, form: Form) -> EnvelopeLine | Wrong:
    """Read the path that begins at index `start`, and the parameters after it."""
    found = read_path(line, start)
    if isinstance(found, Fault):
        return Wrong(form.by_fault.get(found.key, form.bad_path), found, found.found)
    parameters = read_parameters(line, found.end)
    if isinstance(parameters, Fault):
        key = "parameter-unknown" if parameters.key == "parameter-syntax" else form.bad_path
        return Wrong(key, parameters, parameters.found)
    return EnvelopeLine(found.path, found.start + 1, parameters, found.remarks)


_NO_WORD = r'\s<>,;:@"()、'
_FIRST = rf"(?<![^{_NO_WORD}])[^{_NO_WORD}]++@[^{_NO_WORD}]++"
_SECOND = rf"[^={_NO_WORD}]++@[^={_NO_WORD}]++"

# A second address as people write lists: after a comma or the like, blanks, `and`, a bracket, or a name. One with
# an equals sign would be the value of a parameter.
_SECOND_ADDRESS = re.compile(
    rf"{_FIRST}>?(?:[\s,;、&<]++(?:[Aa][Nn][Dd]\s+)?<?|\s*[,;、][^<>@,;、]*<)({_SECOND})",
)


def _keyword_fault(command: Command, keyword: str) -> Fault:
    if command.argument.upper().startswith(keyword):
        return fault("colon-missing", command.start + len(keyword) + 1)
    return fault("keyword-missing", command.start + 1, keyword)


def checked_domain(line: EnvelopeLine, announced: bool, form: Form) -> EnvelopeLine | Wrong:
    """A domain beyond ASCII needs the SMTPUTF8 parameter of MAIL (RFC 6531 3.3). Full-width letters are only mistyped,
    so that SMTPUTF8 is no advice on them."""
    beyond = [remark for remark in line.remarks if remark.key == "utf8-not-announced"]
    if not beyond:
        return line
    wide = FULL_WIDTH.search(beyond[-1].found)
    if announced or wide:
        line = line._replace(remarks=tuple(remark for remark in line.remarks if remark not in beyond))
    if announced or line.path.domain.isascii():
        return line
    if wide:
        return Wrong(form.bad_path, fault("domain-syntax", beyond[-1].column, line.path.domain))
    return Wrong("utf8-not-announced", beyond[-1])


def checked_parameters(
    line: EnvelopeLine, known: Mapping[str, ParameterCheck], state: State, service: Service
) -> EnvelopeLine | Wrong:
    """The line with what is odd about its parameters, or the first one that is refused."""
    if not line.parameters:
        return line
    odd = line.remarks
    if not state.esmtp:
        odd += (fault("parameter-without-ehlo", line.parameters[0].column, line.parameters[0].name),)
    seen: set[str] = set()
    for parameter in line.parameters:
        found = _checked(parameter, known, service, seen)
        if isinstance(found, Wrong):
            return found
        odd += found
        seen.add(parameter.name)
    return line._replace(remarks=odd)


def _checked(
    parameter: Parameter, known: Mapping[str, ParameterCheck], service: Service, seen: set[str]
) -> Remarks | Wrong:
    """What is odd about a parameter, or why it is refused. `seen` are the names before it."""
    name = parameter.name
    if name not in known:
        return Wrong("parameter-unknown", fault("parameter-unknown", parameter.column, name), name)
    odd: Remarks = ()
    ruling = known[name](parameter, service)
    if ruling.fault:
        odd += (fault(ruling.fault, parameter.value_column, ruling.found or parameter.value or ""),)
    if ruling.refusal:
        return Wrong(ruling.refusal, odd[0], name)
    if name in seen:
        odd += (fault("parameter-twice", parameter.column, name),)
        if name in service.single_parameters:
            return Wrong("parameter-syntax", odd[-1], name)
    return odd
