"""SMTPUTF8: addresses and headers beyond ASCII (RFC 6531)."""

from smtpsim.kernel.ref import Ref
from smtpsim.protocol.smtp.extension import no_value
from smtpsim.protocol.smtp.service import Extension

EXTENSION = Extension("smtputf8", "SMTPUTF8", Ref(6531), mail={"SMTPUTF8": no_value("smtputf8-value")})
