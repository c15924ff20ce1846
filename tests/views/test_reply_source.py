"""Which part of the program gives a reply, or could give one with a certain code."""

from __future__ import annotations

import pytest

from smtpsim.explain import LANGUAGES, words
from smtpsim.views.reply_source import candidates, source_of, sources

CASES = {
    ("RCPT TO:<a@b>", 550, "5.1.1"): ["user-unknown"],
    ("RCPT TO:<a@b>", 501, ""): ["rcpt-syntax", "utf8-not-announced", "bad-recipient"],
    ("MAIL FROM:<a@b>", 503, "5.5.1"): ["need-hello", "nested-mail", "only-quit"],
    ("DATA", 503, ""): ["need-hello", "need-mail", "need-rcpt"],
    (".", 552, "5.3.4"): ["letter-too-big", "header-too-big"],
    ("AUTH PLAIN x", 535, "5.7.8"): ["auth-failed"],
    ("XYZ", 500, "5.5.2"): ["unknown-command", "bad-syntax", "line-too-long"],
    ("RCPT TO:<a@b>", 999, ""): [],
}


@pytest.mark.parametrize(("asked", "keys"), CASES.items(), ids=str)
def test_candidates(asked: tuple[str, int, str], keys: list[str]) -> None:
    assert [source.rule.key for source in candidates(*asked)][: len(keys) or 1] == keys


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_source_has_a_name_and_words(lang: str) -> None:
    say = words(lang)
    for source in sources():
        assert source.shown(say)
        assert say(f"reply.{source.rule.key}")
        assert source_of(source.rule.key) is not None
