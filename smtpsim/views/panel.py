"""The panel of a turn: its sections from top to bottom, with what the turn changed.

A panel costs what has changed: a section is made again only when something that it reads is another object than when
it was made for an earlier turn, and what changed is found by comparing it with the section of the turn before.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping
from operator import is_
from typing import NamedTuple

from smtpsim.explain import Words
from smtpsim.session.simulation import Simulation, Turn
from smtpsim.views.change import compared
from smtpsim.views.panel_section import PanelSection, Scene, Seen
from smtpsim.views.row import Panel, Section
from smtpsim.views.safe import safe_section
from smtpsim.views.sections import sections
from smtpsim.views.shift import shifts

FOLDED: frozenset[str] = frozenset()


class Made(NamedTuple):
    """What a panel section came to, and the objects that it was made from."""

    read: tuple[object, ...]
    sections: tuple[Section, ...]


class Draft(NamedTuple):
    """The sections of a simulation before anything is marked as changed, by the names of their makers."""

    seen: Seen
    scene: Scene
    words: Words
    made: Mapping[str, Made]


_drafts: deque[Draft] = deque(maxlen=16)
"""The last panels that were made. A turn is looked at once with the turn before it and once with the next one; several
people may look in turns. Kept here and not by the callers, so that none of them can pass one that does not belong."""


def panel(turn: Turn, words: Words, unfolded: frozenset[str] = FOLDED) -> Panel:
    """What there is to see after a turn; the SPF steps of the identities in `unfolded` are shown whole."""
    return panel_of(turn.after, words, unfolded)


def panel_of(simulation: Simulation, words: Words, unfolded: frozenset[str] = FOLDED) -> Panel:
    """What there is to see of a connection as it stands."""
    return _panel(_draft(Seen(simulation, unfolded), words), words)


def changed_panel(turn: Turn, before: Turn | None, words: Words, unfolded: frozenset[str] = FOLDED) -> Panel:
    """The panel of a turn, with the rows marked that are not as they were in the turn before. A turn that is about a
    name in the DNS shows its records too; one that opens a mail shows what its reader sees."""
    if before is None:
        return panel(turn, words, unfolded)
    then = Seen(before.after, unfolded, turn.about, before.after)
    now = then._replace(simulation=turn.after, shifts=shifts(turn, before))
    earlier = _draft(then, words)
    return compared(_panel(_draft(now, words), words), _panel(earlier, words))


def _panel(draft: Draft, words: Words) -> Panel:
    return Panel(words("panel.title"), tuple(section for made in draft.made.values() for section in made.sections))


def _draft(seen: Seen, words: Words) -> Draft:
    """The one that was made already, or a new one, of which as much as possible was."""
    usual, scene = seen.about is None and not seen.shifts, seen.scene
    alike: list[Draft] = [draft for draft in reversed(_drafts) if draft.words is words and draft.scene is scene]
    for known in alike:
        if usual and known.seen.simulation is seen.simulation and known.seen.unfolded == seen.unfolded:
            return known
    earlier = alike[0].made if alike else {}
    made = {maker.name: _made(maker, seen, words, earlier.get(maker.name)) for maker in _makers(seen, scene)}
    draft = Draft(seen, scene, words, made)
    if usual:
        _drafts.append(draft)
    return draft


def _makers(seen: Seen, scene: Scene) -> Iterator[PanelSection]:
    for section in sections():
        if scene in section.scenes and (section.about is None or isinstance(seen.about, section.about)):
            yield section


def _made(section: PanelSection, seen: Seen, words: Words, earlier: Made | None) -> Made:
    read = section.reads(seen)
    if earlier is not None and len(read) == len(earlier.read) and all(map(is_, read, earlier.read)):
        return earlier
    return Made(read, tuple(map(safe_section, section.make(seen, words))))
