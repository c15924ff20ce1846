"""Faults on demand: what a person has ordered to go wrong, where, and how often."""

from __future__ import annotations

from typing import NamedTuple

from smtpsim.protocol.smtp.question import ACCEPTED, AskMessage, AskRecipient, Question, Verdict
from smtpsim.protocol.smtp.state import State
from smtpsim.world.fault_action import OrderedFault
from smtpsim.world.model import World


class FaultHappened(NamedTuple):
    """A note: one of the ordered faults has happened once more."""

    number: int


def ordered(world: World, fault: OrderedFault) -> World:
    """The world with one fault more; it gets the next number."""
    number = max((fault.number for fault in world.faults), default=0) + 1
    return world._replace(faults=(*world.faults, fault._replace(number=number)))


def happened(world: World, note: FaultHappened) -> World:
    """A fault that was ordered for a count happens once less; after the last time it is gone."""
    left = []
    for fault in world.faults:
        if fault.number != note.number:
            left.append(fault)
        elif fault.left != 1:
            left.append(fault._replace(left=max(fault.left - 1, 0)))
    return world._replace(faults=tuple(left))


def fault_now(world: World, host: str, state: State, question: Question) -> Verdict:
    """What goes wrong at this question: the first fault that was ordered for it."""
    for fault in world.faults:
        if fault.host == host and fault.stage in ("", question.stage) and _concerns(fault, state, question):
            return fault.action.verdict()._replace(notes=(FaultHappened(fault.number),))
    return ACCEPTED


def _concerns(fault: OrderedFault, state: State, question: Question) -> bool:
    """Whether the question is about the fault's recipient, where it has one."""
    if not fault.recipient:
        return True
    if isinstance(question, AskRecipient):
        return str(question.path).lower() == fault.recipient
    envelope = question.envelope if isinstance(question, AskMessage) else state.envelope
    named = envelope.recipients if envelope else ()
    return any(str(recipient.path).lower() == fault.recipient for recipient in named)
