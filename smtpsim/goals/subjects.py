"""What a condition can speak of: the objects of the JSON turn, each found anew only where a turn changed it.

The names are those of the JSON turn. `mailbox` is one stored mail and where it lies, with what its reader sees.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from itertools import islice
from typing import NamedTuple, get_args

from smtpsim.goals.condition import Scope, Seen, Value
from smtpsim.kernel.finding import Finding, Identity
from smtpsim.kernel.printable import decoded, printable
from smtpsim.message.encoded_words import readable
from smtpsim.message.headers import Headers, read_headers
from smtpsim.protocol.smtp.facts import SenderRefused, TransactionBegun
from smtpsim.protocol.smtp.state import Phase
from smtpsim.session.simulation import Turn, TurnKind
from smtpsim.world import policies
from smtpsim.world.mail_access.access import AccessReply
from smtpsim.world.mailbox import Mailbox, StoredMail
from smtpsim.world.model import DeliveryStatus, Outcome

REPORTS = ("report", "receipt", "tls-report")
"""The roles of outcomes that belong to what servers and readers' programs wrote, which the JSON turn does not list."""

BODY_OCTETS = 100_000
"""So much of a stored mail is looked at."""


class Object(NamedTuple):
    """An object that a turn brought, and the id of the letter that it belongs to, "" for the mail at hand."""

    seen: Seen
    letter: str = ""


Objects = Callable[[Turn, Turn | None], Iterator[Object]]
"""The objects that a turn brought, with the turn before it (None for the first)."""


class Subject(NamedTuple):
    """`names` can stand in a condition; upper and lower case differ in the values of those in `exact`. `choices` lists
    the values of a name that has only so many. `open` tells that each object has names of its own beside them."""

    objects: Objects
    scope: Scope
    names: tuple[str, ...]
    exact: frozenset[str] = frozenset()
    choices: Mapping[str, Callable[[], tuple[str, ...]]] = {}
    open: bool = False


def _reply(turn: Turn, before: Turn | None) -> Iterator[Object]:
    reply = turn.reply
    if reply is None:
        return
    code = None if isinstance(reply, AccessReply) else reply.code
    yield Object(
        {
            "code": code,
            "enhanced": reply.enhanced,
            "key": reply.key,
            "lines": tuple(reply.lines),
            "verb": turn.line.split(" ", 1)[0] if turn.kind == TurnKind.COMMAND else None,
        }
    )


def _facts(turn: Turn, before: Turn | None) -> Iterator[Object]:
    for fact in turn.facts:
        yield Object({name: _plain(value) for name, value in fact._asdict().items()})
    for fate in turn.fates:
        yield Object({"key": f"outcome-{fate.status}", **_outcome(fate)}, _root(turn, fate))


def _plain(value: object) -> Value:
    """A fact's value as text; what has names of its own is left out."""
    if value is None or isinstance(value, int | str):
        return "true" if value is True else "false" if value is False else value
    if isinstance(value, tuple) and not hasattr(value, "_fields"):
        return tuple(str(item) for item in value)
    return str(value) if "__str__" in vars(type(value)) else None


def _faults(turn: Turn, before: Turn | None) -> Iterator[Object]:
    for fault in turn.faults:
        yield Object({"key": fault.key, "column": fault.column, "found": fault.found, "rule": str(fault.ref)})


def _connection(turn: Turn, before: Turn | None) -> Iterator[Object]:
    now, access = turn.after.connection, turn.after.access
    if before and before.after.connection is now and before.after.access is access:
        return
    if access:
        yield Object(_connected("", access.protocol, access.host.name, access.client_ip, str(access.state.phase)))
        return
    state = now.state
    seen = _connected(state.helo or "", "smtp", now.host.name, now.client_ip, state.phase.value)
    yield Object(
        {**seen, "tls": "true" if state.tls else "false", "auth": state.user, "esmtp": str(state.esmtp).lower()}
    )


def _connected(helo: str, protocol: str, server: str, client_ip: str, phase: str) -> dict[str, Value]:
    known = helo or None
    return {"protocol": protocol, "server": server, "client_ip": client_ip, "phase": phase, "helo": known}


def _envelope(turn: Turn, before: Turn | None) -> Iterator[Object]:
    envelope = turn.after.connection.state.envelope
    if envelope is None or (before and before.after.connection.state.envelope is envelope):
        return
    recipients = tuple(str(recipient.path) for recipient in envelope.recipients)
    yield Object({"from": str(envelope.sender), "to": recipients, "count": len(recipients)})


def _headers(turn: Turn, before: Turn | None) -> Iterator[Object]:
    """The header's fields, once it has ended; a field can go on in the next line until then."""
    headers = turn.after.transaction.headers
    was = before.after.transaction.headers if before else None
    if headers is was or not _whole(turn, headers):
        return
    for field in headers.fields:
        yield Object({"name": field.name, "value": readable(field.value)})


def _whole(turn: Turn, headers: Headers) -> bool:
    return headers.ended or turn.after.connection.state.phase not in (Phase.DATA, Phase.CHUNK)


