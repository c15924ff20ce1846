"""`smtpsim lesson`: the course, a lesson of one's own, and how far somebody has come."""

from __future__ import annotations

from typing import Annotated

import typer

from smtpsim.app.completing import lessons
from smtpsim.app.options import LangOption, PupilOption, SeedOption
from smtpsim.app.spoken import SpokenCommand, SpokenGroup

app = typer.Typer(cls=SpokenGroup, rich_markup_mode=None)

NameArgument = Annotated[str, typer.Argument(metavar="[NAME|DIR]", autocompletion=lessons)]


@app.command("list", cls=SpokenCommand)
def list_lessons(json: Annotated[bool, typer.Option("--json")] = False, lang: LangOption = "") -> None:
    """List the lessons in their order, and how far you are."""
    from smtpsim.app.chosen import chosen_words
    from smtpsim.app.environment import real
    from smtpsim.app.learning import course_lines

    environment = real()
    for line in course_lines(json, chosen_words(lang, environment.variables), environment):
        print(line, file=environment.out)


@app.command(cls=SpokenCommand)
def start(
    name: NameArgument = "",
    challenge: Annotated[bool, typer.Option("--challenge")] = False,
    exam: Annotated[bool, typer.Option("--exam")] = False,
    pupil: PupilOption = "",
    lang: LangOption = "",
    seed: SeedOption = 0,
) -> None:
    """Begin a lesson; without a name, the first that is not done. On a pipe its lines are read from standard input."""
    from smtpsim.app.chosen import chosen_words
    from smtpsim.app.environment import real
    from smtpsim.app.learning import Wish, learn

    environment = real()
    say = chosen_words(lang, environment.variables)
    raise typer.Exit(learn(Wish(name, challenge, exam, pupil, seed), say, environment))


@app.command(cls=SpokenCommand)
def check(folder: Annotated[str, typer.Argument(metavar="NAME|DIR")], lang: LangOption = "") -> None:
    """Run a lesson's start, its solution and near misses of it, and measure its hints; exit status 1 for a mistake."""
    from smtpsim.app.chosen import chosen_words
    from smtpsim.app.environment import real
    from smtpsim.app.learning import check_lesson

    environment = real()
    raise typer.Exit(check_lesson(folder, chosen_words(lang, environment.variables), environment))


@app.command(cls=SpokenCommand)
def progress(lang: LangOption = "") -> None:
    """Say what was reached, and what comes next."""
    list_lessons(False, lang)


@app.command(cls=SpokenCommand)
def export(lang: LangOption = "") -> None:
    """Write what was reached as JSON Lines on standard output: lesson, part, step, shown, at."""
    import json

    from smtpsim.app.environment import real
    from smtpsim.shell.course_book import records

    environment = real()
    for record in records():
        print(json.dumps(record._asdict(), ensure_ascii=False), file=environment.out)


@app.command(cls=SpokenCommand)
def reset(name: Annotated[str, typer.Argument(metavar="NAME|all")], lang: LangOption = "") -> None:
    """Forget what was reached in a lesson, or in all."""
    from smtpsim.app.chosen import chosen_words
    from smtpsim.app.environment import real
    from smtpsim.app.learning import forget

    environment = real()
    print(forget(name, chosen_words(lang, environment.variables)), file=environment.out)


@app.command(cls=SpokenCommand)
def new(
    folder: Annotated[str, typer.Argument(metavar="DIR")],
    source: Annotated[str, typer.Option("--from", metavar="SESSION.txt")] = "",
    lang: LangOption = "",
) -> None:
    """Write a lesson of your own that works, to be edited."""
    from smtpsim.app.chosen import chosen_words
    from smtpsim.app.environment import real
    from smtpsim.app.new_lesson import write_lesson

    environment = real()
    say = chosen_words(lang, environment.variables)
    write_lesson(folder, source, say)
    print(say("lesson.written", name=folder), file=environment.out)
