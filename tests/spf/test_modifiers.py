"""redirect, exp, and modifiers that no rule knows (RFC 7208 4.6.3, 6)."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from smtpsim.spf import Verdict

Finding = Callable[..., Verdict]

TARGETS = """\
pass.example. TXT "v=spf1 +all"
fail.example. TXT "v=spf1 -all exp=deep.example"
chain.example. TXT "v=spf1 redirect=fail.example"
here.example. TXT "v=spf1 a -all"
here.example. A 192.0.2.10
empty.example. TXT "v=spf1"
wrong.example. TXT "v=spf1 moo"
plain.example. A 192.0.2.1
slow.example TIMEOUT
why.example. TXT "no mail for %{s} from %{c}"
deep.example. TXT "deep %{d}"
two.example. TXT "one"
two.example. TXT "two"
split.example. TXT "on" "e"
bad.example. TXT "the %{x}-files"
control.example. TXT "red \\027[31m"
foreign.example. TXT "\\195\\188"
dot.example. TXT "The end."
"""


@pytest.mark.parametrize(
    ("terms", "result", "term"),
    [
        ("redirect=pass.example", "pass", "all"),
        ("redirect=pass.example.", "pass", "all"),
        ("redirect=fail.example ip4:192.0.2.10", "pass", "ip4:192.0.2.10"),
        ("redirect=pass.example -all", "fail", "-all"),
        ("redirect=none.example ?all", "neutral", "?all"),
        ("redirect=chain.example", "fail", "-all"),
        ("redirect=here.example", "pass", "a"),
        ("redirect=%{d1}.example", "permerror", "redirect=%{d1}.example"),
        ("redirect=empty.example", "neutral", ""),
        ("redirect=none.example", "permerror", "redirect=none.example"),
        ("redirect=plain.example", "permerror", "redirect=plain.example"),
        ("redirect=a..example", "permerror", "redirect=a..example"),
        ("redirect=wrong.example", "permerror", ""),
        ("redirect=slow.example", "temperror", ""),
        ("moo=x Moo=x MOO=%{d} -all", "fail", "-all"),
        ("default=pass", "neutral", ""),
        ("redirecting=none.example", "neutral", ""),
    ],
)
def test_redirect(check: Finding, terms: str, result: str, term: str) -> None:
    verdict = check(f'example.com. TXT "v=spf1 {terms}"\n{TARGETS}')
    assert (verdict.result, verdict.term) == (result, term)


@pytest.mark.parametrize(
    ("terms", "text", "key"),
    [
        ("-all exp=why.example", "no mail for ann@example.com from 192.0.2.10", "explained"),
        ("exp=why.example. -all", "no mail for ann@example.com from 192.0.2.10", "explained"),
        ("-all exp=split.example", "one", "explained"),
        ("-all exp=dot.example", "The end.", "explained"),
        ("-all exp=two.example", "", "several-txt"),
        ("-all exp=none.example", "", "no-txt"),
        ("-all exp=plain.example", "", "no-txt"),
        ("-all exp=slow.example", "", "dns-failure"),
        ("-all exp=bad.example", "", "syntax"),
        ("-all exp=control.example", "", "syntax"),
        ("-all exp=foreign.example", "", "syntax"),
        ("-all exp=a..example", "", "target-unusable"),
        ("redirect=fail.example exp=why.example", "deep fail.example", "explained"),
        ("redirect=chain.example exp=why.example", "deep fail.example", "explained"),
        (
            "?include:fail.example -all exp=why.example",
            "no mail for ann@example.com from 192.0.2.10",
            "explained",
        ),
        ("-all redirect=pass.example exp=why.example", "no mail for ann@example.com from 192.0.2.10", "explained"),
        ("redirect=pass.example exp=why.example -all", "no mail for ann@example.com from 192.0.2.10", "explained"),
        ("exp=why.example redirect=fail.example", "deep fail.example", "explained"),
        ("-include:pass.example exp=why.example", "no mail for ann@example.com from 192.0.2.10", "explained"),
    ],
)
def test_explanation(check: Finding, terms: str, text: str, key: str) -> None:
    verdict = check(f'example.com. TXT "v=spf1 {terms}"\n{TARGETS}')
    assert verdict.result == "fail"
    assert verdict.explained is not None
    assert (verdict.explanation, verdict.explained.key) == (text, key)


@pytest.mark.parametrize("terms", ["~all exp=why.example", "+all exp=why.example", "exp=why.example", "-all"])
def test_nothing_to_explain(check: Finding, terms: str) -> None:
    verdict = check(f'example.com. TXT "v=spf1 {terms}"\n{TARGETS}')
    assert (verdict.explanation, verdict.explained) == ("", None)


def test_looking_up_the_explanation_is_not_counted(check: Finding) -> None:
    verdict = check('example.com. TXT "v=spf1 a:n.example a:m.example -all exp=none.example"')
    assert (verdict.result, verdict.lookups, verdict.voids) == ("fail", 2, 2)


def test_a_fault_in_the_explanation_has_its_column(check: Finding) -> None:
    verdict = check('example.com. TXT "v=spf1 -all exp=e.example"\ne.example. TXT "12%{i} 9%{x}"')
    assert verdict.explained is not None
    assert verdict.explained.fault is not None
    assert (verdict.explained.fault.key, verdict.explained.fault.column) == ("macro-letter", 9)
