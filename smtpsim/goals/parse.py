"""Reads conditions: as a line of a transcript, or as a table of a lesson's file, which say the same."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from typing import NamedTuple

from smtpsim.goals.condition import Condition, Operator, Scope, Term
from smtpsim.goals.subjects import SUBJECTS, Subject

_TERM = re.compile(r'([A-Za-z_]+)(~=|>=|=)("(?:[^"\\]|\\.)*"|[^\s"]\S*|)(?:\s+|$)')
_ESCAPE = re.compile(r"\\(.)")
_KEY = re.compile(r"([A-Za-z_]+)([~>]?)")
_DIGITS = re.compile(r"[0-9]{1,18}", re.ASCII)
NOT = "not"
SCOPE = "scope"


class GoalFault(NamedTuple):
    """Why a condition cannot be read: the sentence `goal.KEY` and its values. `meant` is what may have been meant."""

    key: str
    values: Mapping[str, str] = {}
    meant: str = ""


def read_line(text: str) -> Condition | GoalFault:
    """The condition that a line says, as it stands after `# goal:`."""
    words = text.strip()
    negated = words == NOT or words.startswith(f"{NOT} ")
    name, _, rest = (words.removeprefix(NOT).strip() if negated else words).partition(" ")
    terms = _terms(rest.strip())
    return terms if isinstance(terms, GoalFault) else _condition(name, terms, negated, words)


def read_table(table: Mapping[str, object]) -> Condition | GoalFault:
    """The condition that a table says: `{ outcome = { status = "delivered" } }`. `"text~"` and `"count>"` stand for the
    other operators; `not = true` and `scope = "turn"` stand beside the subject."""
    negated, scope = table.get(NOT, False), table.get(SCOPE, "")
    name = next((name for name in table if name not in (NOT, SCOPE)), "")
    values = table.get(name)
    if len(table) > 1 + (NOT in table) + (SCOPE in table) or not isinstance(values, Mapping):
        return GoalFault("table", {"found": str(dict(table))})
    if not isinstance(negated, bool):
        return GoalFault("table", {"found": f"{NOT} = {negated}"})
    terms: list[tuple[str, str, str]] = [(SCOPE, "=", str(scope))] if scope else []
    for key, value in values.items():
        match = _KEY.fullmatch(str(key))
        if match is None or not isinstance(value, str | int):
            return GoalFault("term", {"found": f"{key} = {value}"})
        terms.append((match[1], f"{match[2]}=", str(value).lower() if isinstance(value, bool) else str(value)))
    return _condition(name, terms, negated, written(name, terms, negated))


def written(name: str, terms: Iterable[tuple[str, str, str]], negated: bool) -> str:
    """A condition as a line."""
    shown = (f"{term}{operator}{_quoted(value)}" for term, operator, value in terms)
    return " ".join([*([NOT] if negated else ()), name, *shown])


def _quoted(value: str) -> str:
    if value and not re.search(r'[\s"\\]', value):
        return value
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _terms(text: str) -> list[tuple[str, str, str]] | GoalFault:
    terms, at = [], 0
    while at < len(text):
        match = _TERM.match(text, at)
        if match is None:
            return GoalFault("term", {"found": text[at : at + 60]})
        terms.append((match[1], match[2], _unquoted(match[3])))
        at = match.end()
    return terms


def _unquoted(value: str) -> str:
    return _ESCAPE.sub(r"\1", value[1:-1]) if value.startswith('"') else value


def _condition(name: str, terms: Iterable[tuple[str, str, str]], negated: bool, text: str) -> Condition | GoalFault:
    subject = SUBJECTS.get(name)
    if subject is None:
        return _unknown("subject", name, SUBJECTS)
    scope, read = subject.scope, []
    for term, operator, value in terms:
        if term == SCOPE:
            if value not in tuple(Scope):
                return _unknown("scope", value, tuple(Scope))
            scope = Scope(value)
            continue
        made = _term(subject, term, operator, value)
        if isinstance(made, GoalFault):
            return made
        read.append(made)
    if not read:
        return GoalFault("bare", {"found": text, "known": ", ".join(subject.names)})
    return Condition(name, tuple(read), scope, negated, text)


def _term(subject: Subject, name: str, operator: str, value: str) -> Term | GoalFault:
    if name not in subject.names and not subject.open:
        return _unknown("name", name, subject.names)
    choices = subject.choices.get(name)
    if choices and operator == Operator.EQUAL and value not in choices():
        return _unknown("value", value, choices())
    if operator == Operator.AT_LEAST and not _DIGITS.fullmatch(value):
        return GoalFault("number", {"found": value, "name": name})
    return Term(name, Operator(operator), value, name in subject.exact)


def _unknown(key: str, found: str, known: Iterable[str]) -> GoalFault:
    names = tuple(known)
    close = get_close_matches(found, names, 1)
    return GoalFault(key, {"found": found, "known": ", ".join(names)}, close[0] if close else "")