def _checks(turn: Turn, before: Turn | None) -> Iterator[Object]:
    """The findings that are new; those of the client and of HELO hold for the next mail of a connection too."""
    now = turn.after.connection.findings
    was = before.after.connection.findings if before and not begins_mail(turn) else ()
    if now is was:
        return
    known = {id(finding) for finding in was}
    for finding in now:
        if id(finding) not in known:
            yield Object(_check(finding))


def begins_mail(turn: Turn) -> bool:
    """Whether MAIL was said and understood."""
    return any(isinstance(fact, TransactionBegun | SenderRefused) for fact in turn.facts)


def _check(finding: Finding) -> dict[str, Value]:
    return {
        "kind": finding.kind,
        "identity": finding.identity,
        "domain": finding.domain,
        "result": finding.result,
        "term": finding.decided_by,
        "reason": finding.reason,
    }


def _outcomes(turn: Turn, before: Turn | None) -> Iterator[Object]:
    for fate in turn.fates:
        if fate.role not in REPORTS:
            yield Object(_outcome(fate), _root(turn, fate))


def _outcome(outcome: Outcome) -> dict[str, Value]:
    return {
        "recipient": outcome.recipient,
        "status": outcome.status,
        "hop": outcome.hop,
        "host": outcome.host,
        "mailbox": outcome.mailbox or None,
        "reason": outcome.reason or None,
        "bounce_to": outcome.bounce_to or None,
        "way": outcome.way,
        "role": outcome.role or None,
    }


def _root(turn: Turn, outcome: Outcome) -> str:
    """The letter that a person typed, of which this outcome came."""
    while outcome.follows and outcome.follows in turn.after.world.outcomes:
        outcome = turn.after.world.outcomes[outcome.follows]
    return outcome.letter


def _mailboxes(turn: Turn, before: Turn | None) -> Iterator[Object]:
    """The mails that are new since the turn before, in the mailboxes that the turn's outcomes name; at the beginning
    those that lie there already."""
    boxes = turn.after.world.mailboxes
    if before is None:
        for box in boxes.values():
            yield from _stored(box, box.length)
        return
    was = before.after.world.mailboxes
    if boxes is was:
        return
    for name in {fate.mailbox for fate in turn.fates if fate.mailbox} & set(boxes):
        yield from _stored(boxes[name], boxes[name].length - (was[name].length if name in was else 0))


def _stored(box: Mailbox, count: int) -> Iterator[Object]:
    for mail in islice(box.mails, max(count, 0)):
        yield Object(_mail(box, mail), mail.id)


def _mail(box: Mailbox, mail: StoredMail) -> dict[str, Value]:
    head, _, body = mail.octets[:BODY_OCTETS].partition(b"\r\n\r\n")
    fields = _fields(head)
    return {
        "address": box.address,
        "folder": box.folder,
        "return_path": mail.return_path,
        "subject": fields.get("subject"),
        "from": fields.get("from"),
        "to": fields.get("to"),
        "reply_to": fields.get("reply-to"),
        "headers": tuple(fields),
        "body": decoded(body),
    }


def _fields(head: bytes) -> dict[str, str]:
    """The header's fields by their names in lower case; of several with one name the first."""
    found: dict[str, str] = {}
    for field in read_headers(head.split(b"\r\n")).fields:
        found.setdefault(field.name.lower(), printable(readable(field.value)))
    return found


def _kinds() -> tuple[str, ...]:
    """The kinds of checks that there are: each policy may bring its own."""
    loaded = (policies.load(name) for name in policies.names())
    return tuple(sorted({kind for policy in loaded for kind in (policy.name, *policy.finds)}))


_OUTCOME = ("recipient", "status", "hop", "host", "mailbox", "reason", "bounce_to", "way", "role")
_CONNECTION = ("protocol", "server", "client_ip", "phase", "helo", "tls", "auth", "esmtp")
_MAIL = ("address", "folder", "return_path", "subject", "from", "to", "reply_to", "headers", "body")

SUBJECTS: Mapping[str, Subject] = {
    "reply": Subject(_reply, Scope.SESSION, ("code", "enhanced", "key", "lines", "verb"), frozenset({"lines"})),
    "fact": Subject(_facts, Scope.SESSION, ("key",), open=True),
    "fault": Subject(_faults, Scope.SESSION, ("key", "column", "found", "rule"), frozenset({"found"})),
    "connection": Subject(_connection, Scope.SESSION, _CONNECTION),
    "envelope": Subject(_envelope, Scope.MAIL, ("from", "to", "count")),
    "header": Subject(_headers, Scope.MAIL, ("name", "value"), frozenset({"value"})),
    "check": Subject(
        _checks,
        Scope.MAIL,
        ("kind", "identity", "domain", "result", "term", "reason"),
        choices={"kind": _kinds, "identity": lambda: get_args(Identity)},
    ),
    "outcome": Subject(_outcomes, Scope.MAIL, _OUTCOME, choices={"status": lambda: tuple(DeliveryStatus)}),
    "mailbox": Subject(_mailboxes, Scope.SESSION, _MAIL, frozenset({"subject", "from", "to", "reply_to", "body"})),
}
