"""A task beside the dialogue: its steps with ticks, above the sections of the panel that the course has come to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from smtpsim.explain import Words
from smtpsim.goals.task import News, Task
from smtpsim.views.page import page, part
from smtpsim.views.row import Mark, Panel, Row, Section, titled
from smtpsim.views.safe import safe_panel

TASK = "task"
"""The key of the section with the steps."""


def with_task(panel: Panel, task: Task, words: Words) -> Panel:
    """The panel with the task above, without the sections that the course has not come to."""
    kept = (one for one in panel.sections if one.key not in task.told.hidden)
    return safe_panel(panel._replace(sections=(section(task, words), *kept)))


def section(task: Task, words: Words) -> Section:
    """The steps; in one row it is the step at hand."""
    current = task.current
    done, of = sum(task.met), len(task.steps)
    text = task.told.text(words, f"step-{current.id}") if current else words("lesson.all-done")
    mark = Mark.NOTE if current else Mark.GOOD
    return titled(TASK, title(task, words), tuple(rows(task, words)), f"{done}/{of} {text}", mark)


def title(task: Task, words: Words) -> str:
    name = task.told.text(words, "title")
    return words("lesson.challenge-of", title=name) if task.told.part == "challenge" else name


def rows(task: Task, words: Words) -> Iterator[Row]:
    """A row for each step: what is done has its tick, what is next is marked."""
    current = task.current
    for step, met in zip(task.steps, task.met, strict=True):
        mark = Mark.GOOD if met else Mark.WAIT if step is current else Mark.NONE
        yield Row(step.id, "", task.told.text(words, f"step-{step.id}"), mark)


def task_page(task: Task, words: Words) -> Panel:
    """The whole task: why it is worth the time, the steps, and what can be typed for help."""
    text = task.told.text
    about = {"lesson": "why", "challenge": "challenge"}.get(task.told.part, "")
    why = part("", [Row("why", "", text(words, about))] if about else (), words("lesson.from-transcript"))
    steps = part(words("lesson.steps"), rows(task, words))
    after = [Row("learnt", "", text(words, "learnt"))] if task.done and task.told.part == "lesson" else []
    helps = () if task.exam else _helps(task, words)
    return page(title(task, words), why, steps, *([part(words("lesson.learnt"), after)] if after else []), *helps)


def _helps(task: Task, words: Words) -> tuple[Section, ...]:
    orders = {"lesson": ("hint", "solution", "again", "next"), "challenge": ("again", "solution", "next")}
    known = orders.get(task.told.part, ())
    found = [Row(order, f":lesson {order}", words(f"lesson.does-{order}")) for order in known]
    return (part(words("lesson.help"), found),) if found else ()


def solution_page(task: Task, lines: Sequence[str], words: Words) -> Panel:
    """The lines that solve a task. Those that are typed to the server bear the prompt's sign."""
    found = [Row(str(number), str(number), line) for number, line in enumerate(lines, 1)]
    return page(title(task, words), part(words("lesson.solution"), found))


def news_row(task: Task, news: News, words: Words) -> Row | None:
    """What there is to say about what just happened, in one line; None for nothing."""
    if news.done:
        following = words(f"lessons/{task.told.next}.title") if task.told.next else ""
        return Row("message", "", words(_after(task), next=following), Mark.GOOD)
    if news.reached:
        return Row("message", "", _celebrated(task, news, words), Mark.GOOD)
    if news.wrong:
        return Row("message", "", _answered(task, news, words), Mark.WARN)
    return Row("message", "", words("lesson.stuck"), Mark.NOTE) if news.stuck and task.told.part == "lesson" else None


def _after(task: Task) -> str:
    """The sentence that says what comes next."""
    if task.told.part == "transcript":
        return "lesson.done-transcript"
    if task.told.challenges:
        return "lesson.done-lesson" if task.told.next else "lesson.done-last"
    return "lesson.done-next" if task.told.next else "lesson.done-course"


def _celebrated(task: Task, news: News, words: Words) -> str:
    reached = task.told.text(words, f"step-{news.reached[-1].id}")
    current = task.current
    following = task.told.text(words, f"step-{current.id}") if current else ""
    return words("lesson.reached", step=reached, next=following)


def _answered(task: Task, news: News, words: Words) -> str:
    """The answer to a wrong turn; when it is taken again, the rule too."""
    answer = task.told.text(words, f"wrong-{news.wrong}")
    current = task.current
    if news.times < 2 or current is None:
        return answer
    return f"{answer} {task.told.text(words, f'hint-{current.id}-2')}"
