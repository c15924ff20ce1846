"""An SPF verdict as a tree of rows: every record, term and answer, and which of them decided."""

from __future__ import annotations

import pytest

from smtpsim.explain import LANGUAGES, words
from smtpsim.views.row import Mark
from smtpsim.views.trace import trace_rows
from tests.spf.conftest import checked

ZONE = """\
example.com. TXT "v=spf1 a:none.example mx ~include:inc.example redirect=r.example"
example.com. MX 10 mx.example.com.
mx.example.com. A 198.51.100.1
inc.example. TXT "v=spf1 include:deep.example -all"
deep.example. TXT "v=spf1 ip4:10.0.0.0/8"
r.example. TXT "v=spf1 exists:%{ir}.bl.example -all exp=why.example"
why.example. TXT "You, %{c}, are not %{d}"
"""

TREE = """\
none  example.com TXT: v=spf1 a:none.example mx ~include:inc.example redirect=r.example
none    a:none.example
none      none.example A: no such name
none    mx
none      example.com MX: 10 mx.example.com
none      mx.example.com A: 198.51.100.1
none    ~include:inc.example
none      inc.example TXT: v=spf1 include:deep.example -all
none        include:deep.example
none          deep.example TXT: v=spf1 ip4:10.0.0.0/8
none            ip4:10.0.0.0/8
note          deep.example: neutral
none        -all
bad       inc.example: fail
bad     redirect=r.example
none      r.example TXT: v=spf1 exists:%{ir}.bl.example -all exp=why.example
none        exists:%{ir}.bl.example
none          10.2.0.192.bl.example A: no such name
bad         -all
bad       r.example: fail
bad   example.com: fail
none  exp=why.example
none    why.example TXT: You, %{c}, are not %{d}
note    You, 192.0.2.10, are not r.example
"""


def test_the_whole_tree_and_the_terms_that_decided() -> None:
    rows = trace_rows(checked(ZONE), words("en"))
    assert "".join(f"{row.mark:5} {'  ' * row.depth}{row.value}\n" for row in rows) == TREE


def test_each_term_says_where_it_stands_and_what_was_used_up() -> None:
    remarks = {
        row.value: row.remark.replace("\N{NO-BREAK SPACE}", " ") for row in trace_rows(checked(ZONE), words("en"))
    }
    assert remarks["mx"] == "column 23; asks for example.com; no match; look-ups 2/10, void 1/2; RFC 7208 5.4"
    assert remarks["ip4:10.0.0.0/8"] == "column 8; no match; look-ups 4/10, void 1/2; RFC 7208 5.6"
    assert remarks["deep.example: neutral"].endswith("(RFC 7208 4.7)")
    assert remarks["example.com: fail"] == "by redirect=r.example (RFC 7208 6.1)"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_is_wrong_with_a_record_is_a_row(lang: str) -> None:
    (fault,) = (
        row for row in trace_rows(checked('example.com. TXT "v=spf1 \\027[31ma -all"'), words(lang)) if row.depth
    )
    assert fault.mark is Mark.BAD
    assert "8" in fault.value
    assert "\x1b" not in fault.value
