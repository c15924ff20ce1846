"""What a shell completes (`smtpsim --install-completion`): names of transcripts, hosts, formats, lessons, themes. Each
list is loaded when it is asked for: a start must not wait for it."""

from __future__ import annotations

from collections.abc import Iterable


def transcripts(incomplete: str) -> list[str]:
    """The shipped ones, without their numbers. Where none fits, the shell completes files."""
    from smtpsim.transcript.shipped import names, unnumbered

    return _fitting(map(unnumbered, names()), incomplete)


def hosts(incomplete: str) -> list[str]:
    """Those of the shipped world."""
    from smtpsim.world.load import shipped_world

    return _fitting(sorted(shipped_world().hosts), incomplete)


def formats_read(incomplete: str) -> list[str]:
    from smtpsim.transcript.files import readable

    return _fitting(readable(), incomplete)


def formats_written(incomplete: str) -> list[str]:
    from smtpsim.transcript.files import writable

    return _fitting(writable(), incomplete)


def lessons(incomplete: str) -> list[str]:
    from smtpsim.goals.shipped import names

    return _fitting(names(), incomplete)


def themes(incomplete: str) -> list[str]:
    from smtpsim.render.theme import THEMES

    return _fitting(THEMES, incomplete)


def languages(incomplete: str) -> list[str]:
    from smtpsim.explain import LANGUAGES

    return _fitting(LANGUAGES, incomplete)


def _fitting(names: Iterable[str], typed: str) -> list[str]:
    return [name for name in names if name.startswith(typed)]
