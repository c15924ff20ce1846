"""Every key that can come up is explained in three lengths, in every complete language."""

from __future__ import annotations

from collections import Counter

import pytest

from smtpsim.explain import words
from smtpsim.explain.words import entries
from smtpsim.views.code import code, pocket
from smtpsim.views.glossary import TERMS
from smtpsim.views.lengths import SECTIONS, keys, lengths, rules
from smtpsim.views.row import Panel
from smtpsim.views.topics import _BY_BEGINNING, _BY_KEY, TOPICS, _ruled, line_to_try, topic_of
from smtpsim.views.tries import TRIES
from tests.explain.test_catalogues import COMPLETE
from tests.explain.test_coverage import EMITTED

KEYS = tuple(keys(words("en")))


def values(page: Panel | None) -> list[str]:
    assert page is not None
    return [row.value for section in page.sections for row in section.rows]


@pytest.mark.parametrize("lang", COMPLETE)
def test_every_key_has_three_lengths_and_none_is_another(lang: str) -> None:
    say = words(lang)
    assert len(KEYS) > 500
    paragraphs = Counter(lengths(key, say).paragraph for key in KEYS)
    for key in KEYS:
        line, paragraph, more = lengths(key, say)
        assert line
        assert len({line, paragraph, more}) == 3, key
        assert len(paragraph) > len(line) + 100 // (1 + (lang == "ja")), key
        assert line_to_try(key, topic_of(key, rules().get(key))) in more, key
        assert not any(unfilled in paragraph for unfilled in ("{column}", "{found}", "{{")), key
    same_line = Counter(lengths(key, say).line for key in KEYS)
    assert all(paragraphs[lengths(key, say).paragraph] <= same_line[lengths(key, say).line] for key in KEYS)


def test_what_a_session_emits_is_among_the_keys() -> None:
    """The others are sentences of the simulator: what can be typed now, a world's mistakes, a policy's one line."""
    missing = {f"{section}.{key}" for section in EMITTED for key in EMITTED[section]} - set(KEYS)
    assert {key.partition(".")[0] for key in missing} == {"next", "policy", "world"}
    assert set(rules()) <= set(KEYS)


def test_every_rule_of_smtp_and_spf_has_a_topic() -> None:
    rest = ("pop3.", "imap.", "glossary.")
    assert [key for key, ref in rules().items() if not key.startswith(rest) and not _ruled(ref)] == []


def test_a_rule_counts_for_those_below_it_and_the_nearest_wins() -> None:
    found = {key: topic_of(key, rules().get(key)) for key in ("reply.mail-ok", "reply.noop", "fault.after-path")}
    assert found == {"reply.mail-ok": "reverse-path", "reply.noop": "session", "fault.after-path": "path"}
    assert topic_of("reply.noop", rules()["reply.noop"]) == "session"
    assert topic_of("reply.bye", rules()["reply.bye"]) == "session", "4.1.1.10 is no part of 4.1.1.1"


def test_exceptions_name_keys_and_topics_that_there_are() -> None:
    assert _BY_KEY.keys() <= set(KEYS)
    assert [begin for begin in _BY_BEGINNING if not any(key.startswith(begin) for key in KEYS)] == []
    assert TRIES.keys() <= set(KEYS)
    assert [key for key, line in TRIES.items() if line == TOPICS[topic_of(key, rules().get(key))]] == []
    assert set(_BY_KEY.values()) <= TOPICS.keys()
    assert {topic_of(key, rules().get(key)) for key in KEYS} <= TOPICS.keys()


@pytest.mark.parametrize("lang", COMPLETE)
def test_topics_have_names_a_paragraph_and_a_picture(lang: str) -> None:
    assert entries(lang, "term").keys() - TOPICS.keys() == {"try", "try-it"}
    for section in ("term", "paragraph", "picture"):
        assert TOPICS.keys() <= entries(lang, section).keys()
    for section in ("paragraph", "picture"):
        texts = [entries(lang, section)[topic] for topic in TOPICS]
        assert len(set(texts)) == len(TOPICS) == len(entries(lang, section))


@pytest.mark.parametrize("lang", COMPLETE)
def test_a_name_belongs_to_one_topic_and_leads_to_it(lang: str) -> None:
    say = words(lang)
    names = [name for topic in TOPICS for name in {topic, *say(f"term.{topic}").casefold().split(", ")}]
    assert [name for name, count in Counter(names).items() if count > 1] == []
    for topic in TOPICS:
        for name in say(f"term.{topic}").split(", "):
            shown = values(code(name, say))
            assert {say(f"paragraph.{topic}"), say(f"picture.{topic}"), TOPICS[topic]} <= set(shown), name


def test_a_key_of_json_is_explained() -> None:
    say = words("en")
    shown = values(code("rcpt-ok", say))
    texts = ("reply.rcpt-ok", "paragraph.forward-path", "picture.forward-path")
    assert shown[-4:] == [*map(say, texts), "DATA"]
    assert values(code("spf.reason-no-record", say))[0] == say("spf.reason-no-record")
    assert code("no-such-key", say) is None


@pytest.mark.parametrize("lang", COMPLETE)
def test_the_pocket_reference_holds_commands_codes_and_words(lang: str) -> None:
    say = words(lang)
    verbs, codes, terms, topics = pocket(say).sections
    assert {row.key for row in verbs.rows} >= {"verb-MAIL", "verb-QUIT"}
    assert {row.label for row in codes.rows} >= {"250", "550"}
    assert [row.key for row in terms.rows] == list(TERMS)
    assert [row.key for row in topics.rows] == list(TOPICS)


def test_sections_are_named_once() -> None:
    assert len(set(SECTIONS)) == len(SECTIONS)
