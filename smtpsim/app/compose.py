"""`smtpsim compose`: from what was typed to a draft, to the dialogue that it makes, to what became of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from smtpsim.app.environment import Environment, read_input
from smtpsim.app.overwriting import save
from smtpsim.app.replay.outputs import Output, perform
from smtpsim.explain import Words
from smtpsim.kernel.failure import Failure
from smtpsim.kernel.printable import decoded, printable
from smtpsim.message.addresses import BadAddress, checked
from smtpsim.message.compose import Split, client_lines, compose, stamp
from smtpsim.message.draft import Draft, DraftFault, read_draft
from smtpsim.protocol.smtp.state import Phase
from smtpsim.session.simulation import Turn, client_name
from smtpsim.session.submission import submit
from smtpsim.shell.answer import draft_told
from smtpsim.shell.opening import Choice, open_session
from smtpsim.shell.reading import content_of
from smtpsim.shell.recording import Recording
from smtpsim.transcript import Dialogue, Directive, Note, write
from smtpsim.transcript.assembly import Assembly
from smtpsim.transcript.recording import recorded
from smtpsim.views.fate import fate_text
from smtpsim.world.model import Outcome

NAME = "compose"


class Sending(NamedTuple):
    """What to send, how, and as whom: `helo` is the name in EHLO, "" for the one that the client's address has."""

    draft: Draft
    split: Split
    helo: str
    choice: Choice


def filled_in(
    given: Mapping[str, Sequence[str]], list_file: str, body_file: str, say: Words, environment: Environment
) -> Draft:
    """The draft of the options. Addresses in `list_file` are added to Bcc. Raises Failure in one line."""
    if body_file and given.get("body"):
        raise Failure(say("compose.body-twice"))
    body = {"body": [_text(body_file, say, environment)]} if body_file else {}
    listed = {"bcc": [*given.get("bcc", ()), *_listed(list_file, say, environment)]} if list_file else {}
    draft = read_draft({**given, **body, **listed})
    if isinstance(draft, DraftFault):
        raise Failure(draft_told(draft, say))
    return draft


def _listed(name: str, say: Words, environment: Environment) -> Iterator[str]:
    """The addresses of a file, a line each or several; empty lines and those that begin with # are passed over."""
    for number, line in enumerate(_text(name, say, environment).splitlines(), 1):
        text = line.strip()
        if not text or text.startswith("#"):
            continue
        found = checked(text)
        if isinstance(found, BadAddress):
            fault = DraftFault("address", f"{name}:{number}", found.found, found.fault)
            raise Failure(draft_told(fault, say))
        yield text


def _text(name: str, say: Words, environment: Environment) -> str:
    """A file in UTF-8; `-` is the standard input."""
    octets = read_input(environment.source, name, say) if name == "-" else content_of(name, name, say)
    try:
        return octets.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Failure(say("compose.not-utf8", name=name)) from None


def send(sending: Sending, output: str, outputs: Sequence[str], say: Words, environment: Environment) -> None:
    """Hand the mail in to the simulated server, write the transcript to the file `output`, if it has a name, and
    print what was asked for: `json`, `panel`, or nothing for the transcript and what became of each recipient."""
    first = _connected(sending, say)
    turns = _turns(sending, first, say)
    dialogue = _titled(recorded(turns), sending, say)
    fates = tuple(_fates(turns[-1], say))
    if output:
        save(output, write(dialogue, "text"), say, environment)
    if outputs:
        perform(Recording(NAME, dialogue, first), Output(tuple(outputs), None, environment), say)
    elif output:
        print(*map(printable, fates), sep="\n", file=environment.out)
    else:
        notes = tuple(map(Note, fates))
        _print(replace(dialogue, entries=(*dialogue.entries, *notes)), environment)


def show(sending: Sending, output: str, say: Words, environment: Environment) -> None:
    """What the client would say, as a transcript without replies, printed or in the file `output`; nothing is sent."""
    first = _connected(sending, say)
    world, keywords = first.after.world, first.after.connection.host.service.keywords
    made = compose(sending.draft, stamp(sending.draft, world.now, world.seed, first.number + 1), keywords)
    assembly = Assembly()
    for line in client_lines(_helo(sending, first, say), sending.split(made), keywords):
        assembly.client(line, 0)
    said = replace(recorded((first,)), entries=assembly.entries())
    dialogue = _titled(said, sending, say)
    if output:
        save(output, write(dialogue, "text"), say, environment)
    else:
        _print(dialogue, environment)


def _connected(sending: Sending, say: Words) -> Turn:
    first = open_session(sending.choice, say)
    if first.after.access:
        raise Failure(say("compose.not-smtp", host=first.after.access.host.name))
    return first


def _turns(sending: Sending, first: Turn, say: Words) -> tuple[Turn, ...]:
    """The whole connection, from the greeting to QUIT."""
    turns = (first, *submit(first.after, sending.draft, _helo(sending, first, say), sending.split))
    over = turns[-1].after.connection.state.phase is Phase.CLOSED
    return turns if over else (*turns, turns[-1].after.say("QUIT"))


def _helo(sending: Sending, first: Turn, say: Words) -> str:
    name = sending.helo or client_name(first.after)
    if not name.isprintable() or " " in name:
        raise Failure(say("compose.helo", found=name))
    return name


def _titled(dialogue: Dialogue, sending: Sending, say: Words) -> Dialogue:
    title = Directive("title", sending.draft.subject or say("compose.title"))
    world = (Directive("world", sending.choice.world),) if sending.choice.world else ()
    return replace(dialogue, directives=(title, *world, *dialogue.directives))


def _fates(last: Turn, say: Words) -> Iterator[str]:
    """What became of each recipient in the end, then of what followed from that."""
    outcomes = last.after.world.outcomes
    in_order = [outcomes[number] for number in range(1, len(outcomes) + 1)]
    latest: dict[str, Outcome] = {outcome.recipient: outcome for outcome in in_order if not outcome.follows}
    yield from (fate_text(outcome, say) for outcome in latest.values())
    for outcome in in_order:
        if outcome.follows:
            yield f"{say(f'compose.{outcome.role}')}: {fate_text(outcome, say)}"


def _print(dialogue: Dialogue, environment: Environment) -> None:
    """Tabs are kept, so that what is printed can be replayed."""
    for line in decoded(write(dialogue, "text")).splitlines():
        print("\t".join(map(printable, line.split("\t"))), file=environment.out)
