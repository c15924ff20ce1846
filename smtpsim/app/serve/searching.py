"""What a search looks through: of each mail the row of the list, and the beginning of its text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from smtpsim.app.serve.letters import MOST, Arrival
from smtpsim.app.serve.objects import mail_row
from smtpsim.message.html import text_of_html
from smtpsim.message.mime import HTML, PLAIN, Leaf, all_parts

SEARCHED_OCTETS = 65_536
"""Octets of each mail, header and body, in which text is looked for. What stands further down is not found."""

MOST_CHARACTERS = 33_554_432
"""Characters of texts that are kept between two searches; beyond them texts are read anew for each."""

NAMES = ("mailbox", "from", "to", "subject")


class Index:
    """Rows and texts are worked out when they are first asked for, since most mails are never searched."""

    def __init__(self) -> None:
        self._rows: dict[int, dict[str, Any]] = {}
        self._texts: dict[int, str] = {}
        self._characters = 0

    def row(self, arrival: Arrival) -> dict[str, Any]:
        """The mail as a row of the list."""
        if arrival.number not in self._rows:
            if len(self._rows) >= MOST:
                self._rows.clear()
            self._rows[arrival.number] = mail_row(arrival)
        return self._rows[arrival.number]

    def finds(self, arrival: Arrival, wanted: str) -> bool:
        """Whether `wanted`, in the form that `folded` gives, stands in the mailbox, From, To, Subject or the text."""
        return wanted in self._text(arrival)

    def clear(self) -> None:
        self._rows.clear()
        self._texts.clear()
        self._characters = 0

    def _text(self, arrival: Arrival) -> str:
        found = self._texts.get(arrival.number)
        if found is None:
            found = searched_text(arrival, self.row(arrival))
            if self._characters + len(found) <= MOST_CHARACTERS:
                self._texts[arrival.number] = found
                self._characters += len(found)
        return found


def folded(text: str) -> str:
    """Without the difference of case, and with one blank where there are several or a line ends."""
    return " ".join(text.casefold().split())


def searched_text(arrival: Arrival, row: Mapping[str, Any]) -> str:
    """What a search looks through, one line a field or part."""
    return "\n".join(map(folded, (*(row[name] for name in NAMES), *_texts(arrival.mail.octets[:SEARCHED_OCTETS]))))


def _texts(octets: bytes) -> Iterator[str]:
    """The texts of the body, of plain and HTML each; attached files are not looked into."""
    for part in all_parts(octets):
        if not part.attached and part.kind in (PLAIN, HTML):
            yield _shown(part)


def _shown(part: Leaf) -> str:
    return text_of_html(part.text) if part.kind == HTML else part.text
