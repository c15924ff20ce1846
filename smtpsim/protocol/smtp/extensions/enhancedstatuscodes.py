"""ENHANCEDSTATUSCODES: `250 2.1.0 ...`, the reason in three numbers (RFC 2034)."""

from smtpsim.kernel.ref import Ref
from smtpsim.protocol.smtp.service import Extension

EXTENSION = Extension("enhancedstatuscodes", "ENHANCEDSTATUSCODES", Ref(2034))
