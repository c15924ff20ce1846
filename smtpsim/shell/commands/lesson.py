""":lesson: what is to be done; `:lesson NAME` begins a lesson, `list` shows all; `hint`, `solution`, `again`,
`challenge` and `next` are about the one at hand, and `stop` leaves it, with the session as it is."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from smtpsim.explain import Words
from smtpsim.goals import shipped
from smtpsim.goals.task import Task
from smtpsim.goals.transcript import TRANSCRIPT
from smtpsim.session.change import Wrong
from smtpsim.shell.answer import Answer, Begin, Page, Told
from smtpsim.shell.command import Command
from smtpsim.shell.course_book import keeper, standings
from smtpsim.shell.lesson_folder import read_folder
from smtpsim.shell.lessons import CHALLENGE, LESSON, Course, find, staged, task_of
from smtpsim.shell.place import Place
from smtpsim.transcript.notes import NO_NOTES
from smtpsim.views.course import course_page
from smtpsim.views.row import Mark
from smtpsim.views.task import solution_page, task_page


def _run(place: Place, argument: str) -> Answer:
    order = _ORDERS.get(argument)
    if order is not None:
        return order(place)
    course = find(argument)
    if course is None:
        return Wrong("lesson-unknown", {"found": argument, "known": " ".join(shipped.names())})
    return _asked(place, course, LESSON)


def _asked(place: Place, course: Course, part: str) -> Answer:
    """Begin; a session that is no lesson's, and not saved, is asked about first."""
    if place.task is not None:
        return begin(place, course, part)
    return place.unless_lost("repl.ask-open", lambda: begin(place, course, part))


def begin(place: Place, course: Course, part: str, exam: bool = False) -> Begin:
    """A session with the task of that part of a lesson, its page open. Raises Failure."""
    turns = staged(course.exercise(part), place.choice, place.words, place.opened)
    keep = keeper(course.lesson.name, part) if place.on_disk else None
    begins = len(turns) - 1
    task = task_of(course, part, begins, keep, exam) if keep else task_of(course, part, begins, exam=exam)
    return Begin(turns, NO_NOTES, None, task, _page(task, place.words))


def _page(task: Task, words: Words) -> Page:
    return Page(lambda unfolded: task_page(task, words))


def _task(place: Place) -> Answer:
    return _page(place.task, place.words) if place.task else _list(place)


def _list(place: Place) -> Answer:
    words = place.words
    known = standings() if place.on_disk else {}
    return Page(lambda unfolded: course_page(shipped.names(), known, words))


def _hint(place: Place) -> Answer:
    task = place.task
    if task is None:
        return Wrong("lesson-none")
    key, grade = task.hint()
    if not key:
        return Told("lesson.no-hint")
    return Told(f"lesson.hint-{grade}", {"hint": task.told.text(place.words, key)})


def _solution(place: Place) -> Answer:
    task, words = place.task, place.words
    if task is None:
        return Wrong("lesson-none")
    if task.exam or not task.solution:
        return Told("lesson.no-hint")
    lines = task.reveal()
    return Page(lambda unfolded: solution_page(task, lines, words))


def _course(place: Place) -> Course | None:
    """The lesson at hand, a shipped one or one of somebody's own. Raises Failure where that cannot be read any more."""
    told = place.task.told if place.task else None
    if told is None or told.part == TRANSCRIPT:
        return None
    return read_folder(told.folder, place.words) if told.folder else find(told.name)


def _again(place: Place) -> Answer:
    task, course = place.task, _course(place)
    return begin(place, course, task.told.part, task.exam) if task and course else Wrong("lesson-none")


def _challenge(place: Place) -> Answer:
    course = _course(place)
    if course is None:
        return Wrong("lesson-none")
    return begin(place, course, CHALLENGE) if course.has(CHALLENGE) else Wrong("lesson-no-challenge")


def _next(place: Place) -> Answer:
    """The next lesson; without one at hand the first that is not done."""
    if place.task and not place.task.told.next:
        return Told("lesson.done-course", mark=Mark.GOOD)
    name = place.task.told.next if place.task else next_lesson(place)
    course = find(name)
    return _asked(place, course, LESSON) if course else Told("lesson.done-course", mark=Mark.GOOD)


def next_lesson(place: Place) -> str:
    """The first lesson that is not done, "" where all are."""
    known = standings() if place.on_disk else {}
    return next((name for name in shipped.names() if not (done := known.get((name, LESSON))) or not done.done), "")


def _stop(place: Place) -> Answer:
    if place.task is None:
        return Wrong("lesson-none")
    place.task = None
    return Told("lesson.stopped")


_ORDERS: Mapping[str, Callable[[Place], Answer]] = {
    "": _task,
    "list": _list,
    "hint": _hint,
    "solution": _solution,
    "again": _again,
    "challenge": _challenge,
    "next": _next,
    "stop": _stop,
}


def _arguments(place: Place) -> tuple[str, ...]:
    return (*(order for order in _ORDERS if order), *shipped.names())


COMMAND = Command("lesson", _run, ":lesson hello", _arguments, pages=True)
