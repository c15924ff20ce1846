"""The words of mail: what each means and where it is defined, found by its name in any language."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from smtpsim.explain import LANGUAGES, Words
from smtpsim.explain import words as words_of
from smtpsim.kernel.ref import Ref
from smtpsim.views.row import Row, cited

TERMS: Mapping[str, Ref | None] = {
    "envelope": Ref(5321, "2.3.1"),
    "header": Ref(5322, "2.2"),
    "body": Ref(5322, "2.3"),
    "message": Ref(5322, "2.1"),
    "reverse-path": Ref(5321, "4.1.1.2"),
    "forward-path": Ref(5321, "4.1.1.3"),
    "return-path": Ref(5321, "4.4"),
    "null-sender": Ref(5321, "4.5.5"),
    "bounce": Ref(5321, "6.1"),
    "dsn": Ref(3464, "2"),
    "mdn": Ref(8098, "1"),
    "backscatter": Ref(5321, "6.1"),
    "relay": Ref(5321, "2.3.10"),
    "open-relay": Ref(2505, "2.1"),
    "mx": Ref(5321, "5.1"),
    "mta": Ref(5598, "4.3.2"),
    "mua": Ref(5598, "4.2.1"),
    "submission": Ref(6409, "3"),
    "queue": Ref(5321, "4.5.4.1"),
    "greylisting": Ref(6647, "1"),
    "blocklist": Ref(5782, "1"),
    "spam-trap": None,
    "suppression-list": None,
    "feedback-loop": Ref(6449, "1"),
    "spf": Ref(7208, "1"),
    "dkim": Ref(6376, "1"),
    "dmarc": Ref(9989, "1"),
    "alignment": Ref(9989, "4.4"),
    "spoofing": Ref(5321, "7.1"),
    "lookalike": None,
    "srs": None,
    "bcc": Ref(5322, "3.6.3"),
    "received": Ref(5321, "4.4"),
    "dot-stuffing": Ref(5321, "4.5.2"),
    "ptr": Ref(1035, "3.3.12"),
    "postmaster": Ref(5321, "4.5.1"),
    "enhanced-status-code": Ref(3463, "2"),
}
"""Where a word is defined; None for words of the trade that no RFC defines. The sentence is `glossary.KEY`, the name
`glossary.KEY-name`."""


def glossary_rows(asked: str, words: Words) -> Iterator[Row]:
    """What a word means, nothing for one that is not known. Case, and a hyphen or a space, do not matter."""
    typed = _plain(asked)
    for key, ref in TERMS.items():
        if typed in {_plain(name) for name in _names(key)}:
            remark = cited(ref) if ref else ""
            yield Row(f"glossary-{key}", words(f"glossary.{key}-name"), words(f"glossary.{key}"), remark=remark)


def term_names(words: Words) -> tuple[str, ...]:
    """The words in English and in the language of `words`."""
    return tuple(dict.fromkeys((*TERMS, *(words(f"glossary.{key}-name") for key in TERMS))))


def _names(key: str) -> tuple[str, ...]:
    return (key, *(words_of(lang)(f"glossary.{key}-name") for lang in LANGUAGES))


def _plain(name: str) -> str:
    return name.strip().lower().replace(" ", "-")
