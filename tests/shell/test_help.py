"""The help page: commands in groups, each with a line to try."""

from __future__ import annotations

import pytest

from smtpsim.explain import LANGUAGES, words
from smtpsim.shell import commands
from smtpsim.shell.command import GROUPS
from smtpsim.shell.help import help_page


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_command_stands_in_one_group_with_its_example(lang: str) -> None:
    say = words(lang)
    known = [commands.load(name) for name in commands.names()]
    shown = {section.title: section.rows for section in help_page(say, known).sections}
    for group in GROUPS:
        rows = shown[say(f"page.group-{group}")]
        told = {row.key: (row.label, row.value, row.remark or row.label) for row in rows}
        wanted = [command for command in known if command.group == group]
        assert told == {one.name: (f":{one.name}", say(f"command.{one.name}"), one.example) for one in wanted}
        assert wanted
    assert {command.group for command in known} == set(GROUPS)
