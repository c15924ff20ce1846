"""Reads the arguments of POP3's commands: how many there are, and message numbers (RFC 1939 3, 5)."""

from __future__ import annotations

import re
from typing import NamedTuple

from smtpsim.kernel.fault import Fault
from smtpsim.protocol.maildrop import Mail
from smtpsim.protocol.pop3.fault import fault
from smtpsim.protocol.pop3.service import Command, PopStep, Service, Verb, refuse
from smtpsim.protocol.pop3.state import State

NUMBER = re.compile(r"[0-9]{1,10}")
"""A number as it may be typed. Ten digits are more than any maildrop needs, and quick to read."""


class Chosen(NamedTuple):
    """The message that an argument names."""

    number: int
    mail: Mail


def count_fault(command: Command, verb: Verb) -> Fault | None:
    """What is wrong with how many arguments there are."""
    words = command.words
    if len(words) < verb.least:
        return fault("pop3-argument-missing", command.start + len(command.raw.rstrip()) + 1)
    return surplus(command, verb.most)


def surplus(command: Command, most: int) -> Fault | None:
    """The first argument that is too many."""
    words = command.words
    if len(words) <= most:
        return None
    word, column = words[most]
    return fault("pop3-argument-unexpected", column, word)


def read_message(state: State, service: Service, command: Command) -> Chosen | PopStep:
    """The message that the first argument names, or the refusal."""
    word, column = command.words[0]
    if not NUMBER.fullmatch(word):
        return refuse(state, service, "bad-number", fault("pop3-number-syntax", column, word))
    number, mails = int(word), state.maildrop.mails
    if not 1 <= number <= len(mails):
        wrong = fault("pop3-no-such-message", column, word)
        return refuse(state, service, "no-such-message", wrong, count=len(mails))
    if number in state.marked:
        wrong = fault("pop3-message-marked", column, word)
        return refuse(state, service, "message-marked", wrong, number=number)
    return Chosen(number, mails[number - 1])
