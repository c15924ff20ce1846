"""The line that is typed on: its buffer, the grey hint behind it, and completion."""

from __future__ import annotations

from collections.abc import Iterable

from prompt_toolkit.buffer import Buffer
from prompt_toolkit.completion import CompleteEvent, Completer, Completion
from prompt_toolkit.document import Document
from prompt_toolkit.filters import Condition
from prompt_toolkit.history import History
from prompt_toolkit.layout.controls import BufferControl
from prompt_toolkit.layout.processors import BeforeInput, Processor, Transformation, TransformationInput

from smtpsim.app.tui import bars
from smtpsim.app.tui.actions import is_order
from smtpsim.app.tui.seen import Seen
from smtpsim.app.tui.state import State
from smtpsim.kernel.printable import printable
from smtpsim.shell.completion import complete, complete_command
from smtpsim.shell.hints import hint, without_address


def input_buffer(state: State, history: History) -> Buffer:
    """One line, which cannot be typed on while something is asked."""
    asking = Condition(lambda: state.ask is not None)
    return Buffer(completer=StateCompleter(state), history=history, multiline=False, read_only=asking)


def input_control(state: State, buffer: Buffer) -> BufferControl:
    processors = [Seen(), BeforeInput(lambda: bars.prompt(state)), Hint(state)]
    return BufferControl(buffer, input_processors=processors, focus_on_click=True)


def hint_for(state: State, document: Document) -> str:
    """What would complete the line as it usually goes on; nothing while the cursor is not at its end. While a task is
    at work the addresses are left to its pupil: the usual ones are not those that it names."""
    text = document.text
    if state.shell.in_exam or state.stepping or is_order(state, text) or not document.is_cursor_at_the_end:
        return ""
    rest, task = hint(text, state.simulation, state.remedies, state.looked), state.shell.task
    return rest if task is None or task.done else without_address(text + rest)[len(text) :]


def stepping_hint(state: State) -> str:
    """The line that the next step brings, and the keys for it. A class that is asked for the line does not see it."""
    keys = state.words(_stepping_key(state))
    if not state.timeline.ahead or state.asked:
        return keys
    line = state.timeline.turn(state.timeline.position + 1).line
    return printable(f"{line}   {keys}".lstrip())


def _stepping_key(state: State) -> str:
    """The key of what can be done now."""
    present = state.present
    if present is not None and present.pace.loop:
        return "present.held" if present.held else "present.playing"
    return "repl.stepping" if state.timeline.ahead else "repl.stepping-done"


def presented(state: State) -> tuple[str, str]:
    """What stands on the prompt of a recording, and its style: what is typed by itself, or the digits of a step's
    number, else the line that the next step brings."""
    present = state.present
    if present is not None and present.typed is not None:
        return "class:client", present.typed
    if present is not None and present.jump:
        return "class:ask", state.words("present.jump", digits=present.jump)
    return "class:hint", stepping_hint(state)


class Hint(Processor):
    """Puts the hint behind the text."""

    def __init__(self, state: State) -> None:
        self._state = state

    def apply_transformation(self, transformation_input: TransformationInput) -> Transformation:
        document = transformation_input.document
        if not self._state.stepping or document.text or self._state.escaped:
            rest = ("class:hint", hint_for(self._state, document))
            return Transformation([*transformation_input.fragments, rest])
        shown = presented(self._state)
        behind = 0 if shown[0] == "class:hint" else len(shown[1])
        return Transformation(
            [*transformation_input.fragments, shown], source_to_display=lambda column: column + behind
        )


class StateCompleter(Completer):
    """The thin adapter around `completion.py`."""

    def __init__(self, state: State) -> None:
        self._state = state

    def get_completions(self, document: Document, complete_event: CompleteEvent) -> Iterable[Completion]:
        state, text = self._state, document.text_before_cursor
        if state.shell.in_exam:
            return
        found = complete_command(text, state.shell.seen) if is_order(state, text) else complete(text, state.simulation)
        for text, length in found:
            yield Completion(text, start_position=-length)
