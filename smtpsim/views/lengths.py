"""What a key means, in three lengths: its line, a paragraph, and more with a picture and a line to try."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import NamedTuple

from smtpsim.explain import Words
from smtpsim.kernel.ref import Ref
from smtpsim.protocol.imap import fault as imap_fault
from smtpsim.protocol.pop3 import fault as pop3_fault
from smtpsim.protocol.smtp import extensions, fault, recorded, replies
from smtpsim.spf import fault as spf_fault
from smtpsim.views.glossary import TERMS
from smtpsim.views.page import part
from smtpsim.views.row import Row, Section, cited
from smtpsim.views.topics import TOPICS, line_to_try, topic_of
from smtpsim.world import policies

SECTIONS = ("reply", "fault", "fact", "fate", "after", "handling", "spf", "dkim", "dmarc", "arc", "pop3", "imap")
"""The sections of the catalogues whose keys can come up in a session, the commonest first."""


class _Unknown(dict[str, str]):
    """The values of a sentence's fields where there is no session."""

    def __missing__(self, field: str) -> str:
        return "…"


class Lengths(NamedTuple):
    """`paragraph` says the line, its rule and what is behind it; `more` is a picture and a line to try."""

    line: str
    paragraph: str
    more: str


def lengths(key: str, words: Words) -> Lengths:
    """A key of the catalogues (`fault.colon-missing`) in all lengths; what only a session knows is an ellipsis."""
    section, _, name = key.partition(".")
    line = words.section(section)[name].format_map(_Unknown())
    ref = rules().get(key)
    topic = topic_of(key, ref)
    rule = f" ({cited(ref)})" if ref else ""
    return Lengths(line, f"{line}{rule} {words(f'paragraph.{topic}')}", more(key, topic, words))


def more(key: str, topic: str, words: Words) -> str:
    return f"{words(f'picture.{topic}')} {words('term.try', line=line_to_try(key, topic))}"


def keys(words: Words) -> Iterator[str]:
    """All keys that can come up."""
    for section in SECTIONS:
        yield from (f"{section}.{name}" for name in words.section(section))
    yield from (f"glossary.{name}" for name in TERMS)


@cache
def rules() -> Mapping[str, Ref]:
    """The rule behind each key that has one."""
    found = {f"glossary.{key}": ref for key, ref in TERMS.items() if ref}
    found |= {f"fault.{key}": ref for key, ref in fault.RULES.items()}
    found |= {f"spf.fault-{key}": ref for key, ref in spf_fault.RULES.items()}
    found |= {f"pop3.fault-{key}": ref for key, ref in pop3_fault.RULES.items()}
    found |= {f"imap.fault-{key}": ref for key, ref in imap_fault.RULES.items()}
    tables = [
        replies.RULES.values(),
        recorded.RULES.values(),
        *(extensions.load(name).replies for name in extensions.names()),
        *(policies.load(name).replies for name in policies.names()),
    ]
    return found | {f"reply.{rule.key}": rule.ref for table in tables for rule in table}


def behind(topics: Iterable[str], words: Words) -> Iterator[Section]:
    """A part for each topic, once: what is behind it."""
    for topic in dict.fromkeys(topics):
        yield part(term(topic, words), (Row(topic, "", words(f"paragraph.{topic}")),))


def pictured(about: Mapping[str, str], words: Words) -> Iterator[Section]:
    """A part for each topic: its picture, and a line to try that fits the key that led to it."""
    for topic, key in about.items():
        yield part(term(topic, words), picture(topic, words, key))


def picture(topic: str, words: Words, key: str = "") -> tuple[Row, Row]:
    line = line_to_try(key, topic)
    return Row("picture", "", words(f"picture.{topic}")), Row("try", words("term.try-it"), line)


def term(topic: str, words: Words) -> str:
    """The first of a topic's names."""
    return words(f"term.{topic}").split(", ")[0]


def topics_called(asked: str, words: Words) -> tuple[str, ...]:
    """The topics that have this name, in the language of the words or in the field's own words."""
    wanted = asked.casefold().strip()
    return tuple(topic for topic in TOPICS if wanted in {topic, *words(f"term.{topic}").casefold().split(", ")})


def keys_called(asked: str, words: Words) -> tuple[str, ...]:
    """The keys with this name, as `--json` writes them: `rcpt-ok`, `colon-missing`, `spf.reason-no-record`."""
    wanted = asked.strip()
    known = (key for key in keys(words) if not key.startswith("glossary."))
    return tuple(key for key in known if wanted in (key, key.partition(".")[2]))


def told_at_length(key: str, words: Words) -> Iterator[Section]:
    """A key: its line with its rule, what is behind it, and the picture."""
    ref = rules().get(key)
    topic = topic_of(key, ref)
    line = Row(key, "", lengths(key, words).line, remark=cited(ref) if ref else "")
    yield part(words("page.in-a-line"), (line,))
    yield from behind((topic,), words)
    yield part(words("page.picture"), picture(topic, words, key))
