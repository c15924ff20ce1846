"""Conditions as people write them: what is read, and what is said of what cannot be read."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smtpsim.explain import LANGUAGES, words
from smtpsim.goals.condition import Condition, Operator, Scope, Term
from smtpsim.goals.parse import GoalFault, read_line, read_table, written
from smtpsim.goals.subjects import SUBJECTS
from smtpsim.render.json import state_object, turn_object
from tests.goals.stage import mail, turns_of


def test_a_line_is_a_subject_with_terms() -> None:
    read = read_line('not reply text~="x"'.replace("text", "lines"))
    assert isinstance(read, Condition)
    assert (read.subject, read.negated, read.scope) == ("reply", True, Scope.SESSION)
    assert read.terms == (Term("lines", Operator.CONTAINS, "x", exact=True),)


@pytest.mark.parametrize(
    ("line", "table"),
    [
        ("outcome recipient=b@c.d status=delivered", '{"outcome": {"recipient": "b@c.d", "status": "delivered"}}'),
        ("not header name=Bcc", '{"header": {"name": "Bcc"}, "not": true}'),
        ("reply code=550 scope=turn", '{"reply": {"code": 550}, "scope": "turn"}'),
        ("reply code>=500", '{"reply": {"code>": 500}}'),
        ('reply lines~="Relay access"', '{"reply": {"lines~": "Relay access"}}'),
        ('envelope from=""', '{"envelope": {"from": ""}}'),
        ("connection tls=true", '{"connection": {"tls": true}}'),
    ],
)
def test_a_table_says_the_same_as_a_line(line: str, table: str) -> None:
    read, also = read_line(line), read_table(json.loads(table))
    assert isinstance(read, Condition)
    assert isinstance(also, Condition)
    assert read._replace(text="") == also._replace(text="")


@pytest.mark.parametrize(
    ("line", "key", "meant"),
    [
        ("outcom status=delivered", "subject", "outcome"),
        ("outcome stats=delivered", "name", "status"),
        ("outcome status=deliverd", "value", "delivered"),
        ("check kind=spff", "value", "spf"),
        ("check identity=mailform", "value", "mailfrom"),
        ("reply code=550 scope=mails", "scope", "mail"),
        ("reply code>=x", "number", ""),
        ("reply code>=²", "number", ""),
        ("reply code 550", "term", ""),
        ('header name="Bcc', "term", ""),
        ("reply", "bare", ""),
        ("not", "subject", ""),
        ("", "subject", ""),
    ],
)
def test_what_cannot_be_read_is_told_with_what_was_meant(line: str, key: str, meant: str) -> None:
    fault = read_line(line)
    assert isinstance(fault, GoalFault)
    assert (fault.key, fault.meant) == (key, meant)
    for lang in LANGUAGES:
        assert words(lang)(f"goal.{fault.key}", **fault.values)


@pytest.mark.parametrize(
    "table", [{}, {"reply": 3}, {"reply": {}, "header": {}}, {"reply": {"code": 1}, "not": 1}, {"reply": {"code": [1]}}]
)
def test_a_wrong_table_is_told(table: dict[str, object]) -> None:
    assert isinstance(read_table(table), GoalFault)


@given(st.text())
def test_any_text_is_read_or_told(text: str) -> None:
    assert isinstance(read_line(text), Condition | GoalFault)


@given(st.sampled_from(["from", "to"]), st.sampled_from([str(operator) for operator in Operator][:2]), st.text())
def test_a_condition_is_written_as_it_is_read(name: str, operator: str, value: str) -> None:
    line = written("envelope", [(name, operator, value)], False)
    read = read_line(line)
    assert isinstance(read, Condition), line
    assert read.terms == (Term(name, Operator(operator), value),)


def test_the_names_are_those_of_the_json_turn() -> None:
    """A condition names an object of the JSON turn; only what is told beside it has names of its own."""
    turns = turns_of("HELO cgi.example.com", *mail())
    objects = [turn_object(turn) for turn in turns]
    state = state_object(turns[-1].after)
    reply = next(o["reply"] for o in objects if o["reply"])
    fates = [fact for o in objects for fact in o["facts"] if "recipient" in fact and "status" in fact]
    shown = {
        "reply": {*reply, "verb"},
        "connection": {*state["connection"], "phase", "esmtp"},
        "envelope": {*state["envelope"], "count"},
        "check": set(state["checks"][0]),
        "outcome": set(fates[0]),
        "fault": {"key", "column", "rule", "found"},
    }
    for subject, names in shown.items():
        assert set(SUBJECTS[subject].names) <= names, subject
