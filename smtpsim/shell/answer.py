"""What a shell answers to a line: values. A front end shows pages, asks questions and grants effects."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import NamedTuple

from smtpsim.explain import Words
from smtpsim.goals.task import Task
from smtpsim.kernel.failure import Failure
from smtpsim.message.draft import FIELDS, DraftFault
from smtpsim.session.change import Wrong
from smtpsim.session.simulation import About, Turn
from smtpsim.shell.suggestion import sentence
from smtpsim.transcript.notes import Notes
from smtpsim.views.row import Mark, Panel

Refused = Wrong | DraftFault | Failure
"""Why a command was not carried out: `command.KEY`, what is wrong with the draft of a mail, or one line on a file."""


class Grant(StrEnum):
    """What a command may need of the front end. A person who owns the disk is granted all of it; a browser lets its
    person choose a file to be read and gets one that is written, but grants nothing of the disk of the program, where
    journals, other sessions and worlds lie. No command opens a connection, so that there is no grant for the network.
    """

    READ = "read"
    WRITE = "write"
    DISK = "disk"
    SCREEN = "screen"


class Told(NamedTuple):
    """A sentence of the catalogues; nothing has changed."""

    key: str
    values: Mapping[str, object] = {}
    mark: Mark = Mark.NOTE

    def sentence(self, words: Words) -> str:
        return words(self.key, **self.values)


class Turns(NamedTuple):
    """Steps of the session; the page, where there is one, shows what they came to. `in_panel` tells that the panel of
    the last turn shows the same."""

    turns: tuple[Turn, ...]
    page: Page | None = None
    in_panel: bool = False


class Moved(NamedTuple):
    """Another step of the session is the present one."""

    position: int


class Page(NamedTuple):
    """Something to look at, which is no step of the session. `make` takes the identities whose SPF steps are whole.

    `about` is what is looked at, for the panel of a recording in which the look is a step. A page that `toggles` is
    closed by asking for it again. `folds` tells that it shows SPF steps. `question` is asked when the page is open.
    `more` is the command that tells more of the same, "" for none. `document` is the text itself where the page shows
    one that programs read, such as a report: a pipe writes it as it is.
    """

    make: Callable[[frozenset[str]], Panel]
    about: About | None = None
    folds: bool = False
    toggles: bool = False
    question: Question | None = None
    more: str = ""
    document: str = ""


class Question(NamedTuple):
    """To be answered with yes or no; `unasked` is what holds where nobody can be asked."""

    asked: Told
    yes: Callable[[], Answer]
    unasked: bool = False


class ReadFile(NamedTuple):
    """The content of a file is needed. A path on the disk, or the name of what a person hands over."""

    path: str
    then: Callable[[bytes], Answer]


class WriteFile(NamedTuple):
    """A file is to be written whole. `own` tells that it is the session's own file, which may be replaced unasked."""

    path: str
    content: Callable[[], bytes]
    then: Callable[[], Told]
    own: bool = False


class WriteFolder(NamedTuple):
    """Files are to be added to a folder; `write` takes its path."""

    path: str
    write: Callable[[str], object]
    then: Callable[[], Told]


class Display(NamedTuple):
    """Something about how a full screen shows the session: `what` is form, panel, fold, large or back."""

    what: str
    argument: str = ""


class Begin(NamedTuple):
    """Another session takes the place of this one, with the task that is to be done in it."""

    turns: tuple[Turn, ...]
    notes: Notes
    told: Told | None = None
    task: Task | None = None
    page: Page | None = None


class Speak(NamedTuple):
    """Everything but the mail protocols is said in another language from now on."""

    words: Words


class Leave(NamedTuple):
    """The person leaves."""


Effect = ReadFile | WriteFile | WriteFolder | Display
Answer = Turns | Moved | Page | Told | Question | Effect | Begin | Speak | Leave | Refused

GRANTS: Mapping[type[object], Grant] = {
    ReadFile: Grant.READ,
    WriteFile: Grant.WRITE,
    WriteFolder: Grant.WRITE,
    Display: Grant.SCREEN,
}
"""What must be granted before an effect happens."""


def told(refused: Refused, say: Words) -> str:
    """The sentence on a command that was not carried out."""
    if isinstance(refused, Wrong):
        return sentence(refused, say)
    return draft_told(refused, say) if isinstance(refused, DraftFault) else str(refused)


def draft_told(fault: DraftFault, say: Words) -> str:
    """The sentence on a draft that cannot be sent."""
    wrong = fault.fault
    why = say(f"fault.{wrong.key}", column=wrong.column, found=wrong.found) if wrong else ""
    return say(f"compose.{fault.key}", field=fault.field, found=fault.found, why=why, known=", ".join(FIELDS))
