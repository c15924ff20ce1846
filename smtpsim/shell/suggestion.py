"""Did you mean? What is offered for a name that nothing has."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from smtpsim.explain import Words
from smtpsim.kernel.near import near

if TYPE_CHECKING:
    from smtpsim.session.change import Wrong


def meant(wrong: Wrong) -> tuple[str, ...]:
    """The known names that are like the one that was not found, the most like first; none for other mistakes. Both
    stand in the values of the sentence, as `found` and `known`."""
    if "known" not in wrong.values:
        return ()
    return near(wrong.values.get("found", ""), wrong.values["known"].replace(",", " ").split())


def corrected(line: str, answer: object) -> tuple[str, ...]:
    """A `:` line with the name that was not found put right; nothing where none is like it."""
    # Here, since commands that open no session suggest names, too, and are not to load all that a session needs.
    from smtpsim.session.change import Wrong

    if not isinstance(answer, Wrong):
        return ()
    found = answer.values.get("found", "")
    whole = f":{line.strip().removeprefix(':')}"
    return tuple(whole.replace(found, name, 1) for name in meant(answer)[:1] if found in whole)


def sentence(wrong: Wrong, say: Words) -> str:
    """Why a command was not carried out: with what was probably meant, else with all that there is."""
    key, close = f"command.{wrong.key}", meant(wrong)
    if close and say.has(f"{key}-near"):
        return say(f"{key}-near", **wrong.values, meant=_listed(close, say))
    return say(key, **wrong.values)


def suggested(told: str, found: str, known: Iterable[str], say: Words) -> str:
    """A sentence on a name that was not found, with the known names that are like it, where there are any."""
    close = near(found, known)
    return say("cli.near", told=told, meant=_listed(close, say)) if close else told


def _listed(names: tuple[str, ...], say: Words) -> str:
    return say("command.or").join(names)
