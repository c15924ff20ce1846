r"""A draft on one line: `from=me@example.com to="Alice <alice@example.net>" subject=hello body="one\ntwo" each`."""

from __future__ import annotations

from typing import NamedTuple

from smtpsim.message.compose import Split, one_each, one_for_all
from smtpsim.message.draft import FIELDS, Draft, DraftFault, read_draft

EACH = "each"
RECEIPT = "receipt"


class DraftLine(NamedTuple):
    """The draft, and how its recipients share transactions."""

    draft: Draft
    split: Split


def read_draft_line(text: str) -> DraftLine | DraftFault:
    r"""Read `field=value` words, quoted where a value has spaces; a field may come again, as in `to=a@x to=b@y`.

    `each` alone means a transaction for each recipient, `receipt` alone a read receipt to the author. In the
    body `\n` begins a new line.
    """
    words = _words(text)
    if isinstance(words, DraftFault):
        return words
    given: dict[str, list[str]] = {}
    for word in words:
        name, equals, value = word.partition("=")
        if equals:
            given.setdefault(name.lower(), []).append(value)
        elif word not in (EACH, RECEIPT):
            return DraftFault("word", word, word)
    if RECEIPT in words:
        given[RECEIPT] = given.get("from", [])
    if "body" in given:
        given["body"] = [value.replace("\\n", "\n") for value in given["body"]]
    draft = read_draft(given)
    return draft if isinstance(draft, DraftFault) else DraftLine(draft, one_each if EACH in words else one_for_all)


def _words(text: str) -> list[str] | DraftFault:
    from shlex import shlex

    reader = shlex(text, posix=True)
    reader.whitespace_split, reader.commenters, reader.escape = True, "", ""
    try:
        return list(reader)
    except ValueError:
        return DraftFault("quote-unclosed", "", text)


def words_of_line() -> tuple[str, ...]:
    """What can stand on the line, for completion."""
    return (*(f"{name}=" for name in FIELDS), EACH, RECEIPT)
