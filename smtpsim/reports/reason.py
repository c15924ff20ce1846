"""Why a recipient was not served: another host's reply as it came, or our own words, in the language of each reader."""

from __future__ import annotations

from typing import NamedTuple

from smtpsim.explain import Words, words


class Reason(NamedTuple):
    """One of three: the `reply` of another host, a line each, as on the wire without CRLF; the `key` of words in the
    catalogues (`SECTION.KEY`) with the `values` that fill them; or a `text` that somebody else chose.

    `days` is how long it was tried, where only that made the failure final, else 0.
    """

    reply: tuple[str, ...] = ()
    key: str = ""
    values: tuple[tuple[str, str], ...] = ()
    text: str = ""
    days: int = 0

    @property
    def plain(self) -> str:
        """The same in every language, for programs: our own words in English, a rule by the name of its key."""
        return self.key.partition(".")[2] if self.key.startswith("handling.") else said(self, words("en"))


NO_REASON = Reason()


class Cause(NamedTuple):
    """What came of an attempt to serve a recipient, from where it was found out to the report on it: an enhanced status
    code (RFC 3463), why, and the host that was spoken to in the dialogue `hop` ("" and 0 where none was reached)."""

    status: str
    why: Reason = NO_REASON
    remote: str = ""
    hop: int = 0

    @property
    def temporary(self) -> bool:
        return self.status.startswith("4")


def own(key: str, **values: str) -> Reason:
    """Words of our own, from the section `report`."""
    return Reason(key=f"report.{key}", values=tuple(values.items()))


def said(reason: Reason, say: Words) -> str:
    """The reason in one line, in the language of `say`."""
    text = say(reason.key, **dict(reason.values)) if reason.key else reason.text or _joined(reason.reply)
    return say("report.given-up", days=reason.days, reason=text) if reason.days else text


def _joined(reply: tuple[str, ...]) -> str:
    """The lines of a reply as one: the code, and after it the texts, an enhanced code (RFC 2034 3) only once."""
    if len(reply) < 2:
        return "".join(reply)
    first, *others = reply
    enhanced = f"{first[4:].partition(' ')[0]} "
    return " ".join([f"{first[:3]} {first[4:]}", *(line[4:].removeprefix(enhanced) for line in others)])
