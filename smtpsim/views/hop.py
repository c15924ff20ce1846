"""A dialogue between two servers: what the next host found out about the relay, what was said, what came back."""

from __future__ import annotations

from collections.abc import Iterator

from smtpsim.explain import Words
from smtpsim.kernel.address import split_address
from smtpsim.kernel.ref import Ref
from smtpsim.spf import Result
from smtpsim.views.dialogue import reply_mark
from smtpsim.views.drawn_envelope import handed_on
from smtpsim.views.page import page, part
from smtpsim.views.panel_section import Heard
from smtpsim.views.relay_changes import relay_changes
from smtpsim.views.row import Mark, Panel, Row, Section, cited
from smtpsim.views.sections import sections
from smtpsim.views.sections.spf import Sight, folded_title
from smtpsim.views.secured import secured_rows
from smtpsim.world.model import Hop, Outcome, Said, World

MOST_LINES = 2_000
"""Lines of one letter that are shown."""

MEDIATORS = Ref(7208, "10.3")
"""What SPF means for those who pass mail on."""

SIGNED = Ref(6377, "5.2")
"""What lists do to signatures."""


def hop(found: Hop, world: World, words: Words, unfolded: frozenset[str] = frozenset()) -> Panel:
    """The findings, the steps of the identities in `unfolded` shown whole; then the envelope that was
    handed on, and the dialogue, the letter included."""
    title = words("page.hop", number=found.number, client=found.client, server=found.server)
    rows = (row for number, said in enumerate(found.said) for row in _said(number, said, words))
    dialogue = part(words("page.hop-said"), (*handed_on(found.said), *rows))
    about = (*_findings(found, world, words, unfolded), *_changed(found, world, words), *_secured(found, words))
    return page(title, *about, dialogue)


def _changed(found: Hop, world: World, words: Words) -> Iterator[Section]:
    """What the relay itself has changed of the mail."""
    rows = tuple(relay_changes(found, world, words))
    if rows:
        yield part(words("page.hop-changed", client=found.client), rows)


def _secured(found: Hop, words: Words) -> Iterator[Section]:
    """What the relay found of TLS, where it looked at it."""
    if found.secured is not None:
        yield part(words("page.hop-secured", client=found.client), tuple(secured_rows(found.secured, words)))


def _findings(found: Hop, world: World, words: Words, unfolded: frozenset[str]) -> Iterator[Section]:
    """What the server looked up about the relay, where it looks anything up."""
    heard = Heard(world.hosts.get(found.server), found.findings, world, found.number, unfolded)
    own = (row for section in sections() for row in section.rows(heard, words))
    rows = (*_passed_on(found, world, words), *own)
    if rows:
        spf = [finding for finding in found.findings if finding.kind == "spf"]
        title = words("page.hop-found", server=found.server)
        yield part(folded_title(title, spf, words, Sight(unfolded)), rows)


def _passed_on(found: Hop, world: World, words: Words) -> Iterator[Row]:
    """What passing the mail on has to do with the verdict on its envelope sender."""
    sender = next(
        (finding for finding in found.findings if (finding.kind, finding.identity) == ("spf", "mailfrom")), None
    )
    outcomes = [outcome for outcome in world.outcomes.values() if outcome.hop == found.number]
    if sender is None:
        return
    values = {"client": found.client, "server": found.server, "address": found.client_ip, "domain": sender.domain}
    if sender.result in (Result.FAIL, Result.SOFTFAIL) and any(_forwarded(each, found, world) for each in outcomes):
        yield Row("forwarded", "", words("page.hop-forwarded", **values), Mark.WARN, f"({cited(MEDIATORS)})")
        yield from _signature(found, "page.hop-dkim-survives", "pass", world, words)
    if sender.result == Result.PASS and any(_from_list(each, found, world) for each in outcomes):
        yield Row("list", "", words("page.hop-list", **values), Mark.NOTE, f"({cited(MEDIATORS)})")
        yield from _signature(found, "page.hop-list-kept", "pass", world, words)
        yield from _signature(found, "page.hop-list-changed", "fail", world, words)


def _signature(found: Hop, key: str, result: str, world: World, words: Words) -> Iterator[Row]:
    """What became of a signature of the author's on the way; the relay's own is none."""
    client = world.hosts.get(found.client)
    own = client.domains if client else frozenset()
    signed = (finding for finding in found.findings if finding.kind == "dkim" and finding.domain not in own)
    finding = next((finding for finding in signed if finding.result == result), None)
    if finding is not None:
        text = words(key, client=found.client, domain=finding.domain)
        mark = Mark.GOOD if result == "pass" else Mark.WARN
        yield Row(key.partition("-")[2], "", text, mark, f"({cited(SIGNED)})")


def _forwarded(outcome: Outcome, found: Hop, world: World) -> bool:
    """Whether the mail was addressed to somebody at the relay's own domains, who has it sent on to elsewhere."""
    while outcome.role == "copy":
        outcome = world.outcomes[outcome.follows]
    host = world.hosts.get(found.client)
    return not outcome.role and host is not None and split_address(outcome.recipient).host in host.domains


def _from_list(outcome: Outcome, found: Hop, world: World) -> bool:
    """Whether the relay is the host of a list that has sent the mail to this member."""
    return outcome.role == "member" and world.outcomes[outcome.follows].host == found.client


def _said(number: int, said: Said, words: Words) -> Iterator[Row]:
    typed = said.client.removesuffix("\r\n").split("\r\n") if said.client else []
    for index, text in enumerate(typed[:MOST_LINES]):
        yield Row(f"{number}-client-{index}", ">", text.expandtabs(4))
    if len(typed) > MOST_LINES:
        yield Row(f"{number}-more", " ", words("page.more-lines", count=len(typed) - MOST_LINES), Mark.NOTE)
    for index, text in enumerate(said.server.split("\r\n")):
        if text:
            yield Row(f"{number}-server-{index}", " ", text, _refusal(text))


def _refusal(text: str) -> Mark:
    """The mark of a reply that refuses; good ones go without, as in the dialogue that is typed."""
    mark = reply_mark(int(text[:3]))
    return Mark.NONE if mark is Mark.GOOD else mark
