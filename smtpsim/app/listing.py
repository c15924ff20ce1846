"""The list of the shipped transcripts: a table for people, JSON Lines for programs."""

from __future__ import annotations

import json
from collections.abc import Iterator

from smtpsim.app.environment import Environment
from smtpsim.explain import Words
from smtpsim.render.plain import plain
from smtpsim.shell.reading import read_dialogue
from smtpsim.transcript.shipped import names
from smtpsim.views.shipped import shipped, shipped_table


def listing(as_json: bool, say: Words, environment: Environment) -> Iterator[str]:
    """The lines of the list. An object has `name`, `theme`, `title` and `about`, in the language of the words."""
    found = [shipped(name, read_dialogue(name, "text", say), say) for name in names()]
    if as_json:
        yield from (json.dumps(one._asdict(), ensure_ascii=False) for one in found)
    else:
        yield from plain(shipped_table(found, say), environment.columns).splitlines()
