"""`smtpsim explain`: the pocket reference, or what a word of it means."""

from __future__ import annotations

from typing import Annotated

import typer

from smtpsim.app.options import LangOption


def explain(
    asked: Annotated[list[str] | None, typer.Argument(metavar="CODE|WORD", show_default=False)] = None,
    lang: LangOption = "",
) -> None:
    """Say what a reply code, a command, a word of the field or a key of --json means; alone, all that there is."""
    from smtpsim.app.chosen import chosen_words
    from smtpsim.app.environment import real
    from smtpsim.kernel.failure import Failure
    from smtpsim.render.rows import plain
    from smtpsim.views.code import code, pocket

    environment = real()
    say = chosen_words(lang, environment.variables)
    wanted = " ".join(asked or ())
    found = code(wanted, say) if wanted else pocket(say)
    if found is None:
        raise Failure(say("command.explain-unknown", found=wanted))
    print(plain(found, environment.columns).rstrip("\n"), file=environment.out)
