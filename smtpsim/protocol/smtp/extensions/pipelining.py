"""PIPELINING: several commands in one write, answered in order (RFC 2920)."""

from smtpsim.kernel.ref import Ref
from smtpsim.protocol.smtp.service import Extension

EXTENSION = Extension("pipelining", "PIPELINING", Ref(2920))
