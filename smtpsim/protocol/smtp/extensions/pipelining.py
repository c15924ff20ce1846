"""PIPELINING: several commands in one write, answered in order (RFC 2920)."""

from smtpsim.kernel.ref import Ref
from smtpsim.protocol.smtp.extension import Extension

EXTENSION = Extension("pipelining", "PIPELINING", Ref(2920))
