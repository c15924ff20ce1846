"""Where keys stand in a TOML text, and how a table is read with care."""

from __future__ import annotations

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smtpsim.world.load.fault import WorldFault
from smtpsim.world.load.lines import key_lines
from smtpsim.world.load.table import Report, Table

TEXT = """\
# size = 1
size = 1
about = "fail = 1"
long = \"\"\"
size = 2
[limits]
\"\"\"
list = [
    "fail", # fail = 1
    "size",
]

[limits]
size = 3

[policy.spf]
fail = "mark"

[policy."a.b"]
"fail" = 1
inline = { size = 1, deep = { fail = 2 } }

[other]
a.b.fail = 1
  size   = 4
"""

PLACES = {
    ("size",): 2,
    ("about",): 3,
    ("long",): 4,
    ("list",): 8,
    ("limits",): 13,
    ("limits", "size"): 14,
    ("policy",): 16,
    ("policy", "spf"): 16,
    ("policy", "spf", "fail"): 17,
    ("policy", "a.b"): 19,
    ("policy", "a.b", "fail"): 20,
    ("policy", "a.b", "inline", "size"): 21,
    ("policy", "a.b", "inline", "deep", "fail"): 21,
    ("other", "a", "b", "fail"): 24,
    ("other", "size"): 25,
    ("other", "missing"): 23,
    ("policy", "spf", "missing"): 16,
    ("missing",): 0,
}


@pytest.mark.parametrize(("path", "line"), PLACES.items(), ids=lambda value: str(value))
def test_the_line_of_a_key(path: tuple[str, ...], line: int) -> None:
    assert Report("a.toml", TEXT, []).line_of(*path) == line


KEYS = st.sampled_from(("a", "b", "size", "c-d", '"e f"', "'g.h'"))
VALUES = st.sampled_from(
    ("1", '"x"', "[\n1,\n2 # two\n]", '"""\na = 1\n"""', "{ a = 1, b = { size = 2 } }", "'''\n[a]'''")
)
STATEMENTS = st.lists(
    st.one_of(
        st.tuples(KEYS, VALUES).map(lambda pair: f"{pair[0]} = {pair[1]}"),
        st.tuples(KEYS, KEYS).map(lambda pair: f"[{pair[0]}.{pair[1]}]"),
        KEYS.map(lambda key: f"[{key}]"),
        st.just("# a = 1"),
        st.just(""),
    )
)


def _every_path(data: dict[str, object], above: tuple[str, ...] = ()) -> set[tuple[str, ...]]:
    found = set()
    for key, value in data.items():
        found.add((*above, key))
        if isinstance(value, dict):
            found |= _every_path(value, (*above, key))
    return found


@given(STATEMENTS)
def test_every_key_of_a_text_has_a_line(statements: list[str]) -> None:
    text = "\n".join(statements)
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return
    lines = text.split("\n")
    places = key_lines(text)
    assert places.keys() == _every_path(data)
    for path, line in places.items():
        assert path[-1] in lines[line - 1]


def read(text: str) -> tuple[Table, list[WorldFault]]:
    faults: list[WorldFault] = []
    return Table(tomllib.loads(text), Report("a.toml", text, faults)), faults


def test_values_of_the_right_type() -> None:
    table, faults = read('a = "x"\nb = 0\nc = ["y"]\nd = false\n[e]\nf = "z"')
    assert (table.text("a"), table.number("b", 9), table.texts("c"), table.flag("d", True)) == ("x", 0, ("y",), False)
    assert table.mapping("e") == {"f": "z"}
    table.close()
    assert faults == []


def test_missing_values_have_their_defaults() -> None:
    table, faults = read("")
    assert (table.text("a", "x"), table.number("b", 9), table.texts("c", ("y",)), table.flag("d", True)) == (
        "x",
        9,
        ("y",),
        True,
    )
    assert table.table("e").data == {}
    assert faults == []


def test_values_of_a_wrong_type_have_their_defaults_and_are_reported() -> None:
    table, faults = read('a = 1\nb = "1"\nc = "y"\nd = 1\ne = 1')
    table.text("a"), table.number("b", 9), table.texts("c"), table.flag("d", True), table.table("e")
    assert [(fault.line, fault.key) for fault in faults] == [
        (1, "not-a-text"),
        (2, "not-a-number"),
        (3, "not-a-list"),
        (4, "not-a-flag"),
        (5, "not-a-table"),
    ]
